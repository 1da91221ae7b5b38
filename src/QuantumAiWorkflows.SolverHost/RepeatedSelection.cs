using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>The solver of a job run again, with its options, on other rows of the same table or with another seed.</summary>
internal sealed class RepeatedSelection
{
    private readonly TrainRequest _request;
    private readonly SolverHostServices _services;
    private readonly ISolver _solver;

    public RepeatedSelection(TrainRequest request, SolverHostServices services)
    {
        (_request, _services) = (request, services);
        _solver = services.Solvers.TryGet(request.Solver, out var found)
            ? ViaQubo.For(found, FeatureSelectionFamily.Instance, request.Encoding)
            : throw new InvalidOperationException($"No solver {request.Solver} in this build.");
    }

    public SolverInfo Solver => _solver.Info;

    /// <summary>Counted by all selections so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Distinct allowed subsets, best first; none where the solver met none or does not take the rows.</summary>
    public IReadOnlyList<FeatureSelectionSolution> Select(
        FeatureSelectionProblem training,
        long seed,
        CancellationToken cancellation
    ) => Solve(training, seed, null, cancellation).Subsets;

    /// <param name="onIncumbent">Told of every improvement, with the evaluations so far.</param>
    public (IReadOnlyList<FeatureSelectionSolution> Subsets, long Evaluations) Solve(
        FeatureSelectionProblem problem,
        long seed,
        Action<FeatureSelectionSolution, long>? onIncumbent,
        CancellationToken cancellation
    )
    {
        var faults = new FaultList();
        var options =
            _solver.ReadOptions(_request.Options, "/options", faults)
            ?? throw new InvalidOperationException(
                $"Options that passed admission do not read any more: {faults.Items[0].Detail}"
            );
        // Fewer rows may make scores that an encoding or a model cannot hold.
        if (_solver.Check(problem, options, _request.Budget) is not Applicability.Supported)
            return ([], 0);
        SolveContext? context = null;
        context = new SolveContext(_request.Budget, seed, cancellation)
        {
            CacheDirectory = _services.CacheDirectory,
            Solvers = _services.Solvers,
            OnIncumbent = (best, _) => onIncumbent?.Invoke((FeatureSelectionSolution)best, context!.Evaluations),
        };
        var outcome = _solver.Solve(problem, options, context);
        Evaluations += context.Evaluations;
        // A stop leaves half a selection, which must not be scored as one.
        cancellation.ThrowIfCancellationRequested();
        return (Allowed(problem, outcome), context.Evaluations);
    }

    private List<FeatureSelectionSolution> Allowed(FeatureSelectionProblem problem, SolveOutcome outcome)
    {
        var met = outcome.Samples.Select(s => s.Solution).OfType<FeatureSelectionSolution>();
        if (outcome is SolveOutcome.Found { Best: FeatureSelectionSolution best })
            met = met.Prepend(best);
        return
        [
            .. met.Take(_request.Plan.Candidates + 1)
                .Distinct()
                .Select(s => (Subset: s, Evaluation: problem.Evaluate(s)))
                .Where(s => s.Evaluation.IsFeasible)
                .OrderByDescending(s => s.Evaluation.Objective)
                .ThenBy(s => s.Subset)
                .Take(_request.Plan.Candidates)
                .Select(s => s.Subset),
        ];
    }
}
