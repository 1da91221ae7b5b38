using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>
/// One round: always the best admissible change, even if it is for the worse. Nearer to being allowed comes before a better
/// objective. What was removed stays out and what was added stays in for some steps.
/// </summary>
internal sealed class FeatureTabuSearch
{
    /// <summary>Changes that one step looks at; where there are more, it takes some members at random and all that could replace them.</summary>
    private const int MaxChanges = 1 << 18;

    private const int TenureSpread = 10;

    private readonly Subset _subset;
    private readonly SubsetIncumbent _incumbent;
    private readonly SolveContext _context;
    private readonly Xoshiro256 _random;
    private readonly long[] _until;
    private readonly int _outTenure;
    private readonly int _inTenure;
    private readonly int _patience;
    private long _step;

    public FeatureTabuSearch(
        Subset subset,
        TabuOptions options,
        SubsetIncumbent incumbent,
        SolveContext context,
        Xoshiro256 random
    )
    {
        (_subset, _incumbent, _context, _random) = (subset, incumbent, context, random);
        var n = subset.Movable.Length;
        var size = Math.Min(subset.Problem.Constraints.Size, n);
        _until = new long[subset.Problem.NumVariables];
        var tenure = options.Tenure ?? Math.Max(10, n / 100);
        // More than half of either side would leave too little to choose from.
        _outTenure = Math.Min(tenure, (n - size) / 4);
        _inTenure = Math.Min(tenure, size / 4);
        _patience = options.Patience ?? Math.Clamp(20 * size, 200, 2_000);
    }

    /// <summary>Of the last round, ascending.</summary>
    public int[] Best { get; private set; } = [];

    public double BestViolation { get; private set; }

    public double BestObjective { get; private set; }

    /// <summary>From the subset as it stands until patience or the budget ends; an evaluation is one change looked at.</summary>
    public void Run()
    {
        Array.Clear(_until);
        _step = 0;
        Keep();
        for (var since = 0; since < _patience && !_context.ShouldStop(); since++)
        {
            _step++;
            if (Choose() is not var (removed, added))
                break;
            _subset.Exchange(removed, added);
            if (removed >= 0)
                _until[removed] = _step + Tenure(_outTenure);
            if (added >= 0)
                _until[added] = _step + Tenure(_inTenure);
            var isBetter = IsBetter(_subset.Violation, _subset.Objective);
            if (isBetter || _subset.Violation == 0)
                _incumbent.Offer(_subset);
            if (!isBetter)
                continue;
            Keep();
            since = 0;
        }
    }

    private long Tenure(int tenure) => tenure + _random.NextInt32(Math.Min(TenureSpread, tenure) + 1);

    private void Keep()
    {
        Best = [.. _subset.Members.Order()];
        (BestViolation, BestObjective) = (_subset.Violation, _subset.Objective);
    }

    /// <summary>By more than the rounding of sums that were kept up to date.</summary>
    private bool IsBetter(double violation, double objective) =>
        violation < BestViolation - 1e-9
        || (violation <= BestViolation + 1e-9 && objective > BestObjective + 1e-12 * (1 + Math.Abs(BestObjective)));

    /// <summary>Null when no change is admissible, or when the evaluations left do not suffice.</summary>
    private (int Removed, int Added)? Choose()
    {
        var isExact = _subset.Problem.Constraints.IsExact;
        int[] outside = [.. _subset.Movable.Where(f => !_subset.Contains(f))];
        int[] inside = [.. _subset.Members.Where(_subset.CanLeave).Order()];
        var width = Math.Max(1, MaxChanges / Math.Max(1, outside.Length));
        if (inside.Length > width)
        {
            _random.Shuffle<int>(inside);
            inside = inside[..width];
        }
        var changes = (long)inside.Length * outside.Length + (isExact ? 0 : inside.Length + outside.Length);
        if (changes == 0 || _context.EvaluationsLeft < changes)
            return null;
        _context.CountEvaluations(changes);
        var choice = new Choice(this, _random);
        foreach (var removed in inside)
        foreach (var added in outside)
            choice.Look(removed, added, _subset.GainOfExchanging(removed, added));
        if (!isExact)
        {
            foreach (var removed in inside)
                choice.Look(removed, -1, _subset.GainOfRemoving(removed));
            foreach (var added in outside)
                choice.Look(-1, added, _subset.GainOfAdding(added));
        }
        return choice.Move;
    }

    /// <summary>The best admissible change so far; equal ones have equal chances.</summary>
    private sealed class Choice(FeatureTabuSearch search, Xoshiro256 random)
    {
        private readonly Subset _subset = search._subset;
        private readonly bool _isPlain = search._subset.IsPlain;
        private double _violation = double.PositiveInfinity;
        private double _gain = double.NegativeInfinity;
        private int _ties;

        public (int Removed, int Added)? Move { get; private set; }

        public void Look(int removed, int added, double gain)
        {
            // Where exchanges cannot break anything, most changes are out of the question by their gain alone.
            if (_isPlain && removed >= 0 && added >= 0 && gain < _gain && _violation <= _subset.Violation)
                return;
            var violation = _subset.ViolationAfter(removed, added);
            if (violation > _violation + 1e-9 || (violation >= _violation - 1e-9 && gain < _gain))
                return;
            var isTabu =
                (removed >= 0 && search._until[removed] >= search._step)
                || (added >= 0 && search._until[added] >= search._step);
            if (isTabu && !search.IsBetter(violation, _subset.Objective + gain))
                return;
            _ties = violation >= _violation - 1e-9 && gain == _gain ? _ties + 1 : 1;
            if (_ties > 1 && random.NextInt32(_ties) > 0)
                return;
            (_violation, _gain, Move) = (violation, gain, (removed, added));
        }
    }
}
