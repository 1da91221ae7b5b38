using System.Globalization;
using CsCheck;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Statistics;

public class SignedRankTests
{
    public static TheoryData<string> Vectors => VerdictVectors.Names("signedRank");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_reference_implementation(string name)
    {
        var vector = VerdictVectors.Named("signedRank", name);
        var d = vector.Doubles("d");
        double[] reversed = [.. d.Select(x => -x)];

        foreach (var p in vector.GetProperty("pGreaterThan").EnumerateObject())
            SignedRank.P(d, Parse(p.Name)).Should().BeApproximately(p.Value.GetDouble(), 1e-12, p.Name);
        foreach (var p in vector.GetProperty("pLessThan").EnumerateObject())
            SignedRank.P(reversed, -Parse(p.Name)).Should().BeApproximately(p.Value.GetDouble(), 1e-12, p.Name);
        SignedRank.SmallestP(d).Should().Be(vector.GetProperty("minP").GetDouble());
        var walsh = new WalshAverages(d);
        walsh.Median.Should().BeApproximately(vector.GetProperty("hodgesLehmann").GetDouble(), 1e-12);
        var (low, high) = walsh.Interval(0.05);
        Same(low, vector.Optional("low90"));
        Same(high, vector.Optional("high90"));
        // The reference integrates by Simpson's rule.
        PairedT.P(d).Should().BeApproximately(vector.GetProperty("pairedT").GetDouble(), 1e-9);
    }

    [Fact]
    public void Has_the_critical_values_of_the_published_table()
    {
        // One-sided 5 %, n = 5 to 20 (Wilcoxon 1945 and every textbook since).
        int[] table = [0, 2, 3, 5, 8, 10, 13, 17, 21, 25, 30, 35, 41, 47, 53, 60];

        for (var n = 5; n <= 20; n++)
            SignedRank.CriticalValue(n, 0.05).Should().Be(table[n - 5], $"n = {n}");
        SignedRank.CriticalValue(4, 0.05).Should().Be(-1);
        // One-sided 1 %.
        SignedRank.CriticalValue(10, 0.01).Should().Be(5);
        SignedRank.CriticalValue(20, 0.01).Should().Be(43);
    }

    [Fact]
    public void Reproduces_the_depression_scale_data_of_Hollander_and_Wolfe()
    {
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        double[] d = [.. before.Zip(after, (x, y) => x - y)];

        // V = 40, one-sided p = 0.01953, estimate 0.46.
        SignedRank.P(d).Should().BeApproximately(10 / 512.0, 1e-15);
        new WalshAverages(d).Median.Should().BeApproximately(0.46, 1e-9);
    }

    [Fact]
    public void Reproduces_the_paired_t_test_of_the_sleep_data_of_Student()
    {
        double[] d = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];

        // t = 4.0621, 9 degrees of freedom, p = 0.002833 on two sides.
        PairedT.P(d).Should().BeApproximately(0.002833 / 2, 5e-7);
        PairedT.P([.. d.Select(x => -x)]).Should().BeApproximately(1 - 0.002833 / 2, 5e-7);
    }

    [Fact]
    public void Is_the_sign_test_when_only_signs_are_left()
    {
        SignedRank.P([1, 1, 1, 1, -1]).Should().Be(6 / 32.0);
        SignedRank.P([0, 0, 0]).Should().Be(1);
        SignedRank.P([1e-10, -1e-10]).Should().Be(1, "differences below 1e-9 are ties");
    }

    [Fact]
    public void Equals_the_enumeration_of_all_sign_patterns() =>
        Gen.Select(Gen.Int[-4, 4].Array[1, 9], Gen.Int[-2, 2])
            .Sample(
                (whole, half) =>
                {
                    // Halves, so that ties and zeros are frequent.
                    double[] d = [.. whole.Select(v => v / 2.0)];
                    var centre = half / 2.0;
                    return Math.Abs(SignedRank.P(d, centre) - Enumerated(d, centre)) < 1e-12;
                }
            );

    [Fact]
    public void Critical_values_are_those_of_the_enumerated_distribution()
    {
        for (var n = 1; n <= 12; n++)
            foreach (var alpha in new[] { 0.1, 0.05, 0.01, 0.5 })
            {
                var sums = Enumerable
                    .Range(0, 1 << n)
                    .Select(mask => Enumerable.Range(1, n).Where(r => ((mask >> (r - 1)) & 1) != 0).Sum())
                    .ToArray();
                var expected = Enumerable
                    .Range(-1, n * (n + 1) / 2 + 2)
                    .Last(k => sums.Count(s => s <= k) <= alpha * sums.Length);
                SignedRank.CriticalValue(n, alpha).Should().Be(expected, $"n = {n}, alpha = {alpha}");
            }
    }

    [Fact]
    public void Stays_a_probability_for_many_differences()
    {
        double[] d = [.. Enumerable.Range(1, 300).Select(i => i % 3 == 0 ? -i : (double)i)];

        var p = SignedRank.P(d);

        // Normal approximation: mean n(n+1)/4, variance n(n+1)(2n+1)/24.
        var t = d.Where(x => x > 0).Sum();
        var z = (t - 0.5 - 300 * 301 / 4.0) / Math.Sqrt(300 * 301 * 601 / 24.0);
        p.Should().BeApproximately(1 - MathNet.Numerics.Distributions.Normal.CDF(0, 1, z), 1e-6);
        (p + SignedRank.P([.. d.Select(x => -x)])).Should().BeInRange(1, 1.001);
    }

    private static double Enumerated(double[] d, double centre)
    {
        double[] e = [.. d.Select(x => x - centre).Where(x => x != 0)];
        double[] ranks =
        [
            .. e.Select(x =>
                e.Count(y => Math.Abs(y) < Math.Abs(x)) + (e.Count(y => Math.Abs(y) == Math.Abs(x)) + 1) / 2.0
            ),
        ];
        var t = e.Zip(ranks).Where(p => p.First > 0).Sum(p => p.Second);
        var patterns = Enumerable.Range(0, 1 << e.Length);
        return patterns.Count(mask => ranks.Where((_, i) => ((mask >> i) & 1) != 0).Sum() >= t - 1e-9)
            / (double)(1 << e.Length);
    }

    private static void Same(double? actual, double? expected)
    {
        if (expected is { } value)
            actual.Should().BeApproximately(value, 1e-12);
        else
            actual.Should().BeNull();
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
