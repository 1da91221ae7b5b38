using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.MeanField;

/// <summary>
/// Mean-field annealing: a gradient method. Every spin is relaxed to its mean m in [-1, 1], as if all were independent at
/// temperature T, and the free energy E(m) - T·S(m) takes the place of the energy. Where T is high it has one minimum; as T
/// falls the minimum is followed until the means are spins. They are rounded, and a one-flip descent ends the start.
/// </summary>
/// <remarks>
/// <para>
/// The minimum over one mean, the others fixed, is m[i] = -tanh(f[i] / T), with f[i] = h[i] + Σ J[i, j]·m[j]: a sweep
/// is coordinate descent of the free energy and never overshoots, which updates of all means at once do (Bilbro et al., "Optimization
/// by mean field annealing", 1988; Peterson and Anderson, "Neural networks and NP-complete optimization problems", 1988).
/// Means stay naive: no reaction term of Thouless, Anderson and Palmer is subtracted.
/// </para>
/// <para>
/// From above the critical temperature every start would follow the same path to the same answer. So fields have noise that falls with the
/// temperature (A. D. King et al., "Emulating the coherent Ising machine with a mean-field algorithm", 2018): it tells
/// starts apart, and leads them past shallow minima. Temperatures are in units of the root mean square field of random spins.
/// </para>
/// <para>
/// A sweep costs 2(n + 2m) flops for each start, and 16 starts share every coupling that is loaded, see <see cref="SpinLanes"/>;
/// on sparse problems the exponential in tanh is most of it.
/// </para>
/// <para>
/// Measured on published instances, gap to the best known value after 5 CPU seconds, one seed: 0 on dense and random QUBOs of 200 to
/// 1000 variables (each within 0.05 s), on random graphs of 800 and 2000 nodes and a ±1 torus of 800; 0.7 % on a ±1 torus of 2000.
/// Noise is what does it: at 1 CPU second, without any 0.1 % on dense QUBOs and 1 to 2 % on ±1 graphs, with a deviation of 0.3 little
/// better, with 0.6 to 1 nothing and 0.2 to 0.5 %. Worse or no better were half of every new mean (damping 0.5: 0.2 % on random graphs instead of
/// 0.01), a hotter beginning (1.5), 1600 sweeps instead of 400, and ending at a temperature of 0.15.
/// </para>
/// </remarks>
public sealed class MeanFieldSolver : QuboSolver<MeanFieldOptions>
{
    private const int DefaultStarts = 64;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "mean-field",
            Version = "1.0.1",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Mean-field annealing: every bit is relaxed to its mean, coordinate descent follows the minimum of the free energy while the temperature falls, and the means are rounded and improved by descent. A gradient method with many noisy starts.",
            Deterministic = true,
            DeterministicWhen = "under sweeps and starts or evaluations; not under time or CPU budgets",
            Evaluation =
                "one mean brought up to date in one start, one variable looked at in the final descent, or one final state scored; an evaluations budget is never exceeded",
            Limits =
                "memory only: 64 bytes per variable and 8 per directed coupling beside the couplings; means in single precision, scores are not; one thread, more are not used",
            Complexity = "a sweep costs O(n + m), 16 starts at a time",
            Strengths =
            [
                "a good answer in hundredths of a second: dense problems and random graphs of some hundred to some thousand variables",
                "a sweep follows a gradient, so it is the classical opponent of relaxations with rounding",
            ],
            Weaknesses =
            [
                "takes no account of fluctuations: on frustrated graphs of low degree annealing goes deeper in the same time",
                "proves nothing, and cannot start from an answer",
            ],
            Sources =
            [
                "G. Bilbro, R. Mann, T. K. Miller, W. E. Snyder, D. E. Van den Bout, M. White, Optimization by mean field annealing, Advances in Neural Information Processing Systems 1, 1988",
                "C. Peterson, J. R. Anderson, Neural networks and NP-complete optimization problems: a performance study on the graph bisection problem, Complex Systems 2, 1988",
                "A. D. King, W. Bernoudy, J. King, A. J. Berkley, T. Lanting, Emulating the coherent Ising machine with a mean-field algorithm, arXiv:1806.08422, 2018 (noise)",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, MeanFieldOptions options, SolveContext context) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Run(problem, options, context, whole)
        : Run(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Run<T>(
        QuboProblem problem,
        MeanFieldOptions options,
        SolveContext context,
        LocalFields<T> fields
    )
        where T : unmanaged, INumber<T>
    {
        var run = new MeanFieldRun<T>(fields, problem, options, context);
        var untilBudget = options.Starts is null && EndsByBudget(context.Budget);
        var wanted = options.Starts ?? (untilBudget ? int.MaxValue : DefaultStarts);
        for (int round = 1, left = wanted; left > 0 && !context.ShouldStop(); round++)
        {
            // Too little left for a sweep: another start would only be a random assignment.
            if (round > 1 && context.EvaluationsLeft <= fields.Count)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            var batch = Math.Min(SpinLanes.Lanes, left);
            var sweeps = untilBudget ? options.Sweeps * (long)Luby.Term(round) : options.Sweeps;
            run.Run((int)Math.Min(sweeps, int.MaxValue), batch);
            if (!untilBudget)
                left -= batch;
        }
        return run.ToOutcome();
    }
}
