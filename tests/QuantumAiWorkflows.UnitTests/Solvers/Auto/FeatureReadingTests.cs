using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.Auto;

namespace QuantumAiWorkflows.UnitTests.Solvers.Auto;

public sealed class FeatureReadingTests
{
    [Fact]
    public void A_cut_of_an_even_cycle_is_symmetric_bipartite_and_regular()
    {
        var features = FeatureReading.Of(Cut(6, [.. Enumerable.Range(0, 6).Select(i => (i, (i + 1) % 6, 1.0))]));

        features.NumVariables.Should().Be(6);
        features.NumInteractions.Should().Be(6);
        features.MeanDegree.Should().Be(2);
        features.MaxDegree.Should().Be(2);
        features.DegreeSpread.Should().Be(0);
        features.Density.Should().BeApproximately(0.4, 1e-12);
        features.IsSymmetric.Should().BeTrue();
        features.IsBipartite.Should().BeTrue();
        features.IsWhole.Should().BeTrue();
        features.DistinctCoefficients.Should().Be(1);
        features.CoefficientRange.Should().Be(1);
    }

    [Fact]
    public void An_odd_cycle_has_no_two_sides() =>
        FeatureReading.Of(Cut(3, (0, 1, 1), (1, 2, 1), (0, 2, 1))).IsBipartite.Should().BeFalse();

    [Fact]
    public void One_linear_term_breaks_the_symmetry()
    {
        var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin };
        builder.Add(0, 1, 1, 0);
        FeatureReading.Of(builder.Build(3, new())!).IsSymmetric.Should().BeTrue("spins without a field");

        builder.Add(2, 2, 0.5, 0);

        var features = FeatureReading.Of(builder.Build(3, new())!);
        features.IsSymmetric.Should().BeFalse();
        features.IsWhole.Should().BeFalse("half a field is half of a linear coefficient");
    }

    [Fact]
    public void A_star_has_spread_degrees_and_its_coefficients_a_range()
    {
        var features = FeatureReading.Of(Cut(5, (0, 1, 1), (0, 2, 10), (0, 3, 100), (0, 4, 1000)));

        features.MaxDegree.Should().Be(4);
        // Degrees 4, 1, 1, 1, 1: mean 1.6, standard deviation 1.2.
        features.DegreeSpread.Should().BeApproximately(0.75, 1e-12);
        features.CoefficientRange.Should().Be(1000);
        features.DistinctCoefficients.Should().Be(4);
    }

    [Fact]
    public void A_problem_without_interactions_has_features_that_JSON_can_hold()
    {
        var builder = new QuboBuilder(_ => default);
        builder.Add(0, 0, -3, 0);

        var features = FeatureReading.Of(builder.Build(1, new())!);

        features.MeanDegree.Should().Be(0);
        features.DegreeSpread.Should().Be(0);
        features.CoefficientRange.Should().Be(1);
        features.Density.Should().Be(0);
        features.IsBipartite.Should().BeTrue();
    }

    private static QuboProblem Cut(int n, params (int I, int J, double Weight)[] edges)
    {
        var builder = new QuboBuilder(_ => default) { Sense = Sense.Maximize };
        var degrees = new double[n];
        foreach (var (i, j, weight) in edges)
        {
            builder.Add(i, j, -2 * weight, 0);
            degrees[i] += weight;
            degrees[j] += weight;
        }
        for (var i = 0; i < n; i++)
            builder.Add(i, i, degrees[i], 0);
        return builder.Build(n, new FaultList())!;
    }
}
