using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.NearestNeighbour;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>Google OR-Tools' routing library: iterated local search with ruin and recreate, for every feature of the family.</summary>
public sealed class OrToolsRoutingSolver : RoutingSolver<OrToolsRoutingOptions>
{
    private const long DefaultPlans = 20_000;

    /// <summary>Beyond it a short budget sees some plans only.</summary>
    public const int MaxStops = 2_500;

    /// <summary>That a plan may use at most; each is a chain of variables of its own.</summary>
    public const int MaxVehicles = 5_000;

    /// <summary>Of tables; a kind of vehicle with another cost per distance has one of its own.</summary>
    private const long MaxBytes = 2_000_000_000;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "ortools-routing",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Google OR-Tools' routing library: from a greedy plan, iterated local search by slack induction ruin and recreate under simulated annealing.",
            Deterministic = true,
            DeterministicWhen = "under plans or evaluations; not under time or CPU budgets",
            Evaluation =
                "one plan that OR-Tools builds: by ruin and recreate, or taken over at the start of a round; an evaluations budget is met exactly",
            Limits =
                "every routing problem of at most 2,500 stops, 5,000 vehicles that could drive at once and 2 GB of tables (8 bytes a pair of places, for each cost per distance and for times and longest routes); a budget or a cancel ends it at the end of a round of plans, some tenths of a second for 1,000 stops; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "a round removes some stops and reinserts each at its best place: O(removed · stops) calls of the model",
            Strengths =
            [
                "takes everything: several depots and kinds of vehicles, pickups with deliveries, optional stops, maximum distances, several windows",
                "a widely used library: a baseline that others can repeat",
            ],
            Weaknesses =
            [
                "plain vehicle routing and time windows, where hybrid-genetic-search comes nearer to the best known plans in the same time",
                "a thousand stops: some tens of plans a second",
            ],
            Sources =
            [
                "L. Perron, V. Furnon, OR-Tools, Google, version 9.15",
                "J. Christiaens, G. Vanden Berghe, Slack induction by string removals for vehicle routing problems, Transportation Science 54, 2020",
            ],
        };

    protected override Applicability Check(RoutingProblem problem, OrToolsRoutingOptions options, SolveBudget budget)
    {
        var vehicles = problem.Vehicles.Sum(v => Math.Min((long)v.Count, problem.Stops.Count));
        if (problem.Stops.Count > MaxStops)
            return TooLarge(problem.Stops.Count, MaxStops, "stops");
        if (vehicles > MaxVehicles)
            return TooLarge(vehicles, MaxVehicles, "vehicles that could drive at once");
        var bytes = WholeRouting.Bytes(problem);
        var most = Math.Min(MaxBytes, (budget.MemoryMegabytes ?? long.MaxValue / 1_000_000) * 1_000_000L);
        return bytes > most
            ? TooLarge(Math.Ceiling(bytes * 1e-6), Math.Floor(most * 1e-6), "megabytes")
            : Applicability.Yes;
    }

    protected override ResourceEstimate Estimate(
        RoutingProblem problem,
        OrToolsRoutingOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) => ResourceEstimate.OfClassical(WholeRouting.Bytes(problem), budget);

    protected override SolveOutcome Solve(RoutingProblem problem, OrToolsRoutingOptions options, SolveContext context)
    {
        var incumbent = new RoutingIncumbent(problem, context);
        if (problem.Stops.Count == 0)
            incumbent.Offer(new RoutingSolution([]));
        if (problem.Stops.Count == 0 || context.ShouldStop())
            return incumbent.ToOutcome();
        // At once something to show; and how many vehicles a plan may need follows from it.
        var greedy = new NearestNeighbourPlan(problem, context).Build();
        incumbent.Offer(greedy);
        new PlanSearch(problem, options, context, incumbent).Run(
            incumbent.IsFeasible ? incumbent.Best! : greedy,
            Fleet(problem, greedy),
            options.Plans ?? (EndsByBudget(context.Budget) ? long.MaxValue : DefaultPlans)
        );
        return incumbent.ToOutcome();
    }

    /// <summary>
    /// By kind, how many vehicles the model has: all, but no more of a kind than twice the routes of the greedy plan, with some
    /// to spare and one for each stop that it leaves out. Vehicles that no plan uses cost time all the same.
    /// </summary>
    private static int[] Fleet(RoutingProblem problem, RoutingSolution greedy)
    {
        const int Spare = 5;
        var unserved = problem.Stops.Count - greedy.Routes.Sum(r => r.Stops.Count);
        var most = Math.Min(problem.Stops.Count, 2 * greedy.Routes.Count + Spare + unserved);
        return [.. problem.Vehicles.Select(v => Math.Min(v.Count, most))];
    }

    private Applicability.Unsupported TooLarge(double value, double limit, string unit) =>
        new(
            FormattableString.Invariant(
                $"{Info.Id} takes problems of at most {limit} {unit}; this one has, or needs, {value}."
            ),
            value,
            limit,
            unit
        );
}
