using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;

namespace QuantumAiWorkflows.UnitTests.Quantum.ClosedForm;

public sealed class OneLayerTests
{
    private static readonly Gen<QuboTerms> Models = Gen.Select(
        Gen.Int[1, 10],
        Gen.Int[0, 3].Select(k => new[] { 0.15, 0.4, 0.8, 1.0 }[k]),
        Gen.Bool,
        Gen.Bool,
        Gen.Long[0, 1_000_000],
        SomeIsing.Terms
    );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equals_the_simulator_in_cost_and_every_correlation(bool isDense) =>
        Gen.Select(Models, Gen.Double[-2, 2], Gen.Double[-3, 3])
            .Sample(
                (terms, gamma, beta) =>
                {
                    var graph = IsingGraph.From(terms);
                    var layer = Evaluated(graph, gamma, isDense);
                    var (probabilities, costs) = SomeIsing.Layer(terms, gamma, beta);

                    layer.Curve.At(beta).Should().BeApproximately(Mean(z => costs[z]), 1e-9);
                    var (single, pair) = layer.Correlations(beta);
                    for (var i = 0; i < graph.Count; i++)
                    {
                        single[i].Should().BeApproximately(Mean(z => Spin(z, i)), 1e-9);
                        for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
                            if (graph.Column[e] is var j && j > i)
                                pair[e].Should().BeApproximately(Mean(z => Spin(z, i) * Spin(z, j)), 1e-9);
                    }

                    double Mean(Func<int, double> observable) =>
                        Enumerable.Range(0, probabilities.Length).Sum(z => probabilities[z] * observable(z));
                },
                iter: 150
            );

    [Fact]
    public void Dense_rows_and_sparse_lists_give_the_same() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0, 1], Gen.Bool, Gen.Long[0, 1_000_000], Gen.Double[-1, 1])
            .Sample(
                (n, density, hasFields, seed, gamma) =>
                {
                    var graph = SomeIsing.Graph(n, density, hasFields, seed);
                    var (dense, sparse) = (Evaluated(graph, gamma, true), Evaluated(graph, gamma, false));

                    dense.Curve.Field.Should().BeApproximately(sparse.Curve.Field, 1e-11);
                    dense.Curve.Edge.Should().BeApproximately(sparse.Curve.Edge, 1e-11);
                    dense.Curve.Pair.Should().BeApproximately(sparse.Curve.Pair, 1e-11);
                },
                iter: 60
            );

    [Fact]
    public void Loading_a_smaller_problem_leaves_nothing_of_a_larger_one()
    {
        var (large, small) = (SomeIsing.Graph(40, 1, true, 1), SomeIsing.Graph(13, 0.9, true, 2));
        var layer = new OneLayer().Load(large, true);
        layer.Evaluate(0.4, () => false);

        layer.Load(small, true).Evaluate(0.3, () => false);

        layer.Curve.Should().Be(Evaluated(small, 0.3, true).Curve);
    }

    [Fact]
    public void One_coupling_has_the_signs_of_the_conventions()
    {
        var layer = Evaluated(new([0, 0], [0, 1, 2], [1, 0], [1, 1]), 0.3, false);

        layer.Correlations(-0.2).Pair[0].Should().BeApproximately(Math.Sin(4 * -0.2) * Math.Sin(2 * 0.3), 1e-15);
        layer.Curve.At(-0.2).Should().BeNegative("gamma > 0 and beta < 0 lower the cost");
    }

    [Fact]
    public void A_ring_of_any_length_reaches_three_quarters_of_its_cut()
    {
        // ⟨cut⟩ = 3/4 of the edges at one layer (Farhi, Goldstone and Gutmann, 2014), also far beyond any simulator.
        const int N = 4000;
        var ring = new QuboTerms(
            0,
            new double[N],
            [.. Enumerable.Range(0, N - 1), 0],
            [.. Enumerable.Range(1, N - 1), N - 1],
            [.. Enumerable.Repeat(1.0, N)]
        );
        var sorted = Enumerable.Range(0, N).OrderBy(k => (ring.Row[k], ring.Column[k])).ToArray();
        var graph = IsingGraph.From(
            ring with
            {
                Row = [.. sorted.Select(k => ring.Row[k])],
                Column = [.. sorted.Select(k => ring.Column[k])],
            }
        );

        var best = Best(graph);

        // The cut is (edges - Σ zz) / 2.
        ((N - best.Cost) / 2 / N)
            .Should()
            .BeApproximately(0.75, 1e-9);
    }

    [Fact]
    public void The_best_angles_are_not_beaten_by_a_fine_grid() =>
        Gen.Select(Gen.Int[2, 9], Gen.Double[0.3, 1], Gen.Bool, Gen.Long[0, 1_000_000], SomeIsing.Graph)
            // Beyond a ratio of forty the scan has no equal steps any more and may miss a narrow minimum.
            .Where(graph => graph.Strengths().Max() is > 0 and var largest && largest < 40 * Smallest(graph))
            .Sample(
                graph =>
                {
                    var best = Best(graph);

                    var end = GammaSearch.Grid(graph.Strengths(), GammaSearch.MostPoints)[^1];
                    var layer = new OneLayer().Load(graph);
                    var lowest = 0.0;
                    for (var gamma = 0.0; gamma <= end; gamma += end / 1500)
                    {
                        layer.Evaluate(gamma, () => false);
                        for (var k = 0; k < 400; k++)
                            lowest = Math.Min(lowest, layer.Curve.At(Math.PI * k / 400));
                    }
                    best.Cost.Should().BeLessThanOrEqualTo(lowest + 1e-9);
                    layer.Evaluate(best.Gamma, () => false);
                    layer.Curve.At(best.Beta).Should().BeApproximately(best.Cost, 1e-12);
                },
                iter: 40
            );

    [Fact]
    public void A_scan_of_few_points_reaches_from_the_strongest_variable_to_the_weakest()
    {
        var gammas = GammaSearch.Grid([1, 1e-3, 5, 0], 64);

        gammas.Should().BeInAscendingOrder().And.HaveCountLessThanOrEqualTo(64).And.HaveCountGreaterThan(30);
        gammas[0].Should().BeLessThan(0.1);
        gammas[^1].Should().BeInRange(700, 1500);
        GammaSearch.Grid([0, 0], 64).Should().BeEmpty();
        GammaSearch.Grid([2, 1], 1).Should().Equal(0.25);
    }

    [Fact]
    public void The_lowest_beta_is_exact() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-2, 2], Gen.Double[-2, 2])
            .Sample(
                (field, edge, pair) =>
                {
                    var curve = new MixerCurve(field, edge, pair);

                    var (beta, cost) = curve.Lowest();

                    beta.Should().BeInRange(-Math.PI / 2, Math.PI / 2);
                    curve.At(beta).Should().BeApproximately(cost, 1e-12);
                    Enumerable
                        .Range(0, 5000)
                        .Min(k => curve.At(Math.PI * k / 5000))
                        .Should()
                        .BeGreaterThan(cost - 1e-12);
                }
            );

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(2, -1, 0)]
    [InlineData(-1, 0.5, 1e-9)]
    public void The_lowest_beta_of_degenerate_curves_is_exact(double field, double edge, double pair)
    {
        var curve = new MixerCurve(field, edge, pair);

        Enumerable
            .Range(0, 5000)
            .Min(k => curve.At(Math.PI * k / 5000))
            .Should()
            .BeGreaterThan(curve.Lowest().Cost - 1e-12);
    }

    [Fact]
    public void Products_of_dense_rows_agree_with_their_scalar_specification() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[0, 3], Gen.Long[0, 1_000_000])
            .Sample(
                (blocks, spread, seed) =>
                {
                    var random = Xoshiro256.FromSeed((ulong)seed, "rows");
                    var angles = Enumerable
                        .Range(0, 2 * blocks * PairProducts.Lanes)
                        .Select(_ => spread * (random.NextDouble() - 0.5) / Math.Sqrt(blocks))
                        .ToArray();
                    var (cos, sin) = (Array.ConvertAll(angles, Math.Cos), Array.ConvertAll(angles, Math.Sin));
                    var (cosA, cosB) = Halves(cos);
                    var (sinA, sinB) = Halves(sin);

                    var (sum, difference) = PairProducts.Dense(cosA, sinA, cosB, sinB);

                    var expected = PairProducts.DenseScalar(cosA, sinA, cosB, sinB);
                    sum.Should().BeApproximately(expected.Sum, 1e-13);
                    difference.Should().BeApproximately(expected.Difference, 1e-13);
                }
            );

    [Fact]
    public void An_interrupted_evaluation_says_so()
    {
        var graph = SomeIsing.Graph(700, 1, false, 1);

        new OneLayer().Load(graph, true).Evaluate(0.01, () => true).Should().BeFalse();
        new OneLayer().Load(graph, false).Evaluate(0.01, () => true).Should().BeFalse();
    }

    private static OneLayer Evaluated(IsingGraph graph, double gamma, bool isDense)
    {
        var layer = new OneLayer().Load(graph, isDense);
        layer.Evaluate(gamma, () => false).Should().BeTrue();
        return layer;
    }

    private static OneLayerAngles Best(IsingGraph graph)
    {
        var layer = new OneLayer().Load(graph);
        var search = new GammaSearch(gamma => layer.Lowest(gamma, () => false));
        search.Scan(graph.Strengths(), GammaSearch.MostPoints, tolerance: 1e-7);
        return search.Best!.Value;
    }

    private static (double[] First, double[] Second) Halves(double[] values) =>
        ([.. values.Take(values.Length / 2)], [.. values.Skip(values.Length / 2)]);

    private static double Smallest(IsingGraph graph) => graph.Strengths().Where(s => s > 0).Min();

    private static int Spin(int z, int i) => 1 - 2 * ((z >> i) & 1);
}
