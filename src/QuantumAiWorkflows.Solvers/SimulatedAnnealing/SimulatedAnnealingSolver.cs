using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// Metropolis sweeps under falling temperature, restarted until the budget ends: <see cref="AnnealingSchedule"/> from the
/// couplings, <see cref="ReadLengths"/> from the budget, sweeps in 16 bits where coefficients are small and the graph is
/// sparse (<see cref="ShortSweep"/>), else in int or double (<see cref="MetropolisSweep"/>).
/// </summary>
/// <remarks>
/// S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, "Optimization by simulated annealing", Science 220, 1983. An update is accepted
/// with probability min(1, exp(-Δ / T)); a sweep proposes one for every variable in turn, as S. V. Isakov et al., "Optimised
/// simulated annealing for Ising spin glasses", 2015, do, whose fields kept up to date make a refused one O(1). What the schedule
/// and the lengths of the reads were measured by is with them.
/// </remarks>
public sealed class SimulatedAnnealingSolver : QuboSolver<SimulatedAnnealingOptions>
{
    private const int DefaultReads = 20;

    /// <summary>Spin updates between two looks at the budget: at most some tenths of a millisecond.</summary>
    private const int PollUpdates = 1 << 14;

    public override SolverInfo Info => About;

    /// <summary>Of the id over all of its families.</summary>
    public static SolverInfo About { get; } =
        new()
        {
            Id = "simulated-annealing",
            Version = "1.1.1",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Single-spin Metropolis sweeps with geometric cooling and a final descent, restarted until the budget ends; for feature subsets the moves are exchanges of two features, for rosters blocks of days.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen = "under sweeps and reads, shots or evaluations; not under time or CPU budgets",
            Evaluation =
                "one single-variable energy change looked at (a sweep is n of them), or one final state scored; an evaluations budget is never exceeded, and up to n may be left. Feature subsets: one changed subset looked at; a sweep is one exchange proposed for every feature chosen. Rosters: one changed roster proposed; a sweep is one for every person and day, and the budget is met exactly",
            Limits =
                "memory only: about 40 bytes per interaction, or n² numbers where density is at least 0.08 (0.4 beyond 8 MB); one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "an attempted update is O(1) (a sixteenth of a vector comparison where coefficients are small whole numbers, an eighth or a quarter else), an accepted one O(degree), n / 8 vector operations on dense problems",
            Strengths =
            [
                "large sparse problems, Max-Cut on ±1 graphs above all",
                "feature subsets of up to some hundred features",
                "rosters: good ones within seconds, where models with a variable for each person, day and shift are slow",
                "gives samples: one per read, so low-energy states and their frequencies",
            ],
            Weaknesses =
            [
                "dense problems with few good basins, where tabu is quicker",
                "grids, and graphs with a few variables of many couplings: most reads end in the widest valley, where parallel-tempering goes on",
                "proves nothing; penalties far above the other coefficients freeze it early",
            ],
            Sources =
            [
                "S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Optimization by simulated annealing, Science 220, 1983",
                "S. V. Isakov, I. N. Zintchenko, T. F. Rønnow, M. Troyer, Optimised simulated annealing for Ising spin glasses, Computer Physics Communications 192, 2015",
                "D. Sherrington, S. Kirkpatrick, Solvable model of a spin-glass, Physical Review Letters 35, 1975 (where to begin: the temperature below which it freezes)",
            ],
        };

    protected override SolveOutcome Solve(
        QuboProblem problem,
        SimulatedAnnealingOptions options,
        SolveContext context
    ) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Anneal(problem, options, context, whole)
        : Anneal(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Anneal<T>(
        QuboProblem problem,
        SimulatedAnnealingOptions options,
        SolveContext context,
        LocalFields<T> fields
    )
        where T : unmanaged, INumber<T>
    {
        var starts = context.CreateRandom("starts");
        var schedule = options.BetaRange is { } beta
            ? AnnealingSchedule.Of(beta, fields.Scale)
            : AnnealingSchedule.For(fields);
        var state = AnnealedState.From(fields, context.CreateRandom("metropolis"));
        var incumbent = new Incumbent(problem, context);
        var samples = new SampleSet(problem);
        var bits = new sbyte[problem.NumVariables];
        var shots = context.Budget.Shots;
        var lengths =
            options.Reads is null && shots is null && EndsByBudget(context.Budget)
                ? new ReadLengths(options.Sweeps, bits.Length, context)
                : null;
        var reads = Math.Min(
            options.Reads ?? int.MaxValue,
            shots ?? (options.Reads is null && lengths is null ? DefaultReads : int.MaxValue)
        );

        for (var read = 0; read < reads && !context.ShouldStop(); read++)
        {
            // Too little left for a sweep: another start would only be a random assignment.
            if (read > 0 && context.EvaluationsLeft <= bits.Length)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            if (read == 0 && incumbent.TryGet(out var initial))
                problem.ToBits(initial).CopyTo(bits);
            else
                starts.FillBits(bits);
            state.Reset(bits);
            var plan = lengths?.Next() ?? ReadPlan.Within(options.Sweeps, bits.Length, context);
            Cool(state, bits.Length, schedule, plan, context);
            Descend(state, bits.Length, context);
            state.CopyBits(bits);
            context.CountEvaluations(1);
            samples.Add(bits, incumbent.Offer(bits));
            lengths?.Ended(plan);
            if (shots is not null)
                context.CountShots(1);
        }
        if (context.Shots is { } drawn && drawn == shots)
            context.RequestStop(StoppedBy.Shots);
        return incumbent.ToOutcome() with { Samples = samples.ToList() };
    }

    private static void Cool(
        AnnealedState state,
        int variables,
        AnnealingSchedule schedule,
        ReadPlan plan,
        SolveContext context
    )
    {
        var period = Math.Max(1, PollUpdates / variables);
        var clock = 0.0;
        for (var k = 0; k < plan.Sweeps; k++)
        {
            state.Sweep(schedule.Temperature(Math.Max(plan.BySweeps(k), clock)));
            context.CountEvaluations(variables);
            if (k % period != 0)
                continue;
            if (context.ShouldStop())
                return;
            clock = plan.ByClock(context);
        }
    }

    /// <summary>To a local minimum, or as far as the evaluations go. Every pass but the last lowers the energy.</summary>
    private static void Descend(AnnealedState state, int variables, SolveContext context)
    {
        while (context.EvaluationsLeft > variables)
        {
            context.CountEvaluations(variables);
            if (state.Descend() == 0)
                return;
        }
    }
}
