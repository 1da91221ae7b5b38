using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.NearestNeighbour;

/// <summary>One vehicle after the other goes to the nearest stop that it can still serve.</summary>
public sealed class NearestNeighbourSolver : RoutingSolver<NearestNeighbourOptions>
{
    public override SolverInfo Info { get; } =
        new()
        {
            Id = "nearest-neighbour",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary = "One vehicle after the other goes to the nearest stop that it can still serve.",
            Deterministic = true,
            DeterministicWhen = "always, unless a time or CPU budget or a cancel ends it before the last stop",
            IgnoresSeed = true,
            Evaluation = "one plan built: there is only one",
            Limits =
                "every routing problem; at worst O(n²) simulated visits, under a second for a thousand stops; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity = "O(stops²) in all",
            Strengths = ["an answer at once", "what better methods must beat"],
            Weaknesses =
            [
                "about a quarter above the optimum on tours, more on vehicle routing",
                "stops that no vehicle can take any more are left out, though another order would have served them",
            ],
            Sources =
            [
                "D. J. Rosenkrantz, R. E. Stearns, P. M. Lewis, An analysis of several heuristics for the traveling salesman problem, SIAM Journal on Computing 6, 1977",
            ],
        };

    protected override SolveOutcome Solve(RoutingProblem problem, NearestNeighbourOptions options, SolveContext context)
    {
        var incumbent = new RoutingIncumbent(problem, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        incumbent.Offer(new NearestNeighbourPlan(problem, context).Build());
        context.CountEvaluations(1);
        return incumbent.ToOutcome();
    }
}
