using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.GreedyMrmr;

/// <summary>Forward selection by minimum redundancy and maximum relevance, from several first features.</summary>
public sealed class GreedyMrmrSolver : FeatureSolver<GreedyMrmrOptions>
{
    private const int DefaultStarts = 10;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "greedy-mrmr",
            Version = "1.1.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Adds the feature with the largest relevance minus alpha times its mean redundancy with those chosen, from several first features; exchanges only what breaks a constraint.",
            Deterministic = true,
            DeterministicWhen = "always; under time and CPU budgets as far as it comes",
            IgnoresSeed = true,
            Evaluation =
                "one subset looked at: a feature that could be added, or an exchange; an evaluations budget is never exceeded",
            Limits = "none of its own; O(k·n) and k rows of redundancies per start; one thread, more are not used",
            Complexity = "a step adds one feature after a look at all: O(features), O(features · k) for k of them",
            Strengths =
            [
                "thousands of features in a second",
                "the usual baseline for feature subsets: simple to explain",
            ],
            Weaknesses =
            [
                "never takes back a choice that later ones made redundant",
                "tight budgets and groups: it repairs what it broke, and may fail to",
            ],
            Sources =
            [
                "H. Peng, F. Long, C. Ding, Feature selection based on mutual information, IEEE Transactions on Pattern Analysis and Machine Intelligence 27(8), 2005",
                "C. Ding, H. Peng, Minimum redundancy feature selection from microarray gene expression data, Journal of Bioinformatics and Computational Biology 3(2), 2005",
            ],
        };

    protected override SolveOutcome Solve(
        FeatureSelectionProblem problem,
        GreedyMrmrOptions options,
        SolveContext context
    )
    {
        var subset = new Subset(problem, new RedundancyRows(problem, context));
        var incumbent = new SubsetIncumbent(subset, context);
        var relevance = problem.Scores.Relevance;
        int[] firsts = [.. subset.Movable.OrderByDescending(f => relevance[f]).ThenBy(f => f)];
        var most = Math.Max(1, Math.Min(firsts.Length, options.Starts ?? firsts.Length));
        for (var start = 0; start < most && !context.ShouldStop(); start++)
        {
            if (options.Starts is null && start >= DefaultStarts && incumbent.HasCandidates)
                break;
            // The first start leaves the first choice to the method: constraints may want another feature.
            context.CountEvaluations(1);
            ForwardSelection.Run(subset, context, start == 0 ? null : firsts[start]);
            if (subset.Violation > 0)
                Neighbourhood.Repair(subset, context);
            incumbent.Offer(subset);
        }
        if (options.Starts is null && !incumbent.HasCandidates)
            incumbent.OfferBehind(subset);
        return incumbent.ToOutcome();
    }
}
