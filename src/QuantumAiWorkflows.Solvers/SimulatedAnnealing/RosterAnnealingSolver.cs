using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solvers.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// Annealing over rosters. Hard constraints may be missed while it is hot, at a price that rises until a read ends with a roster
/// that keeps them all. A read that the budget would cut off cools faster, and ends with the budget.
/// </summary>
public sealed class RosterAnnealingSolver : Solver<RosterProblem, SimulatedAnnealingOptions>
{
    private const int DefaultReads = 5;

    /// <summary>Of each read to the one before, while the budget is what ends the run: the longest has most of it.</summary>
    private const int Growth = 4;

    /// <summary>Of the price of what is missed to the largest weight, at first.</summary>
    private const int FirstPenalty = 5;

    /// <summary>Keeps sums within 64 bits: no roster misses more than 10^7 units.</summary>
    private const long MaxPenalty = 100_000_000_000;

    public override SolverInfo Info => SimulatedAnnealingSolver.About;

    public override IReadOnlyList<string> Families { get; } = [RosterFamily.Instance.Id];

    protected override SolveOutcome Solve(
        RosterProblem problem,
        SimulatedAnnealingOptions options,
        SolveContext context
    )
    {
        var best = new BestRoster(problem, context);
        var byCount = options.Reads ?? context.Budget.Shots ?? context.Budget.Evaluations;
        Run(problem, options, best, context, byClock: byCount is null);
        return best.ToOutcome(null);
    }

    /// <summary>Everything but the outcome, so that another solver can begin with it.</summary>
    /// <param name="byClock">Whether reads cool faster the nearer a clock of the run is to its end.</param>
    internal static void Run(
        RosterProblem problem,
        SimulatedAnnealingOptions options,
        BestRoster best,
        SolveContext context,
        bool byClock
    )
    {
        if (context.ShouldStop())
            return;
        var shots = context.Budget.Shots;
        var endsByBudget = ReferenceEquals(context.Budget, context.Budget.OrDefaultTime(countsShots: true));
        var untilBudget = options.Reads is null && shots is null && endsByBudget;
        var reads = Math.Min(
            options.Reads ?? int.MaxValue,
            shots ?? (options.Reads is null && !untilBudget ? DefaultReads : int.MaxValue)
        );
        var tables = new RosterTables(problem);
        var anneal = new RosterAnneal(tables, context.CreateRandom("metropolis"))
        {
            Penalty = FirstPenalty * (long)tables.LargestWeight,
        };
        var sweeps = (long)options.Sweeps;
        for (var read = 0; read < reads && !context.ShouldStop(); read++)
        {
            if (read == 0 && best.Solution is { } initial)
                anneal.State.Set(initial);
            else
                anneal.State.Clear();
            anneal.Forget();
            anneal.Remember();
            new RosterRead(tables, anneal, options.BetaRange, best, context, byClock).Cool(sweeps);
            if (anneal.BestCost is null)
                anneal.Penalty = Math.Min(2 * anneal.Penalty, MaxPenalty);
            if (untilBudget)
                sweeps = Math.Min(Growth * sweeps, long.MaxValue / Growth);
            if (shots is not null)
                context.CountShots(1);
        }
        if (context.Shots is { } drawn && drawn == shots)
            context.RequestStop(StoppedBy.Shots);
    }
}
