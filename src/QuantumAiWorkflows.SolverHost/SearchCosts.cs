using QuantumAiWorkflows.Learning;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Baselines;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>
/// What the job's solver looked at to find its subset, beside what usual ways of choosing look at, and what each is worth under the same
/// folds.
/// </summary>
/// <param name="selection">The job's solver.</param>
internal sealed class SearchCosts(
    FeatureSelectionProblem problem,
    TrainRequest request,
    RepeatedSelection selection,
    Action<ValidationProgress> tell
)
{
    private readonly List<SearchCost> _rows = [];
    private readonly Dictionary<string, double> _cpuSeconds = new(StringComparer.Ordinal);

    public IReadOnlyList<SearchCost> Rows => _rows;

    /// <summary>By method, of one selection on all rows.</summary>
    public IReadOnlyDictionary<string, double> CpuSeconds => _cpuSeconds;

    private delegate BaselineSubset Method(
        FeatureSelectionProblem problem,
        long seed,
        double? target,
        CancellationToken cancellation
    );

    /// <param name="score">Of the solver, whose folds have been scored already.</param>
    /// <param name="onRow">Called after each row.</param>
    public void Compare(FoldScore score, Action onRow, CancellationToken cancellation)
    {
        var own = new List<(double Objective, long Looked)>();
        var began = Cpu();
        tell(new("search cost: the solver on all rows", 0, SearchCost.UsualWays.Count + 1));
        var (subsets, looked) = selection.Solve(
            problem,
            request.Seed,
            (best, evaluations) =>
            {
                var evaluation = problem.Evaluate(best);
                if (evaluation.IsFeasible)
                    own.Add((evaluation.Objective, evaluations));
            },
            cancellation
        );
        _cpuSeconds[request.Solver] = Cpu() - began;
        var target = subsets.Count > 0 ? problem.Evaluate(subsets[0]).Objective : (double?)null;
        var reached = own.Where(p => p.Objective >= Nearly(target)).Select(p => (long?)p.Looked).Min();
        Add(
            request.Solver,
            selection.Solver.Evaluation,
            new(subsets.Count > 0 ? subsets[0] : null, looked, reached),
            target,
            score,
            score
        );
        onRow();

        (string Name, string How, Method Choose)[] methods =
        [
            (
                "greedyForward",
                "a feature that could be added next",
                (p, seed, _, c) => GreedyBaseline.Choose(p, seed, c)
            ),
            ("recursiveElimination", "a linear model fitted", (p, _, _, c) => SelectionBaselines.Elimination(p, c)),
            ("lasso", "a linear model fitted", (p, _, _, c) => SelectionBaselines.Lasso(p, c)),
            (
                "random",
                FormattableString.Invariant(
                    $"a subset drawn; as many as the solver looked at, {SelectionBaselines.MaxDraws} at most; the best by objective"
                ),
                (p, seed, goal, c) => SelectionBaselines.Random(p, looked, seed, Nearly(goal), c)
            ),
        ];
        foreach (var (name, how, choose) in methods)
        {
            if (name == request.Solver)
                continue;
            tell(new($"search cost: {name}", _rows.Count, SearchCost.UsualWays.Count + 1));
            began = Cpu();
            var found = choose(problem, request.Seed, target, cancellation);
            _cpuSeconds[name] = Cpu() - began;
            var validated = SubsetValidator.Score(
                problem,
                request.Plan,
                request.Seed,
                (training, seed, c) =>
                    choose(training, seed, null, c).Subset is { } s && training.Evaluate(s).IsFeasible ? [s] : [],
                cancellation
            );
            Add(name, how, found, target, validated, score);
            onRow();
        }
    }

    private void Add(
        string method,
        string how,
        BaselineSubset found,
        double? target,
        FoldScore validated,
        FoldScore solvers
    )
    {
        var evaluation = found.Subset is { } subset ? problem.Evaluate(subset) : null;
        var isAllowed = evaluation is { IsFeasible: true };
        _rows.Add(
            new(
                method,
                how,
                [.. (found.Subset?.Features ?? []).Select(f => problem.Names[f])],
                evaluation?.Objective,
                isAllowed,
                found.Looked,
                // A ranking is one subset, made at its end: it has reached the objective there, or nowhere.
                found.Reached
                    ?? (isAllowed && evaluation!.Objective >= Nearly(target) ? found.Looked : null),
                validated.Mean is null ? null : validated,
                method == request.Solver
                    ? null
                    : SubsetValidator.Difference(problem, request.Plan, request.Seed, solvers, validated)
            )
        );
    }

    /// <summary>Within the rounding of sums.</summary>
    private static double? Nearly(double? objective) => objective - 1e-9 * Math.Abs(objective ?? 0);

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
