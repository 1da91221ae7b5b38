using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

public class AdjointGradientTests
{
    private static double[] Values(int length, int seed, double scale = 1)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "values");
        return [.. Enumerable.Range(0, length).Select(_ => scale * (2 * random.NextDouble() - 1))];
    }

    [Fact]
    public void Exchange_agrees_with_its_scalar_specification() =>
        Gen.Select(Gen.Int[0, 14], Gen.Int[1, 1000])
            .Sample(
                (bits, seed) =>
                {
                    var (x, y) = (Values(1 << bits, seed), Values(1 << bits, -seed));
                    AdjointGradient
                        .Exchange(x, y)
                        .Should()
                        .BeApproximately(AdjointGradient.ExchangeScalar(x, y), 1e-12 * (1 + bits) * x.Length);
                },
                iter: 60
            );

    [Fact]
    public void Slopes_are_the_central_differences_of_any_observable() =>
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 6], Gen.Int[1, 1000])
            .Sample(
                (n, layers, seed) =>
                {
                    // Fields and weighted pairs, and a diagonal that has nothing to do with them.
                    var terms = new List<DiagonalTerm>();
                    var weights = Values(n * n, seed);
                    for (var i = 0; i < n; i++)
                    for (var j = 0; j <= i; j++)
                        terms.Add(new(i, j == i ? -1 : j, weights[i * n + j]));
                    var cost = new double[1 << n];
                    Diagonal.Fill(cost, n, terms);
                    AssertSlopes(n, cost, cost, Values(layers, seed + 1), Values(layers, seed + 2, 1.5));
                    AssertSlopes(
                        n,
                        cost,
                        Values(1 << n, seed),
                        Values(layers, seed + 1),
                        Values(layers, seed + 2, 1.5)
                    );
                },
                iter: 25
            );

    private static void AssertSlopes(int n, double[] cost, double[] observable, double[] gammas, double[] mixers)
    {
        var layers = gammas.Length;
        var (gammaSlopes, mixerSlopes) = (new double[layers], new double[layers]);
        var state = Prepared();
        var before = state.Expectation(observable);

        var value = new AdjointGradient(n).Undo(state, cost, observable, gammas, mixers, gammaSlopes, mixerSlopes);

        value.Should().Be(before);
        for (var layer = 0; layer < layers; layer++)
        {
            gammaSlopes[layer].Should().BeApproximately(Difference(gammas, layer), 1e-7);
            mixerSlopes[layer].Should().BeApproximately(Difference(mixers, layer), 1e-7);
        }
        // Undone to where it began.
        for (var z = 0; z < 1 << n; z++)
            state.Amplitude(z).Real.Should().BeApproximately(1 / Math.Sqrt(1 << n), 1e-12);

        StateVector Prepared()
        {
            var prepared = new StateVector(n);
            prepared.PrepareUniform();
            for (var layer = 0; layer < layers; layer++)
            {
                prepared.ApplyPhase(cost, gammas[layer]);
                prepared.ApplyMixer(mixers[layer]);
            }
            return prepared;
        }

        double Difference(double[] angles, int layer)
        {
            const double step = 1e-5;
            var angle = angles[layer];
            angles[layer] = angle + step;
            var above = Prepared().Expectation(observable);
            angles[layer] = angle - step;
            var below = Prepared().Expectation(observable);
            angles[layer] = angle;
            return (above - below) / (2 * step);
        }
    }
}
