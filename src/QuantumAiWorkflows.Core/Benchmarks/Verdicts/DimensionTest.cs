using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

public enum DimensionOutcome
{
    Win,

    /// <summary>Neither a win nor a loss is shown; <see cref="DimensionTest.Equivalent"/> says whether equality is.</summary>
    Tie,
    Loss,

    /// <summary>Nothing was tested: no instance says anything, or the times are not to be trusted.</summary>
    Undecided,
}

/// <summary>
/// One dimension against one baseline, every question answered by the same exact test. In percentage points or log2 of a
/// ratio; p, effect and interval are null without instances.
/// </summary>
public sealed record DimensionTest
{
    public required Dimension Dimension { get; init; }

    public required Differences Differences { get; init; }

    /// <summary>Measured, but not to be used: a machine or a claim that its times cannot carry.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>Hodges-Lehmann estimate.</summary>
    public double? Effect { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>H0: the candidate is not better.</summary>
    public double? P { get; init; }

    /// <summary>H0: the candidate is not worse.</summary>
    public double? PLoss { get; init; }

    /// <summary>Holm's; null where it could not have been significant.</summary>
    public double? PHolm { get; init; }

    /// <inheritdoc cref="PHolm"/>
    public double? PLossHolm { get; init; }

    /// <summary>Shown: not worse by more than the match margin.</summary>
    public bool NotWorse { get; init; }

    /// <summary>Shown: worse by more than the match margin.</summary>
    public bool Worse { get; init; }

    /// <summary>Shown: no bad loss, neither typically nor in total.</summary>
    public bool NotBad { get; init; }

    /// <summary>Shown: a bad loss.</summary>
    public bool Bad { get; init; }

    /// <summary>Shown: not better by more than the match margin.</summary>
    public bool NoGain { get; init; }

    /// <summary>Both: two one-sided tests (Schuirmann 1987).</summary>
    public bool Equivalent => NotWorse && NoGain;

    public DimensionOutcome Outcome { get; init; } = DimensionOutcome.Tie;

    public int Count => Differences.Values.Count;

    /// <summary>Everything but <see cref="Outcome"/> and Holm's p, which need the other dimensions.</summary>
    public static DimensionTest Of(Dimension dimension, Differences differences, double alpha)
    {
        var d = differences.Values;
        if (d.Count == 0)
            return new() { Dimension = dimension, Differences = differences };
        double[] reversed = [.. d.Select(x => -x)];
        var walsh = new WalshAverages(d);
        var (low, high) = walsh.Interval(alpha);
        return new()
        {
            Dimension = dimension,
            Differences = differences,
            Effect = walsh.Median,
            Low = low,
            High = high,
            P = SignedRank.P(d),
            PLoss = SignedRank.P(reversed),
            NotWorse = SignedRank.P(d, -dimension.Match) <= alpha,
            Worse = SignedRank.P(reversed, dimension.Match) <= alpha,
            // The total stops a loss on few instances from hiding behind many small gains.
            NotBad =
                !dimension.HasBadLoss
                || (SignedRank.P(d, -dimension.Bad) <= alpha && differences.Total > -dimension.Bad),
            Bad = dimension.HasBadLoss && SignedRank.P(reversed, dimension.Bad) <= alpha,
            NoGain = SignedRank.P(reversed, -dimension.Match) <= alpha,
        };
    }

    /// <summary>With Holm's p for either direction, and the outcome that follows.</summary>
    public static IReadOnlyList<DimensionTest> Decide(IReadOnlyList<DimensionTest> tests, double alpha)
    {
        var wins = Adjust(t => t.P);
        var losses = Adjust(t => t.PLoss);
        return [.. tests.Select(Decided)];

        IReadOnlyDictionary<string, double> Adjust(Func<DimensionTest, double?> p) =>
            Holm.Adjust(
                tests
                    .Where(t => t.Count > 0)
                    .Select(t => (t.Dimension.Name, p(t)!.Value, SignedRank.SmallestP(t.Differences.Values))),
                alpha
            );

        DimensionTest Decided(DimensionTest test)
        {
            var name = test.Dimension.Name;
            double? win = wins.TryGetValue(name, out var w) ? w : null;
            double? loss = losses.TryGetValue(name, out var l) ? l : null;
            return test with
            {
                PHolm = win,
                PLossHolm = loss,
                Outcome =
                    test.Count == 0 ? DimensionOutcome.Undecided
                    : test.IsShown(win, 1, alpha) ? DimensionOutcome.Win
                    : test.IsShown(loss, -1, alpha) ? DimensionOutcome.Loss
                    : DimensionOutcome.Tie,
            };
        }
    }

    private bool IsShown(double? p, int sign, double alpha) =>
        p <= alpha
        && sign * Effect > Dimension.Match
        && PairedT.P([.. Differences.Values.Select(d => sign * d)]) <= alpha;
}
