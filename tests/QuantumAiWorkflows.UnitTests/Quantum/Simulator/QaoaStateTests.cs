using System.Numerics;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

/// <summary>The fast engine against <see cref="StateVector"/>, written gate by gate, and against itself.</summary>
public class QaoaStateTests
{
    /// <param name="BlockBits">Null: as the engine cuts it.</param>
    private sealed record Case(
        int Qubits,
        int Layers,
        bool HasFields,
        bool IsSymmetryUsed,
        int? BlockBits,
        int Lanes,
        int Seed
    )
    {
        public List<DiagonalTerm> Cost()
        {
            var random = Xoshiro256.FromSeed((ulong)Seed, "cost");
            var terms = new List<DiagonalTerm>();
            for (var i = 0; i < Qubits; i++)
            {
                if (HasFields)
                    terms.Add(new(i, -1, random.NextDouble() - 0.5));
                for (var j = 0; j < i; j++)
                    if (random.NextDouble() < 0.5)
                        terms.Add(new(i, j, random.NextDouble() - 0.3));
            }
            return terms;
        }

        public (double[] Gammas, double[] Betas) Angles()
        {
            var random = Xoshiro256.FromSeed((ulong)Seed, "angles");
            double[] Draw(double scale) =>
                [.. Enumerable.Range(0, Layers).Select(_ => scale * (2 * random.NextDouble() - 1))];
            return (Draw(1.5), Draw(7));
        }

        public QaoaState State(QaoaPrecision precision = QaoaPrecision.Double, int threads = 1) =>
            QaoaState.Create(Qubits, Cost(), precision, threads, IsSymmetryUsed, BlockBits, Lanes);

        public (StateVector State, double[] Costs) Specification()
        {
            var (gammas, betas) = Angles();
            var costs = new double[1 << Qubits];
            Diagonal.Fill(costs, Qubits, Cost());
            var state = new StateVector(Qubits);
            state.PrepareUniform();
            for (var layer = 0; layer < Layers; layer++)
            {
                state.ApplyPhase(costs, gammas[layer]);
                state.ApplyMixer(betas[layer]);
            }
            return (state, costs);
        }
    }

    private static readonly Gen<Case> Cases =
        from qubits in Gen.Int[1, 14]
        from layers in Gen.Int[1, 4]
        from hasFields in Gen.Bool
        from isSymmetryUsed in Gen.Bool
        from blockBits in Gen.Int[0, 4].Select(k => new int?[] { null, 4, 6, 7, 9 }[k])
        from lanes in Gen.Int[0, 2].Select(k => new[] { 0, 5, 6 }[k])
        from seed in Gen.Int[1, 1000]
        select new Case(qubits, layers, hasFields, isSymmetryUsed, blockBits, lanes, seed);

    [Fact]
    public void Amplitudes_and_costs_agree_with_the_state_made_gate_by_gate() =>
        Cases.Sample(
            c =>
            {
                var (gammas, betas) = c.Angles();
                var (expected, costs) = c.Specification();
                using var state = c.State();

                state.Prepare(gammas, betas).Should().BeApproximately(expected.Expectation(costs), 1e-11, c.ToString());
                for (var z = 0; z < costs.Length; z++)
                    (state.Amplitude(z) - expected.Amplitude(z)).Magnitude.Should().BeLessThan(1e-12, c.ToString());
                var next = 0L;
                state.Visit(
                    (first, visited, probabilities) =>
                    {
                        first.Should().Be(next);
                        for (var k = 0; k < visited.Length; k++, next++)
                        {
                            visited[k].Should().BeApproximately(costs[next], 1e-12, c.ToString());
                            probabilities[k].Should().BeApproximately(expected.Probability((int)next), 1e-13);
                        }
                    }
                );
                next.Should().Be(costs.Length);
            },
            iter: 300
        );

    [Fact]
    public void Single_precision_agrees_to_its_rounding() =>
        Cases.Sample(
            c =>
            {
                var (gammas, betas) = c.Angles();
                var (expected, costs) = c.Specification();
                using var state = c.State(QaoaPrecision.Single);

                state.Prepare(gammas, betas).Should().BeApproximately(expected.Expectation(costs), 2e-4, c.ToString());
                for (var z = 0; z < costs.Length; z++)
                    (state.Amplitude(z) - expected.Amplitude(z)).Magnitude.Should().BeLessThan(1e-5, c.ToString());
            },
            iter: 100
        );

    [Fact]
    public void Gradients_agree_with_central_differences() =>
        Cases.Sample(
            c =>
            {
                const double step = 1e-5;
                var (gammas, betas) = c.Angles();
                var (gammaSlopes, betaSlopes) = (new double[c.Layers], new double[c.Layers]);
                using var state = c.State();
                foreach (var observable in new DiagonalFunction?[] { null, Exponential })
                {
                    var value = state.Gradient(gammas, betas, observable, gammaSlopes, betaSlopes);
                    value.Should().BeApproximately(Value(observable), 1e-10, c.ToString());
                    for (var layer = 0; layer < c.Layers; layer++)
                    {
                        gammaSlopes[layer].Should().BeApproximately(Difference(gammas, layer), 1e-6, c.ToString());
                        betaSlopes[layer].Should().BeApproximately(Difference(betas, layer), 1e-6, c.ToString());
                    }

                    double Difference(double[] angles, int layer)
                    {
                        var angle = angles[layer];
                        angles[layer] = angle + step;
                        var above = Value(observable);
                        angles[layer] = angle - step;
                        var below = Value(observable);
                        angles[layer] = angle;
                        return (above - below) / (2 * step);
                    }
                }

                double Value(DiagonalFunction? observable)
                {
                    var value = state.Prepare(gammas, betas);
                    if (observable is null)
                        return value;
                    value = 0;
                    state.Visit(
                        (_, costs, probabilities) =>
                        {
                            var values = costs.ToArray();
                            observable(values);
                            for (var k = 0; k < values.Length; k++)
                                value += values[k] * probabilities[k];
                        }
                    );
                    return value;
                }
            },
            iter: 80
        );

    [Fact]
    public void Two_threads_give_the_bits_of_one() =>
        Cases.Sample(
            c =>
            {
                var (gammas, betas) = c.Angles();
                foreach (var precision in Enum.GetValues<QaoaPrecision>())
                {
                    using var one = c.State(precision);
                    using var two = c.State(precision, threads: 2);
                    two.Prepare(gammas, betas).Should().Be(one.Prepare(gammas, betas), c.ToString());
                    for (var z = 0; z < 1 << c.Qubits; z++)
                        two.Amplitude(z).Should().Be(one.Amplitude(z));
                    Slopes(two).Should().Equal(Slopes(one), c.ToString());
                }

                double[] Slopes(QaoaState state)
                {
                    var slopes = new double[2 * c.Layers];
                    state.Gradient(gammas, betas, null, slopes.AsSpan(0, c.Layers), slopes.AsSpan(c.Layers));
                    return slopes;
                }
            },
            iter: 60
        );

    [Fact]
    public void Large_states_agree_with_the_state_made_gate_by_gate()
    {
        foreach (var hasFields in new[] { false, true })
        foreach (var isSymmetryUsed in new[] { false, true })
        {
            var c = new Case(17, 3, hasFields, isSymmetryUsed, null, 6, 5);
            var (gammas, betas) = c.Angles();
            var (expected, costs) = c.Specification();
            using var state = c.State();
            state.Prepare(gammas, betas).Should().BeApproximately(expected.Expectation(costs), 1e-10);
            var overlap = Complex.Zero;
            for (var z = 0; z < costs.Length; z++)
                overlap += Complex.Conjugate(state.Amplitude(z)) * expected.Amplitude(z);
            (overlap - 1).Magnitude.Should().BeLessThan(1e-11);
        }
    }

    [Fact]
    public void Shots_are_those_of_the_state_made_gate_by_gate()
    {
        var c = new Case(9, 2, true, true, 4, 6, 8);
        var (gammas, betas) = c.Angles();
        using var state = c.State();
        state.Prepare(gammas, betas);

        var counts = state.Sample(Xoshiro256.FromSeed(1, "shots"), 3000);

        var expected = c.Specification().State.Sample(Xoshiro256.FromSeed(1, "shots"), 3000);
        counts.Should().Equal(expected.Select(e => ((long)e.Index, e.Occurrences)));
    }

    private static void Exponential(Span<double> costs)
    {
        foreach (ref var cost in costs)
            cost = Math.Exp(-0.3 * cost);
    }
}
