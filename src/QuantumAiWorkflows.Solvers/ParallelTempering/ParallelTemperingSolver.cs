using System.Numerics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>
/// Replica exchange: one Metropolis chain at every temperature of a ladder, all in one vector, which change their
/// temperatures (<see cref="Ladder"/>), and on sparse graphs whole clusters with a replica at the same temperature
/// (<see cref="ClusterMoves{T}"/>). Unlike an annealing read it never freezes: a replica that is stuck is heated and cooled
/// again, as often as the budget allows.
/// </summary>
/// <remarks>
/// K. Hukushima and K. Nemoto, "Exchange Monte Carlo method and application to spin glass simulations", 1996: neighbours at T and T'
/// change places with probability min(1, exp((1/T - 1/T')·(E - E'))). Cluster moves are J. Houdayer's, 2001, as Z. Zhu, A. J. Ochoa and
/// H. G. Katzgraber, "Efficient cluster algorithm for spin glasses in any space dimension", 2015, use them above two dimensions.
/// </remarks>
public sealed class ParallelTemperingSolver : QuboSolver<ParallelTemperingOptions>
{
    private const long DefaultRounds = 1000;
    private const long DefaultBytes = 256_000_000;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "parallel-tempering",
            Version = "1.1.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Replica exchange Monte Carlo with isoenergetic cluster moves on sparse graphs; samples are the coldest replicas after a descent.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen = "under rounds, shots or evaluations; not under time or CPU budgets",
            Evaluation =
                "one energy change of one variable in one replica looked at (a sweep is n · temperatures · replicas of them), or one final state scored; cluster moves and exchanges count nothing; an evaluations budget is never exceeded, and up to a sweep of all replicas may be left",
            Limits =
                "memory: 4 bytes per variable and replica where coefficients are small whole numbers, else 8, which a memory budget is held against; coefficients that are not whole, not even scaled, are rounded to 2^-26 of the largest for the search, never for the score; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "an attempted update of all replicas is O(temperatures · replicas / 16) vector operations, with a flip in any of them O(degree) times as many; a cluster move is O(degree) per variable of the cluster; a round's energies are O(n · temperatures · replicas / 16)",
            Strengths =
            [
                "spin glasses on grids and other sparse graphs of some thousand variables, where cluster moves reach what annealing misses",
                "rugged problems whose best valley is narrow, where long annealing reads all end in a wider one",
                "samples at fixed temperatures, after the ladder has settled",
            ],
            Weaknesses =
            [
                "large problems: the temperatures needed grow as √n, and each of them costs as much as annealing",
                "dense problems, where there are no clusters to change and tabu search is quicker",
                "proves nothing",
            ],
            Sources =
            [
                "K. Hukushima, K. Nemoto, Exchange Monte Carlo method and application to spin glass simulations, Journal of the Physical Society of Japan 65, 1996",
                "J. Houdayer, A cluster Monte Carlo algorithm for 2-dimensional spin glasses, European Physical Journal B 22, 2001",
                "Z. Zhu, A. J. Ochoa, H. G. Katzgraber, Efficient cluster algorithm for spin glasses in any space dimension, Physical Review Letters 115, 077201, 2015",
                "N. Rathore, M. Chopra, J. J. de Pablo, Optimal allocation of replicas in parallel tempering simulations, Journal of Chemical Physics 122, 024111, 2005",
            ],
        };

    protected override Applicability Check(QuboProblem problem, ParallelTemperingOptions options, SolveBudget budget)
    {
        if (options is { ClusterMoves: ClusterMoveUse.On, Replicas: 1 })
            return new Applicability.BadOptions([
                new(FaultCode.OutOfRange, "Cluster moves need at least 2 replicas at a temperature, got 1.")
                {
                    Pointer = "/replicas",
                    Value = 1,
                    Limit = 2,
                },
            ]);
        var bytes = BytesPerReplica(problem) * (options.Temperatures ?? 8) * options.Replicas;
        var limit = budget.MemoryMegabytes is { } given ? given * 1_000_000L : long.MaxValue;
        return bytes <= limit
            ? Applicability.Yes
            : new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"{(options.Temperatures ?? 8) * options.Replicas} replicas of {problem.NumVariables} variables take {bytes / 1e6:F0} megabytes, the budget has {budget.MemoryMegabytes}."
                )
            );
    }

    protected override SolveOutcome Solve(
        QuboProblem problem,
        ParallelTemperingOptions options,
        SolveContext context
    ) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Choose(problem, options, context, whole)
        : Choose(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Choose<T>(
        QuboProblem problem,
        ParallelTemperingOptions options,
        SolveContext context,
        LocalFields<T> model
    )
        where T : unmanaged, INumber<T>
    {
        var schedule = options.BetaRange is { } beta
            ? AnnealingSchedule.Of(beta, model.Scale)
            : AnnealingSchedule.For(model);
        var rungs = options.Temperatures ?? Rungs(problem, options, context.Budget, schedule);
        var replicas = rungs * options.Replicas;
        return model is LocalFields<int> whole && ShortFields.UnitOf(whole) is { } unit
            ? Temper(problem, options, context, model, ReplicaFields.Short(whole, unit, replicas), schedule, rungs)
            : Temper(problem, options, context, model, InInts(), schedule, rungs);

        ReplicaFields<int> InInts() =>
            model is LocalFields<double> real
                ? ReplicaFields.Rounded(real, SpinSymmetry.Holds(problem.Model), replicas)
                : ReplicaFields.Int((LocalFields<int>)(object)model, replicas);
    }

    private static SolveOutcome Temper<TModel, T>(
        QuboProblem problem,
        ParallelTemperingOptions options,
        SolveContext context,
        LocalFields<TModel> model,
        ReplicaFields<T> fields,
        AnnealingSchedule schedule,
        int rungs
    )
        where TModel : unmanaged, INumber<TModel>
        where T : unmanaged, IBinaryInteger<T>
    {
        var unit = fields.Unit;
        var (hot, cold) = (Math.Max(schedule.Hot, schedule.Cold), Math.Min(schedule.Hot, schedule.Cold));
        var ladder = new Ladder(unit * hot, unit * cold, rungs, options.Replicas);
        var polish = AnnealedState.From(model, context.CreateRandom("polish"));
        var endsByBudget = context.Budget.Shots is not null || EndsByBudget(context.Budget);
        return new TemperingRun<T>(problem, options, fields, ladder, polish, context).Execute(
            (long?)options.Rounds ?? (endsByBudget ? null : DefaultRounds)
        );
    }

    /// <summary>
    /// The energy at a temperature spreads as √n, and so does the number of temperatures at which neighbours still overlap.
    /// Measured on a grid of 2000 vertices, a random graph of 2000 and degree 20, and a planar one of 800 with hubs: 0.35 leaves
    /// settled exchange rates of 0.2 to 0.5 between nearly all neighbours.
    /// </summary>
    private static int Rungs(
        QuboProblem problem,
        ParallelTemperingOptions options,
        SolveBudget budget,
        AnnealingSchedule schedule
    )
    {
        var wanted = 0.35 * Math.Sqrt(problem.NumVariables) * Math.Abs(Math.Log(schedule.Hot / schedule.Cold));
        var bytes = Math.Min(DefaultBytes, budget.MemoryMegabytes is { } given ? given * 250_000L : long.MaxValue);
        var affordable = bytes / (BytesPerReplica(problem) * options.Replicas);
        return (int)Math.Clamp(Math.Min(wanted, affordable), 8, 64) / 8 * 8;
    }

    /// <summary>An int for the field and one for the mask of every variable.</summary>
    private static long BytesPerReplica(QuboProblem problem) => 8L * problem.NumVariables;
}
