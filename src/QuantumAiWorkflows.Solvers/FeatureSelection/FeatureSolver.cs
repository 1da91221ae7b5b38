using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>Base of solvers for feature subsets.</summary>
public abstract class FeatureSolver<TOptions> : Solver<FeatureSelectionProblem, TOptions>
    where TOptions : class, new()
{
    public override IReadOnlyList<string> Families { get; } = [FeatureSelectionFamily.FamilyId];

    /// <summary>The table and its standardized copy, and a row of redundancies for each chosen feature.</summary>
    protected override ResourceEstimate Estimate(
        FeatureSelectionProblem problem,
        TOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    )
    {
        var cells = (long)(problem.Table?.NumRows ?? 0) * (problem.NumVariables + 1);
        var rows = (long)problem.Constraints.Size * problem.NumVariables;
        return ResourceEstimate.OfClassical(16 * cells + 40 * problem.NumInteractions + 8 * rows, budget);
    }

    /// <summary>True when the client gave a limit that ends the run; else a method without an end of its own must set one.</summary>
    private protected static bool EndsByBudget(SolveBudget budget) =>
        budget.TimeSeconds is not null
        || budget.CpuSeconds is not null
        || budget.Evaluations is not null
        || budget.MaxCost is not null
        || budget.DeadlineSeconds is not null;
}
