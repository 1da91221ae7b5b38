using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

/// <summary>Insertion, 2-opt and Or-opt, then ruin and recreate, with every feature of the family.</summary>
public sealed class LocalSearchRoutingSolver : RoutingSolver<LocalSearchRoutingOptions>
{
    private const long RoundsPerStop = 20;
    private const long LeastRounds = 2_000;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "local-search-routing",
            Version = "1.1.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Cheapest insertion, 2-opt and Or-opt, then ruin and recreate of neighbouring strings under simulated annealing; only routes that hold.",
            Deterministic = true,
            DeterministicWhen = "under rounds or evaluations; not under time or CPU budgets",
            Evaluation =
                "one plan rebuilt: the first by insertion, then one a round; an evaluations budget is met exactly",
            Limits =
                "every routing problem; moves that gain are checked by driving the route; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "a round removes and reinserts a handful of stops: O(removed · stops); a pass of local search O(stops · neighbours)",
            Strengths =
            [
                "takes everything: several depots and kinds of vehicles, pickups with deliveries, optional stops, maximum distances, several windows",
                "a plan that holds from the first moment; who does not fit is left out and named",
            ],
            Weaknesses =
            [
                "routes of hundreds of stops: a change that gains costs their length",
                "plain vehicle routing, where hybrid-genetic-search finds better plans in the same time",
            ],
            Sources =
            [
                "J. Christiaens, G. Vanden Berghe, Slack induction by string removals for vehicle routing problems, Transportation Science 54, 2020",
                "I. Or, Traveling salesman-type combinatorial problems and their relation to the logistics of regional blood banking, Northwestern University, 1976",
            ],
        };

    protected override SolveOutcome Solve(
        RoutingProblem problem,
        LocalSearchRoutingOptions options,
        SolveContext context
    )
    {
        var incumbent = new RoutingIncumbent(problem, context);
        if (problem.Stops.Count == 0)
            incumbent.Offer(new RoutingSolution([]));
        if (problem.Stops.Count == 0 || context.ShouldStop())
            return incumbent.ToOutcome();
        var rounds =
            options.Rounds
            ?? (
                EndsByBudget(context.Budget)
                    ? long.MaxValue
                    : Math.Max(LeastRounds, RoundsPerStop * problem.Stops.Count)
            );
        new RuinAndRecreate(problem, options, context, plan => incumbent.Offer(plan)).Run(
            context.InitialSolution as RoutingSolution,
            rounds
        );
        return incumbent.ToOutcome();
    }
}
