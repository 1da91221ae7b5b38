using System.Numerics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;

/// <summary>
/// Path-integral Monte Carlo of a quantum annealer: the transverse field falls, the temperature stays. Restarted until the
/// budget ends.
/// </summary>
/// <remarks>
/// R. Martonak, G. E. Santoro and E. Tosatti, "Quantum annealing by the path-integral Monte Carlo method", Physical Review B 66, 094203,
/// 2002: by Suzuki and Trotter the transverse-field Ising model is P classical copies, the slices, each at P times its temperature,
/// and each spin is coupled to itself in the next slice, the more the weaker the field is (<see cref="PathIntegralSweep"/>). The
/// field falls linearly to 0, which binds the slices together. A sweep proposes for every spin a flip in each slice alone and one in all slices.
/// </remarks>
public sealed class SimulatedQuantumAnnealingSolver : QuboSolver<SimulatedQuantumAnnealingOptions>
{
    private const int DefaultReads = 20;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "simulated-quantum-annealing",
            Version = "1.0.0",
            Paradigm = Paradigm.QuantumInspired,
            Task = SolverTask.Optimization,
            Summary =
                "Path-integral Monte Carlo of the transverse-field Ising model under a falling field, each slice ended by descent: a classical simulation of quantum annealing in imaginary time, not of an annealer's dynamics.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen = "under sweeps and reads, shots or evaluations; not under time or CPU budgets",
            Evaluation =
                "one energy change of one variable in one slice looked at (a sweep is 2·n·slices of them: n·slices flips in single slices, n flips in all slices), or one final state scored; an evaluations budget is never exceeded",
            Limits =
                "memory: 8 bytes per variable and slice beside the couplings; coefficients that are not whole, not even scaled, are rounded to 2^-26 of the largest for the search, never for the score; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity = "a sweep attempts slices · n updates, O(1) each; an accepted one costs O(degree)",
            Strengths =
            [
                "rugged problems whose good states lie behind high and narrow barriers",
                "a reference for what annealing hardware is said to do, at any size",
            ],
            Weaknesses =
            [
                "every sweep costs as much as one of simulated annealing in each slice: at equal CPU time that one usually finds better answers",
                "proves nothing",
            ],
            Sources =
            [
                "T. Kadowaki, H. Nishimori, Quantum annealing in the transverse Ising model, Physical Review E 58, 1998",
                "G. E. Santoro, R. Martonak, E. Tosatti, R. Car, Theory of quantum annealing of an Ising spin glass, Science 295, 2002",
                "R. Martonak, G. E. Santoro, E. Tosatti, Quantum annealing by the path-integral Monte Carlo method: the two-dimensional random Ising model, Physical Review B 66, 094203, 2002",
                "M. Luby, A. Sinclair, D. Zuckerman, Optimal speedup of Las Vegas algorithms, Information Processing Letters 47, 1993 (lengths of the reads)",
            ],
        };

    protected override Applicability Check(
        QuboProblem problem,
        SimulatedQuantumAnnealingOptions options,
        SolveBudget budget
    ) =>
        options.Slices % SlicedFields.SliceMultiple == 0
            ? Applicability.Yes
            : new Applicability.BadOptions([
                new(
                    FaultCode.OutOfRange,
                    $"Expected a multiple of {SlicedFields.SliceMultiple}, got {options.Slices}; the next one is {(options.Slices / SlicedFields.SliceMultiple + 1) * SlicedFields.SliceMultiple}."
                )
                {
                    Pointer = "/slices",
                    Value = options.Slices,
                },
            ]);

    protected override SolveOutcome Solve(
        QuboProblem problem,
        SimulatedQuantumAnnealingOptions options,
        SolveContext context
    ) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Anneal(problem, options, context, whole)
        : Anneal(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Anneal<T>(
        QuboProblem problem,
        SimulatedQuantumAnnealingOptions options,
        SolveContext context,
        LocalFields<T> model
    )
        where T : unmanaged, INumber<T>
    {
        var shots = context.Budget.Shots;
        var untilBudget = options.Reads is null && shots is null && EndsByBudget(context.Budget);
        var reads = Math.Min(
            options.Reads ?? int.MaxValue,
            shots ?? (options.Reads is null && !untilBudget ? DefaultReads : int.MaxValue)
        );
        var schedule = FieldSchedule.Of(options, model);
        var read = new AnnealingRead<T>(problem, model, options.Slices, schedule, context);
        for (var k = 0; k < reads && !context.ShouldStop(); k++)
        {
            // Too little left for a sweep: another start would only be a random assignment.
            if (k > 0 && context.EvaluationsLeft <= 2L * model.Count * options.Slices)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            var length = untilBudget ? options.Sweeps * (long)Luby.Term(k + 1) : options.Sweeps;
            read.Run((int)Math.Min(length, int.MaxValue), isFirst: k == 0);
            if (shots is not null)
                context.CountShots(1);
        }
        if (context.Shots is { } drawn && drawn == shots)
            context.RequestStop(StoppedBy.Shots);
        return read.ToOutcome();
    }
}
