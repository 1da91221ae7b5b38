using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>How numbers of a problem become whole: times a power of ten where that is exact, else times what fills the range.</summary>
internal readonly record struct WholeScale(double Factor)
{
    /// <summary>Of sums of what is scaled: times thousands of stops they stay far from 2^63.</summary>
    public const double Largest = 1L << 40;

    /// <param name="decimals">That all numbers have at most; null where some have more.</param>
    /// <param name="largest">Of the sums.</param>
    public static WholeScale For(int? decimals, double largest) =>
        decimals is { } d && largest * DecimalPlaces.Power(d) <= Largest
            ? new(DecimalPlaces.Power(d))
            : Filling(largest);

    /// <summary>Of numbers that are all nothing, 1: any would do, but one that is finite.</summary>
    public static WholeScale Filling(double largest) => new(largest > 0 ? Math.Min(Largest / largest, 1e300) : 1);

    public long Nearest(double value) => (long)Math.Round(value * Factor);

    /// <summary>What the scale makes whole is not rounded, whatever its last binary digit.</summary>
    public long Up(double value)
    {
        var whole = Math.Round(value * Factor);
        return (long)(whole / Factor == value ? whole : Math.Ceiling(value * Factor));
    }

    /// <summary>Of a limit; one beyond every sum becomes one that none reaches.</summary>
    public long Down(double value)
    {
        if (value * Factor >= 2 * Largest)
            return (long)(2 * Largest);
        var whole = Math.Round(value * Factor);
        return (long)(whole / Factor == value ? whole : Math.Floor(value * Factor));
    }
}
