using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.NearestNeighbour;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>Hybrid genetic search for capacitated vehicle routing, with or without time windows, and for tours.</summary>
public sealed class HybridGeneticSearchSolver : RoutingSolver<HybridGeneticSearchOptions>
{
    private const long DefaultOffspring = 50_000;
    private const long DefaultKicksPerStop = 1_000;

    /// <summary>Kicks of a tour do well with few.</summary>
    private const int TourGranularity = 10;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "hybrid-genetic-search",
            Version = "1.1.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Hybrid genetic search: order crossover, optimal split, local search with SWAP* and penalties for load and lateness, survival by cost and diversity. A single symmetric tour gets an iterated 2-opt and Or-opt search instead.",
            Deterministic = true,
            DeterministicWhen = "under iterations or evaluations; not under time or CPU budgets",
            Evaluation =
                "one local search: of an offspring or a random start, of its repair, or after a kick of a tour; an evaluations budget is met exactly",
            Limits =
                "one kind of vehicle with one capacity and one depot; no pickups with deliveries, optional stops, maximum distances or several windows of a stop: local-search-routing and ortools-routing take those; 4 bytes a pair of stops, 8 with time windows; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "an offspring is a crossover and a split, O(stops²) at most, then local search over O(stops · neighbours) moves of O(1) each",
            Strengths =
            [
                "capacitated vehicle routing of up to some hundred stops: within some tenths of a percent of the best known in seconds",
                "time windows that are hard to meet: lateness is paid for during the search, not forbidden",
            ],
            Weaknesses =
            [
                "beyond a thousand stops the first hundred local searches take most of a short budget",
                "proves nothing",
            ],
            Sources =
            [
                "T. Vidal, Hybrid genetic search for the CVRP: open-source implementation and SWAP* neighborhood, Computers and Operations Research 140, 2022",
                "T. Vidal, T. G. Crainic, M. Gendreau, C. Prins, A hybrid genetic algorithm with adaptive diversity management for a large class of vehicle routing problems with time windows, Computers and Operations Research 40, 2013",
                "O. Martin, S. W. Otto, E. W. Felten, Large-step Markov chains for the traveling salesman problem, Complex Systems 5, 1991",
            ],
        };

    protected override Applicability Check(
        RoutingProblem problem,
        HybridGeneticSearchOptions options,
        SolveBudget budget
    )
    {
        if (VrpModelReader.Refusal(problem) is { } refusal)
            return new Applicability.Unsupported(
                $"{Info.Id} takes one kind of vehicle with at most one capacity, and no {refusal}; this problem has that."
            );
        var megabytes = Bytes(problem) * 1e-6;
        return megabytes > budget.MemoryMegabytes
            ? new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"{Info.Id} needs about {megabytes:0} MB for {problem.Stops.Count} stops, the budget allows {budget.MemoryMegabytes} MB."
                ),
                megabytes,
                budget.MemoryMegabytes,
                "megabytes"
            )
            : Applicability.Yes;
    }

    protected override ResourceEstimate Estimate(
        RoutingProblem problem,
        HybridGeneticSearchOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) => ResourceEstimate.OfClassical(Bytes(problem), budget);

    protected override SolveOutcome Solve(
        RoutingProblem problem,
        HybridGeneticSearchOptions options,
        SolveContext context
    )
    {
        var incumbent = new RoutingIncumbent(problem, context);
        if (problem.Stops.Count == 0)
            incumbent.Offer(new RoutingSolution([]));
        if (problem.Stops.Count == 0 || context.ShouldStop())
            return incumbent.ToOutcome();
        VrpModelReader reader;
        using (context.Stage("encode"))
            reader = VrpModelReader.Read(problem);
        // At once something to show, and where no plan serves everybody one that says who is left out.
        if (incumbent.Best is null)
            incumbent.Offer(new NearestNeighbourPlan(problem, context).Build());
        var initial = reader.ToPlan(incumbent.Best!);
        if (IsTour(reader.Model))
            SearchTours(reader, options, context, initial, incumbent);
        else
            new GeneticSearch(reader.Model, options, context, plan => incumbent.Offer(reader.ToSolution(plan))).Run(
                initial,
                options.Iterations ?? (EndsByBudget(context.Budget) ? long.MaxValue : DefaultOffspring)
            );
        return incumbent.ToOutcome();
    }

    private static bool IsTour(VrpModel model) =>
        model is { Vehicles: 1, HasWindows: false, IsSymmetric: true } && model.TotalDemand <= model.Capacity;

    private static void SearchTours(
        VrpModelReader reader,
        HybridGeneticSearchOptions options,
        SolveContext context,
        Plan? initial,
        RoutingIncumbent incumbent
    )
    {
        var model = reader.Model;
        var plan = new Plan(model) { Count = 1 };
        plan.Bounds[1] = model.Customers;
        new TourSearch(model, options.Granularity ?? TourGranularity, context).Run(
            initial?.Tour,
            options.Iterations
                ?? (EndsByBudget(context.Budget) ? long.MaxValue : DefaultKicksPerStop * model.Customers),
            (long)options.Patience * model.Customers,
            (order, _) =>
            {
                var depot = order.IndexOf(0);
                order[(depot + 1)..].CopyTo(plan.Tour);
                order[..depot].CopyTo(plan.Tour.AsSpan(order.Length - depot - 1));
                incumbent.Offer(reader.ToSolution(plan));
            }
        );
    }

    /// <summary>The tables of the problem and of the model, neighbours, a population, and what SWAP* remembers.</summary>
    private static long Bytes(RoutingProblem problem)
    {
        var n = problem.Stops.Count + 1L;
        var tables = problem.Stops.Any(s => s.Windows.Length > 0) ? 2 : 1;
        return tables * (4 * n * n + 8L * problem.Distances.Size * problem.Distances.Size)
            + 8_000 * n
            + Math.Min(40 * n * n, 80_000_000);
    }
}
