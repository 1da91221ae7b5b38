namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// One sampled criterion, with a difference per instance: above 0 the candidate is better. Differences, margins and
/// effects are in percentage points, or in log2 of a ratio of baseline over candidate.
/// </summary>
/// <param name="Match">Differences up to this count as equal.</param>
/// <param name="Bad">A loss beyond this is never outweighed.</param>
public sealed record Dimension(string Name, bool IsRatio, double Match, double Bad)
{
    public static Dimension Quality { get; } = new("quality", false, 0.25, 1);

    /// <summary>1.25 is the margin of bioequivalence and 20 % less time; both ways of saying "worth mentioning".</summary>
    public static Dimension Runtime { get; } = new("runtime", true, Math.Log2(1.25), Math.Log2(2));

    public static Dimension Cost { get; } = new("cost", true, Math.Log2(1.25), Math.Log2(1.5));

    public static Dimension Feasibility { get; } = new("feasibility", false, 5, 10);

    /// <summary>
    /// Better answers than all classical entrants together. Only a win counts, so there is no bad loss, and it is never
    /// asked whether there is no gain. Only where the suite wants it.
    /// </summary>
    public static Dimension SolutionSpace { get; } = new("solutionSpace", false, 0, double.PositiveInfinity);

    public static IReadOnlyList<Dimension> All { get; } = [Quality, Runtime, Cost, Feasibility];

    public string Unit =>
        IsRatio ? "ratio"
        : HasBadLoss ? "percentagePoints"
        : "instances";

    /// <summary>False where only a win counts.</summary>
    public bool HasBadLoss => double.IsFinite(Bad);

    /// <summary>As shown to people: 2^x for a ratio, rounding of the logarithm removed for the margins.</summary>
    public double Shown(double value) => IsRatio ? Math.Pow(2, value) : value;

    /// <summary>Those that the suite compares, with its own margins where it gave some.</summary>
    public static IReadOnlyList<Dimension> Of(Comparison comparison) =>
        comparison.SolutionSpace ? [.. With(comparison.Margins), SolutionSpace] : With(comparison.Margins);

    private static IReadOnlyList<Dimension> With(Margins? margins) =>
        [
            Quality.With(margins?.Quality),
            Runtime.With(margins?.Runtime),
            Cost.With(margins?.Cost),
            Feasibility.With(margins?.Feasibility),
        ];

    private Dimension With(Margin? margin) =>
        margin is null ? this
        : IsRatio ? this with { Match = Math.Log2(margin.Match), Bad = Math.Log2(margin.Bad) }
        : this with { Match = margin.Match, Bad = margin.Bad };
}
