using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Statistics;

public class StatisticsTests
{
    [Theory]
    // Wilson: by hand for 8 of 10 (Agresti and Coull 1998 give 0.49 to 0.94); the ends from the formula z^2 / (n + z^2).
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    public void Wilson_interval_has_its_published_values(int successes, int trials, double low, double high)
    {
        var interval = Proportion.Wilson(successes, trials);

        interval.Low.Should().BeApproximately(low, 1e-4);
        interval.High.Should().BeApproximately(high, 1e-4);
    }

    [Theory]
    // 0 of n: 1 - (alpha/2)^(1/n), exactly. 8 of 10 and 1 of 20: textbook tables.
    [InlineData(0, 10, 0, 0.308498)]
    [InlineData(10, 10, 0.691502, 1)]
    [InlineData(8, 10, 0.443905, 0.974789)]
    [InlineData(1, 20, 0.001265, 0.248733)]
    public void Clopper_Pearson_interval_has_its_published_values(int successes, int trials, double low, double high)
    {
        var interval = Proportion.ClopperPearson(successes, trials);

        interval.Low.Should().BeApproximately(low, 1e-6);
        interval.High.Should().BeApproximately(high, 1e-6);
    }

    [Fact]
    public void Clopper_Pearson_ends_leave_two_and_a_half_percent_on_each_side()
    {
        var (low, high) = Proportion.ClopperPearson(3, 12);

        AtLeast(3, 12, low).Should().BeApproximately(0.025, 1e-9);
        (1 - AtLeast(4, 12, high)).Should().BeApproximately(0.025, 1e-9);

        static double AtLeast(int k, int n, double p) =>
            Enumerable
                .Range(k, n - k + 1)
                .Sum(i => MathNet.Numerics.SpecialFunctions.Binomial(n, i) * Math.Pow(p, i) * Math.Pow(1 - p, n - i));
    }

    [Fact]
    public void An_interval_without_trials_says_nothing()
    {
        Proportion.Wilson(0, 0).Should().Be((0, 1));
        Proportion.ClopperPearson(0, 0).Should().Be((0, 1));
    }

    [Fact]
    public void Holm_steps_down_and_never_decreases()
    {
        var adjusted = Holm.Adjust([("a", 0.01, 0), ("b", 0.04, 0), ("c", 0.03, 0), ("d", 0.005, 0)], 0.05);

        // 4 * 0.005, 3 * 0.01, 2 * 0.03, and 1 * 0.04 raised to the one before it.
        adjusted["d"].Should().BeApproximately(0.02, 1e-15);
        adjusted["a"].Should().BeApproximately(0.03, 1e-15);
        adjusted["c"].Should().BeApproximately(0.06, 1e-15);
        adjusted["b"].Should().BeApproximately(0.06, 1e-15);
    }

    [Fact]
    public void Holm_does_not_count_tests_that_could_not_reject()
    {
        var adjusted = Holm.Adjust([("able", 0.03, 0.001), ("unable", 0.25, 0.25)], 0.05);

        adjusted["able"].Should().Be(0.03);
        adjusted.Should().NotContainKey("unable");
    }

    [Fact]
    public void Quantiles_interpolate_between_order_statistics()
    {
        double[] values = [40, 10, 30, 20];

        Descriptive.Quantile(values, 0).Should().Be(10);
        Descriptive.Quantile(values, 0.25).Should().Be(17.5);
        Descriptive.Median(values).Should().Be(25);
        Descriptive.Quantile(values, 1).Should().Be(40);
        Descriptive.Median([1, 2, double.PositiveInfinity]).Should().Be(2);
    }

    [Fact]
    public void Shifted_geometric_mean_is_the_geometric_mean_at_shift_0_and_tends_to_the_mean()
    {
        Descriptive.ShiftedGeometricMean([1, 100], 0).Should().BeApproximately(10, 1e-12);
        Descriptive.ShiftedGeometricMean([0, 3], 1).Should().BeApproximately(1, 1e-12);
        Descriptive.ShiftedGeometricMean([1, 100], 1e9).Should().BeApproximately(50.5, 1e-3);
    }

    [Fact]
    public void Standard_deviation_has_n_minus_1_below()
    {
        Descriptive.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]).Should().BeApproximately(Math.Sqrt(32 / 7.0), 1e-15);
        Descriptive.StandardDeviation([3]).Should().Be(0);
    }

    [Fact]
    public void Spearman_gives_ties_their_mid_rank()
    {
        Ranks.Spearman([1, 2, 3, 4], [10, 100, 1000, 10000]).Should().BeApproximately(1, 1e-15);
        Ranks.Spearman([1, 2, 3, 4], [4, 3, 2, 1]).Should().BeApproximately(-1, 1e-15);
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
        Ranks.Spearman([1, 2, 2, 3], [1, 2, 3, 4]).Should().BeApproximately(4.5 / Math.Sqrt(22.5), 1e-15);
        Ranks.Spearman([1, 1, 1], [1, 2, 3]).Should().BeNull();
        Ranks.Spearman([1, 2], [1, 2]).Should().BeNull();
    }

    [Fact]
    public void Instances_needed_follow_spread_and_distance()
    {
        double[] d = [1, 2, 3, 4, 5];

        // sd = 1.5811, z = 1.6449 + 0.8416: pi/3 (2.4865 * 1.5811 / 0.5)^2 = 64.7
        SampleSize.InstancesNeeded(d, 0.5, 1, 0.05).Should().Be(65);
        SampleSize.InstancesNeeded(d, -0.5, 1, 0.05).Should().Be(65);
        SampleSize.InstancesNeeded(d, 0.5, 4, 0.05).Should().BeGreaterThan(65);
        SampleSize.InstancesNeeded(d, 100, 1, 0.05).Should().Be(10, "fewer never do");
        SampleSize.InstancesNeeded(d, 0.01, 1, 0.05).Should().BeNull("above 1,000 is no advice");
        SampleSize.InstancesNeeded([1, 2], 1, 1, 0.05).Should().BeNull();
        SampleSize.InstancesNeeded(d, 0, 1, 0.05).Should().BeNull();
    }
}
