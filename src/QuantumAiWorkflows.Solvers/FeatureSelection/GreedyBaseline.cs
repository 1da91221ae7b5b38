using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Baselines;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>Greedy forward selection from nothing, once, as the method is published: what a search is compared with.</summary>
public static class GreedyBaseline
{
    /// <returns>May break a constraint that forward selection alone does not meet; the referee says so.</returns>
    public static BaselineSubset Choose(FeatureSelectionProblem problem, long seed, CancellationToken cancellation)
    {
        var context = new SolveContext(new SolveBudget(), seed, cancellation);
        var subset = new Subset(problem, new RedundancyRows(problem, context));
        ForwardSelection.Run(subset, context);
        cancellation.ThrowIfCancellationRequested();
        return new(new(subset.Members), context.Evaluations, null);
    }
}
