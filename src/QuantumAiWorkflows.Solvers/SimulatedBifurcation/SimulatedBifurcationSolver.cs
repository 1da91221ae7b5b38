using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedBifurcation;

/// <summary>
/// Simulated bifurcation: every spin is the position x of a classical oscillator with momentum y. A pump a rises from 0 to
/// 1 and takes away the force that pulls each position back to 0, so that it must settle at one of the walls at ±1, where
/// it is stopped; the couplings decide together which one. The signs of the positions are the answer.
/// </summary>
/// <remarks>
/// <para>
/// A step of symplectic Euler, from H. Goto et al., "High-performance combinatorial optimization based on classical mechanics",
/// Science Advances 7, 2021, with the detuning 1: y += Δt·(-(1 - a)·x - c·f), x += Δt·y; where |x| &gt; 1 then x is ±1 and
/// y is 0. f is the force of the energy on a spin, its linear term included, so no spin is added for fields. Discrete:
/// f is that of the signs of the positions. Ballistic: of the positions themselves. c is 0.5 over the root mean square of
/// f over random spins, which is the paper's 0.5 / (σ·√n) for couplings of variance σ² and holds for sparse ones, too.
/// </para>
/// <para>
/// The paper's cost is a product of the coupling matrix and the positions in every step, 2n² flops. The ballistic variant pays it:
/// 16 trajectories share each coupling that is loaded, see <see cref="SpinLanes"/>. The discrete one need not: only signs that
/// change move a force, some percent of all in a step, and each costs a row of couplings. That is exact. Measured in oscillator
/// steps per second of one core: at n = 1000 and density 1, 162 million against 24 by the product in 16 lanes; at n = 5000 and
/// density 0.1, 24 against 25. On random graphs of degree 20 the lanes would be three times quicker: not tried with signs.
/// </para>
/// <para>
/// The time step is 1, but no more than the couplings bear: a graph whose couplings have one sign has a mode in which all
/// spins push each other alike, faster than the rest by far (<see cref="Stability"/>). At a fixed step of 1 that mode ran away
/// on an unweighted random graph of average degree 48, and every trajectory ended 2.8 % below the best cut; with the bound some end at it.
/// </para>
/// <para>
/// Measured on published instances, gap to the best known value after 5 CPU seconds, one seed: 0 on dense and random QUBOs of 200 to
/// 1000 variables (each within 0.25 s), on random graphs of 800 and 2000 nodes and on ±1 tori of 800 and 2000; 0.3 % on a sparse
/// planar-like ±1 graph of 800. The ballistic variant, 1 CPU second: 0.1 % on dense QUBOs, 0.01 to 0.2 % on random graphs, 1 % on
/// ±1 graphs; so discrete is the default. Couplings of 0.3 and 0.8 times the force and trajectories of 500 and 4000 steps
/// differ from the defaults by no more than seeds do; a time step of 0.5 reaches the best cut of the graph of degree 48 sooner.
/// </para>
/// </remarks>
public sealed class SimulatedBifurcationSolver : QuboSolver<SimulatedBifurcationOptions>
{
    private const int DefaultTrajectories = 32;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "simulated-bifurcation",
            Version = "1.0.1",
            Paradigm = Paradigm.QuantumInspired,
            Task = SolverTask.Optimization,
            Summary =
                "Classical oscillators between walls, driven through a bifurcation by a rising pump while the couplings pull at them: discrete or ballistic simulated bifurcation, each trajectory ended by descent.",
            Deterministic = true,
            DeterministicWhen = "under steps and trajectories or evaluations; not under time or CPU budgets",
            Evaluation =
                "the force on one oscillator in one step of one trajectory, one variable looked at in the final descent, or one final state scored; an evaluations budget is never exceeded",
            Limits =
                "memory only: 8 bytes per variable beside the couplings, ballistic 128 and 8 per directed coupling; forces in single precision, scores are not; one thread, more are not used",
            Complexity =
                "a discrete step costs O(n) and a row of couplings, O(degree), for every sign that changes; a ballistic one O(n + m), 16 trajectories at a time",
            Strengths =
            [
                "dense problems and random graphs of some hundred to some thousand variables: as good as annealing within seconds",
                "all variables move at once: a method made for parallel hardware, here with 8 or 16 in a vector",
            ],
            Weaknesses =
            [
                "linear or quadratic coefficients far above the rest, as penalties are: they alone set the unit of the forces",
                "graphs whose couplings all have one sign: one fast mode forces a small time step on all",
                "a dozen variables: it may miss an optimum that enumeration finds at once",
                "proves nothing, and cannot start from an answer",
            ],
            Sources =
            [
                "H. Goto, K. Tatsumura, A. R. Dixon, Combinatorial optimization by simulating adiabatic bifurcations in nonlinear Hamiltonian systems, Science Advances 5, 2019",
                "H. Goto, K. Endo, M. Suzuki, Y. Sakai, T. Kanao, Y. Hamakawa, R. Hidaka, M. Yamasaki, K. Tatsumura, High-performance combinatorial optimization based on classical mechanics, Science Advances 7, 2021 (ballistic and discrete)",
                "M. Luby, A. Sinclair, D. Zuckerman, Optimal speedup of Las Vegas algorithms, Information Processing Letters 47, 1993 (lengths of the trajectories)",
            ],
        };

    protected override SolveOutcome Solve(
        QuboProblem problem,
        SimulatedBifurcationOptions options,
        SolveContext context
    ) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Run(problem, options, context, whole)
        : Run(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Run<T>(
        QuboProblem problem,
        SimulatedBifurcationOptions options,
        SolveContext context,
        LocalFields<T> fields
    )
        where T : unmanaged, INumber<T>
    {
        var trajectories = new Trajectories<T>(fields, problem, options, context);
        var untilBudget = options.Trajectories is null && EndsByBudget(context.Budget);
        var wanted = options.Trajectories ?? (untilBudget ? int.MaxValue : DefaultTrajectories);
        for (int round = 1, left = wanted; left > 0 && !context.ShouldStop(); round++)
        {
            // Too little left for a step: another start would only be a random assignment.
            if (round > 1 && context.EvaluationsLeft <= fields.Count)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            var batch = Math.Min(trajectories.Batch, left);
            var steps = untilBudget ? options.Steps * (long)Luby.Term(round) : options.Steps;
            trajectories.Run((int)Math.Min(steps, int.MaxValue), batch);
            if (!untilBudget)
                left -= batch;
        }
        return trajectories.ToOutcome();
    }
}
