using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

public class StateVectorTests
{
    private static readonly Gen<double[]> SomeValues = Gen.Int[0, 18]
        .SelectMany(bits => Gen.Int[1, 1000].Select(seed => Values(1 << bits, seed)));

    private static double[] Values(int length, int seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "values");
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static void AssertClose(double[] actual, double[] expected) =>
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-13);

    [Fact]
    public void Apply_phase_agrees_with_its_scalar_specification() =>
        SomeValues
            .Select(Gen.Double[-3, 3])
            .Sample(
                (diagonal, gamma) =>
                {
                    var (re, im) = (Values(diagonal.Length, 1), Values(diagonal.Length, 2));
                    var (expectedRe, expectedIm) = ((double[])re.Clone(), (double[])im.Clone());
                    PhaseKernel.ApplyScalar(expectedRe, expectedIm, diagonal, gamma);
                    PhaseKernel.Apply(re, im, diagonal, gamma);
                    AssertClose(re, expectedRe);
                    AssertClose(im, expectedIm);
                },
                iter: 60
            );

    [Fact]
    public void Diagonal_has_the_energy_of_every_bit_string()
    {
        const int n = 6;
        var random = Xoshiro256.FromSeed(3, "terms");
        var terms = new List<DiagonalTerm>();
        for (var i = 0; i < n; i++)
        {
            terms.Add(new(i, -1, random.NextDouble()));
            for (var j = 0; j < i; j++)
                terms.Add(random.NextBoolean() ? new(i, j, random.NextDouble()) : new(j, i, random.NextDouble()));
        }
        var values = new double[1 << n];

        Diagonal.Fill(values, n, terms);

        for (var z = 0; z < values.Length; z++)
        {
            double Spin(int q) => q < 0 ? 1 : 1 - 2 * ((z >> q) & 1);
            values[z].Should().BeApproximately(terms.Sum(t => t.Weight * Spin(t.First) * Spin(t.Second)), 1e-12);
        }
    }

    [Fact]
    public void State_stays_normalized_and_its_basis_is_hidden()
    {
        var state = new StateVector(5);
        var diagonal = Values(32, 4);
        state.PrepareUniform();
        state.Amplitude(7).Real.Should().BeApproximately(1 / Math.Sqrt(32), 1e-15);
        state.Amplitude(7).Imaginary.Should().Be(0);

        state.ApplyPhase(diagonal, 0.7);
        state.ApplyMixer(-1.1);

        Enumerable.Range(0, 32).Sum(state.Probability).Should().BeApproximately(1, 1e-14);
    }

    [Fact]
    public void Shots_follow_the_distribution()
    {
        const int shots = 100_000;
        var state = SomeState();

        var counts = state.Sample(Xoshiro256.FromSeed(11, "shots"), shots);

        counts.Sum(c => c.Occurrences).Should().Be(shots);
        var chiSquare = Enumerable
            .Range(0, 64)
            .Sum(z =>
            {
                var expected = shots * state.Probability(z);
                var observed = counts.FirstOrDefault(c => c.Index == z).Occurrences;
                return (observed - expected) * (observed - expected) / expected;
            });
        // 63 degrees of freedom: 99.99 % lie below 116, and a sampler that is too even would fall below 24.
        chiSquare.Should().BeInRange(24, 116);
    }

    [Fact]
    public void Shots_are_those_of_their_seed()
    {
        var state = SomeState();

        var first = state.Sample(Xoshiro256.FromSeed(1, "shots"), 500);

        first.Should().Equal(state.Sample(Xoshiro256.FromSeed(1, "shots"), 500));
        first.Should().NotEqual(state.Sample(Xoshiro256.FromSeed(2, "shots"), 500));
    }

    private static StateVector SomeState()
    {
        var state = new StateVector(6);
        state.PrepareUniform();
        state.ApplyPhase(Values(64, 5), 0.9);
        state.ApplyMixer(-0.4);
        return state;
    }
}
