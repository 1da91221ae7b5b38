using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>Shares of a run's clocks for parts of a problem, one after the other.</summary>
internal sealed class ClockShares(SolveContext context)
{
    private readonly ClockShare _cpu = new();
    private readonly ClockShare _time = new();

    private double? CpuLeft => context.StopCpuSeconds - context.CpuSeconds;

    private double? TimeLeft => context.StopTimeSeconds - context.ElapsedSeconds;

    /// <summary>Seconds for the next part; null for no such clock.</summary>
    /// <inheritdoc cref="ClockShare.Give"/>
    public (double? Cpu, double? Time) Give(double share, int partsLeft) =>
        (_cpu.Give(CpuLeft, share, partsLeft), _time.Give(TimeLeft, share, partsLeft));

    /// <summary>The part has ended.</summary>
    public void Took()
    {
        _cpu.Took(CpuLeft);
        _time.Took(TimeLeft);
    }
}

/// <summary>
/// One clock. Each part takes somewhat more than it was given: laying it out, and looking at the clock too late. Of thousands of parts the
/// last would find nothing left, so what the parts before took beyond their shares, on average, is kept back for each that is to come.
/// </summary>
internal sealed class ClockShare
{
    /// <summary>Of what is left, at least so much is shared out, whatever the parts take beyond it.</summary>
    private const double LeastShared = 0.25;

    private double _left;
    private double _given;
    private double _beyond;
    private int _parts;

    /// <param name="left">Seconds; null for no such clock.</param>
    /// <param name="share">Of the part in all parts left.</param>
    /// <param name="partsLeft">With this one.</param>
    public double? Give(double? left, double share, int partsLeft)
    {
        if (left is not { } seconds)
            return null;
        var kept = _parts == 0 ? 0 : partsLeft * _beyond / _parts;
        (_left, _given) = (seconds, share * Math.Max(seconds - kept, LeastShared * seconds));
        return _given;
    }

    /// <param name="left">Seconds, after the part.</param>
    public void Took(double? left)
    {
        if (left is not { } seconds)
            return;
        _beyond += Math.Max(0, _left - seconds - _given);
        _parts++;
    }
}
