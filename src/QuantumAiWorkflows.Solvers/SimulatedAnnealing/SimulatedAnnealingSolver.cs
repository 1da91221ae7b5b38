using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>Metropolis sweeps under falling temperature, restarted until the budget ends.</summary>
public sealed class SimulatedAnnealingSolver : QuboSolver<SimulatedAnnealingOptions>
{
    private const int DefaultReads = 20;

    /// <summary>Spin updates between two looks at the budget: at most a tenth of a millisecond.</summary>
    private const int PollUpdates = 1 << 13;

    public override SolverInfo Info => About;

    /// <summary>Of the id over all of its families.</summary>
    public static SolverInfo About { get; } =
        new()
        {
            Id = "simulated-annealing",
            Version = "1.0.0",
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
                "memory only: about 30 bytes per interaction, or n² numbers where density is at least 0.08 (0.4 beyond 8 MB); one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "an attempted update is O(1), an accepted one O(degree), n / 8 vector operations on dense problems",
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
                "proves nothing; penalties far above the other coefficients freeze it early",
            ],
            Sources =
            [
                "S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Optimization by simulated annealing, Science 220, 1983",
                "S. V. Isakov, I. N. Zintchenko, T. F. Rønnow, M. Troyer, Optimised simulated annealing for Ising spin glasses, Computer Physics Communications 192, 2015",
                "M. Luby, A. Sinclair, D. Zuckerman, Optimal speedup of Las Vegas algorithms, Information Processing Letters 47, 1993 (lengths of the reads)",
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
        var lanes = new ExponentialLanes(context.CreateRandom("metropolis"));
        var schedule = options.BetaRange is { } beta
            ? AnnealingSchedule.Of(beta, fields.Scale)
            : AnnealingSchedule.For(fields);
        var incumbent = new Incumbent(problem, context);
        var samples = new SampleSet(problem);
        var bits = new sbyte[problem.NumVariables];
        var shots = context.Budget.Shots;
        var untilBudget = options.Reads is null && shots is null && EndsByBudget(context.Budget);
        var reads = Math.Min(
            options.Reads ?? int.MaxValue,
            shots ?? (options.Reads is null && !untilBudget ? DefaultReads : int.MaxValue)
        );

        for (var read = 0; read < reads && !context.ShouldStop(); read++)
        {
            // Too little left for a sweep: another start would only be a random assignment.
            if (read > 0 && context.EvaluationsLeft <= fields.Count)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            if (read == 0 && incumbent.TryGet(out var initial))
                problem.ToBits(initial).CopyTo(bits);
            else
                starts.FillBits(bits);
            fields.Reset(bits);
            var length = untilBudget ? options.Sweeps * (long)Luby.Term(read + 1) : options.Sweeps;
            Cool(fields, schedule, (int)Math.Min(length, int.MaxValue), context, ref lanes);
            Descend(fields, context);
            fields.CopyBits(bits);
            context.CountEvaluations(1);
            samples.Add(bits, incumbent.Offer(bits));
            if (shots is not null)
                context.CountShots(1);
        }
        if (context.Shots is { } drawn && drawn == shots)
            context.RequestStop(StoppedBy.Shots);
        return incumbent.ToOutcome() with { Samples = samples.ToList() };
    }

    /// <summary>One evaluation stays in reserve for the state's score, and one pass of descent where there is room.</summary>
    private static void Cool<T>(
        LocalFields<T> fields,
        AnnealingSchedule schedule,
        int sweeps,
        SolveContext context,
        ref ExponentialLanes random
    )
        where T : unmanaged, INumber<T>
    {
        var affordable = (context.EvaluationsLeft - 1) / fields.Count;
        sweeps = (int)Math.Min(sweeps, affordable > 1 ? affordable - 1 : affordable);
        var period = Math.Max(1, PollUpdates / fields.Count);
        for (var k = 0; k < sweeps; k++)
        {
            MetropolisSweep.Run(fields, schedule.Temperature(k, sweeps), ref random);
            context.CountEvaluations(fields.Count);
            if (k % period == 0 && context.ShouldStop())
                return;
        }
    }

    /// <summary>To a local minimum, or as far as the evaluations go. Every pass but the last lowers the energy.</summary>
    private static void Descend<T>(LocalFields<T> fields, SolveContext context)
        where T : unmanaged, INumber<T>
    {
        while (context.EvaluationsLeft > fields.Count)
        {
            context.CountEvaluations(fields.Count);
            if (MetropolisSweep.Descend(fields) == 0)
                return;
        }
    }
}
