using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>
/// The best subset of a run, and the best distinct allowed ones beside it: candidates for whoever trains models on them. An allowed
/// subset is better than any other; among those that are not, the one that is nearer to being allowed.
/// </summary>
internal sealed class SubsetIncumbent
{
    private const int Capacity = 100;

    /// <summary>Distinct allowed subsets that a run comes back with at least, where there are so many and its budget allows.</summary>
    private const int Candidates = 5;

    private readonly FeatureSelectionProblem _problem;
    private readonly SolveContext _context;
    private readonly SortedSet<(double Minimized, FeatureSelectionSolution Subset)> _ranked = [];
    private (double Violation, double Objective)? _best;

    /// <param name="subset">Left at the run's initial solution where there is one; scoring that is no evaluation.</param>
    public SubsetIncumbent(Subset subset, SolveContext context)
    {
        (_problem, _context) = (subset.Problem, context);
        if (context.InitialSolution is not FeatureSelectionSolution initial)
            return;
        subset.Set(initial.Features);
        // An initial solution without a required feature, or with an excluded one, is taken with them put right.
        Offer(subset);
    }

    public FeatureSelectionSolution? Best { get; private set; }

    /// <summary>Minus infinity without an allowed subset.</summary>
    public double BestObjective => _best is { Violation: 0 } best ? best.Objective : double.NegativeInfinity;

    /// <summary>True when there are enough candidates for whoever trains models on them.</summary>
    public bool HasCandidates => _ranked.Count >= Candidates;

    /// <summary>Takes a subset when it is better than the best, or good enough for the list.</summary>
    public void Offer(Subset subset, double? bound = null)
    {
        var violation = subset.Violation;
        if (violation > 1e-9 && _best is { } standing && violation >= standing.Violation - 1e-9)
            return;
        if (violation <= 1e-9)
        {
            violation = 0;
            // The subset's own objective has drifted by roundings at most; the exact one costs more.
            if (
                _ranked.Count == Capacity
                && subset.Objective < -_ranked.Max.Minimized - 1e-9 * Math.Abs(subset.Objective)
            )
                return;
        }
        var objective = subset.ExactObjective();
        var solution = new FeatureSelectionSolution(subset.Members);
        if (violation == 0 && _ranked.Add((-objective, solution)) && _ranked.Count > Capacity)
            _ranked.Remove(_ranked.Max);
        if (
            _best is { } best
            && (violation > best.Violation || (violation == best.Violation && objective <= best.Objective))
        )
            return;
        _best = (violation, objective);
        Best = solution;
        _context.Report(solution, bound);
    }

    /// <summary>
    /// Looks at all subsets that differ from the best one in one feature, when the budget has room for them: a person who asks for
    /// candidates gets some, however straight the search was.
    /// </summary>
    public void OfferNeighbours(Subset subset)
    {
        if (Best is { } best && BestObjective > double.NegativeInfinity)
            OfferNeighbours(subset, best, mayImprove: true);
    }

    /// <summary>
    /// Fills the list up with what lies one change beside the subsets on it, and is no better than they are: for a method whose answer is
    /// its own and not that of a local search.
    /// </summary>
    public void OfferBehind(Subset subset)
    {
        foreach (var (_, known) in _ranked.ToArray())
            if (!HasCandidates && !_context.ShouldStop())
                OfferNeighbours(subset, known, mayImprove: false);
    }

    private void OfferNeighbours(Subset subset, FeatureSelectionSolution centre, bool mayImprove)
    {
        subset.Set(centre.Features);
        var neighbours = new List<(double Gain, int Removed, int Added)>();
        Neighbourhood.Visit(
            subset,
            _context,
            (removed, added, gain) =>
            {
                if ((mayImprove || gain <= 0) && subset.ViolationAfter(removed, added) == 0)
                    neighbours.Add((gain, removed, added));
            }
        );
        foreach (var (_, removed, added) in neighbours.OrderByDescending(m => m.Gain).Take(20))
        {
            if (_context.StoppedBy is not null)
                return;
            subset.Exchange(removed, added);
            Offer(subset);
            subset.Exchange(added, removed);
        }
    }

    public SolveOutcome ToOutcome() =>
        Best is null
            ? new SolveOutcome.NothingFound("The run was stopped before the first subset.")
            : new SolveOutcome.Found(Best) { Samples = Samples };

    /// <summary>Best first; each once.</summary>
    public IReadOnlyList<Sample> Samples => [.. _ranked.Select(r => new Sample(r.Subset, 1))];
}
