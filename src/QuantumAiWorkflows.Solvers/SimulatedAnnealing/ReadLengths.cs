using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// Lengths of the reads of a run that its budget ends. Half of the sweeps go to reads of the first length, half to longer ones:
/// <see cref="ReadsPerLength"/> of the first, as many of twice that, and so on, the short ones first. When less than two more of
/// the longer ones would fit, the last read takes all that is left and cools to its end within it.
/// </summary>
/// <remarks>
/// Which length is best depends on the problem, and no read tells. At equal CPU time, 5 s: on random graphs of 5000 and 10000
/// vertices and degrees 5 and 2 one long read and the best of eight reads come to the same, both far better than many short
/// ones, as on toroidal grids; on a random graph of 2000 vertices and degree 20 all lengths hit the optimum as often; and on a
/// planar graph with hubs of large degree 600 reads of 1000 sweeps hit it, and none of 20 to 100 times as many, which all
/// end in the wide valley next to it. Multiples after Luby, Sinclair and Zuckerman spend as much on every power of
/// two, so too little on the longest.
/// </remarks>
internal sealed class ReadLengths(int sweeps, int variables, SolveContext context)
{
    private const int ReadsPerLength = 4;

    /// <summary>Of what the clock has left: sweeps of a long read may be somewhat slower than those before.</summary>
    private const double Margin = 0.97;

    private readonly bool _counts = context.Budget.Evaluations is not null;
    private long _length = sweeps;
    private int _reads;
    private long _short;
    private long _long;
    private double _sharePerSweep;
    private double _shareBefore;

    /// <summary>The next read's plan.</summary>
    public ReadPlan Next()
    {
        _shareBefore = context.ShareSpent;
        var affordable = Affordable();
        if (_short < _long + _length)
        {
            _short += sweeps;
            return Plan(Math.Min(sweeps, affordable));
        }
        var length = _length;
        _long += length;
        if (++_reads == ReadsPerLength)
            (_length, _reads) = (2 * _length, 0);
        return Plan(affordable < 2 * length ? affordable : length);
    }

    /// <summary>Whatever a read was planned to be, it does not end hot because the clock did.</summary>
    private ReadPlan Plan(long length) => new((int)Math.Min(length, int.MaxValue), _counts ? null : _shareBefore);

    /// <summary>To be told of every read that ran, so that the next one's speed is known.</summary>
    public void Ended(ReadPlan read) => _sharePerSweep = (context.ShareSpent - _shareBefore) / Math.Max(1, read.Sweeps);

    /// <summary>Sweeps that fit into what is left. Of evaluations exactly, of a clock by the speed of the read before.</summary>
    private long Affordable()
    {
        if (_counts)
            return Affordable(context.EvaluationsLeft, variables);
        return _sharePerSweep <= 0 ? long.MaxValue / 4 : (long)(Margin * (1 - _shareBefore) / _sharePerSweep);
    }

    /// <summary>One evaluation stays in reserve for the state's score, and one pass of descent where there is room.</summary>
    public static long Affordable(long evaluations, int variables)
    {
        var sweeps = (evaluations - 1) / variables;
        return sweeps > 1 ? sweeps - 1 : sweeps;
    }
}

/// <param name="Sweeps">From hot to cold.</param>
/// <param name="ClockFrom">
/// Share of the budget that was spent when the read began, if a clock may end it; null if only counts may.
/// </param>
internal readonly record struct ReadPlan(int Sweeps, double? ClockFrom = null)
{
    /// <summary>Of the time left when a read began; from then on it cools in time, however slow the sweeps are.</summary>
    private const double TimeForSweeps = 0.8;

    /// <summary>How far the schedule is before sweep k, from 0 to 1.</summary>
    public double BySweeps(int k) => Sweeps < 2 ? 1 : k / (Sweeps - 1.0);

    /// <summary>How far it must be by the clock to end in time; 0 as long as the sweeps may decide.</summary>
    public double ByClock(SolveContext context)
    {
        if (ClockFrom is not { } from)
            return 0;
        // Nothing may be left: the clock went on between the look at the budget and the plan.
        var spent = from < 1 ? (context.ShareSpent - from) / (1 - from) : 1;
        return Math.Clamp((spent - TimeForSweeps) / (1 - TimeForSweeps), 0, 1);
    }

    /// <summary>As many sweeps as wanted, or as an evaluations budget has left.</summary>
    public static ReadPlan Within(int sweeps, int variables, SolveContext context) =>
        new((int)Math.Min(sweeps, ReadLengths.Affordable(context.EvaluationsLeft, variables)));
}
