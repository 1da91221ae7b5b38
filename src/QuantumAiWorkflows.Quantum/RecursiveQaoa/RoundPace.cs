using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// How many variables a round eliminates: one, unless the budget would not let the recursion end that way. Looks at a
/// clock only where the client gave one, so that a run that a count ends is the same every time.
/// </summary>
internal sealed class RoundPace(int? eliminationsPerRound, SolveContext context)
{
    /// <summary>Of a run without any limit, in units of <see cref="ClosedForm.OneLayer.WorkOf"/>; some forty seconds.</summary>
    private const double MaxWork = 2e10;

    /// <summary>Later rounds are smaller: what all of them take is this share of their number times the present price.</summary>
    private const double Shrinkage = 0.5;

    /// <summary>Of the time that is left, kept for the end and for rounds dearer than expected.</summary>
    private const double Reserve = 0.15;

    private double _workDone;

    /// <param name="excess">Variables to eliminate until the core is reached.</param>
    /// <param name="price">Of one more round.</param>
    /// <param name="roundSeconds">What it takes in all, by the clock.</param>
    public int Next(int excess, RoundPrice price, double roundSeconds)
    {
        _workDone += price.Work;
        if (eliminationsPerRound is { } fixedCount)
            return Math.Min(fixedCount, excess);
        var affordable = (double)excess;
        if (price.Evaluations > 0 && context.Budget.Evaluations is not null)
            affordable = Math.Min(affordable, (context.EvaluationsLeft - 1) / price.Evaluations);
        if (ClientClock.SecondsLeft(context) is { } seconds)
            affordable = Math.Min(affordable, (1 - Reserve) * seconds / (Shrinkage * roundSeconds));
        else if (price.Work > 0)
            affordable = Math.Min(affordable, (MaxWork - _workDone) / (Shrinkage * price.Work));
        return affordable < 1 ? excess : (int)Math.Ceiling(excess / Math.Floor(affordable));
    }
}
