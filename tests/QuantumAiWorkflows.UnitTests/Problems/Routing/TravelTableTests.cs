using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class TravelTableTests
{
    /// <summary>Worked out by hand; the GEO one is the first distance of burma14.</summary>
    [Theory]
    [InlineData(DistanceMetric.Euclidean, 0, 0, 3, 4, 5)]
    [InlineData(DistanceMetric.Euclidean, -1, 0, 0, 1, 1.4142135623730951)]
    [InlineData(DistanceMetric.TsplibEuc2d, 0, 0, 1, 1, 1)]
    [InlineData(DistanceMetric.TsplibEuc2d, 0, 0, 2.5, 0, 3)]
    [InlineData(DistanceMetric.TsplibCeil2d, 0, 0, 1, 1, 2)]
    [InlineData(DistanceMetric.TsplibCeil2d, 0, 0, 3, 4, 5)]
    [InlineData(DistanceMetric.TsplibAtt, 0, 0, 10, 0, 4)]
    [InlineData(DistanceMetric.TsplibAtt, 0, 0, 8, 8, 4)]
    [InlineData(DistanceMetric.TsplibAtt, 0, 0, 10, 10, 5)]
    [InlineData(DistanceMetric.TsplibGeo, 16.47, 96.10, 16.47, 94.44, 153)]
    [InlineData(DistanceMetric.TsplibGeo, -10, 20, -10, 20, 1)]
    [InlineData(DistanceMetric.TruncatedOneDecimal, 0, 0, 1, 1, 1.4)]
    [InlineData(DistanceMetric.TruncatedOneDecimal, 0, 0, 3, 4, 5)]
    [InlineData(DistanceMetric.TruncatedOneDecimal, 0, 0, 2, 3, 3.6)]
    public void Distances_follow_the_rule(
        DistanceMetric metric,
        double x1,
        double y1,
        double x2,
        double y2,
        double expected
    )
    {
        var table = TravelTable.OfLocations([new("1", x1, y1, null, null), new("2", x2, y2, null, null)], metric);

        table[0, 1].Should().Be(expected);
        table[1, 0].Should().Be(expected);
        table[0, 0].Should().Be(0);
    }

    [Theory]
    [InlineData(0, 0, 0, 1, 111_195.08)]
    [InlineData(0, 0, 90, 0, 10_007_557.22)]
    [InlineData(0, -90, 0, 90, 20_015_114.44)]
    [InlineData(60, 10, 60, 10, 0)]
    public void Haversine_is_in_metres(
        double latitude1,
        double longitude1,
        double latitude2,
        double longitude2,
        double metres
    ) =>
        TravelTable
            .OfLocations(
                [new("1", null, null, latitude1, longitude1), new("2", null, null, latitude2, longitude2)],
                DistanceMetric.Haversine
            )[0, 1]
            .Should()
            .BeApproximately(metres, 0.01);

    [Theory]
    [InlineData(new double[] { 0, 2, 2, 0 }, true, 0)]
    [InlineData(new[] { 0, 2.5, 2.5, 0 }, true, 1)]
    [InlineData(new[] { 0, 0.1, 0.25, 0 }, false, 2)]
    [InlineData(new[] { 0, 1.005, 18.6, 0 }, false, 3)]
    [InlineData(new[] { 0, 1.0 / 3, 1, 0 }, false, null)]
    public void Says_what_its_numbers_are_like(double[] values, bool symmetric, int? decimals)
    {
        var table = TravelTable.OfMatrix(2, values);

        table.IsSymmetric.Should().Be(symmetric);
        table.Decimals.Should().Be(decimals);
        table.IsWhole.Should().Be(decimals == 0);
        table.Largest.Should().Be(values.Max());
    }

    [Fact]
    public void A_speed_makes_times_of_distances()
    {
        var problem = SomeRouting.Read(SomeRouting.Line(more: ""","duration":{"speed":2}"""));

        problem.Durations[0, 3].Should().Be(1.5);
        problem.Distances[0, 3].Should().Be(3);
    }
}
