using System.Runtime.Intrinsics;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;

namespace QuantumAiWorkflows.UnitTests.Solvers.SimulatedAnnealing;

public sealed class ShortSweepTests
{
    private static readonly Gen<(int N, double Degree, int Unit, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 200],
        Gen.Double[0, 5],
        Gen.Int[1, 3],
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Fields_in_16_bits_are_those_in_ints_after_any_flips() =>
        Instances.Sample(t =>
        {
            var problem = Sparse(t.N, t.Degree, t.Unit, t.Seed);
            var ints = LocalFields.Whole(problem, null)!;
            if (ShortFields.From(ints) is not { } shorts)
                return;
            var random = Xoshiro256.FromSeed((ulong)t.Seed, "bits");
            var (bits, copied) = (new sbyte[t.N], new sbyte[t.N]);
            random.FillBits(bits);
            ints.Reset(bits);
            shorts.Reset(bits);
            for (var k = 0; k < 20; k++)
            {
                shorts.CopyBits(copied);
                copied.Should().Equal(bits);
                var deltas = Enumerable
                    .Range(0, shorts.Slots)
                    .Where(s => shorts.Delta(s) != ShortFields.Wall)
                    .Select(s => shorts.Delta(s) / shorts.Scale);
                deltas.Order().Should().Equal(Enumerable.Range(0, t.N).Select(i => ints.Delta(i) / ints.Scale).Order());
                var slot = random.NextInt32(shorts.Slots);
                if (shorts.Delta(slot) == ShortFields.Wall)
                    continue;
                shorts.Flip(slot);
                shorts.CopyBits(copied);
                var i = Enumerable.Range(0, t.N).Single(i => copied[i] != bits[i]);
                bits[i] ^= 1;
                ints.Flip(i);
            }
        });

    [Fact]
    public void Hot_sweep_agrees_with_its_scalar_specification() =>
        Compare(
            1.7,
            (shorts, stream, temperature) =>
            {
                var thresholds = new short[shorts.Slots];
                for (var block = 0; block < shorts.Slots; block += ShortFields.Lanes)
                    ShortSweep.Thresholds(ref stream.Lanes, (float)temperature).CopyTo(thresholds, block);
                return thresholds;
            }
        );

    [Theory]
    [InlineData(0.49)]
    [InlineData(0.25)]
    [InlineData(1e-30)]
    public void Cold_sweep_agrees_with_its_scalar_specification(double temperature) =>
        Compare(
            temperature,
            (shorts, stream, t) =>
            {
                var thresholds = new short[shorts.Slots];
                var distance = ShortSweep.MeanDistance(t);
                for (
                    var next = ShortSweep.Skip(stream, distance);
                    next < shorts.Slots;
                    next += 1 + ShortSweep.Skip(stream, distance)
                )
                    // The sweep draws a height only where it looks at one, and it looks at all.
                    thresholds[next] = (short)(1 + stream.Next() * (float)t);
                return thresholds;
            }
        );

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.45)]
    public void Sweeps_in_16_bits_sample_the_boltzmann_distribution(double temperature)
    {
        var builder = new QuboBuilder(_ => default);
        foreach (var (i, j, value) in new[] { (0, 0, -1), (0, 1, 2), (1, 1, -1), (1, 2, -1), (2, 2, 1) })
            builder.Add(i, j, value, 0);
        var problem = builder.Build(3, new FaultList())!;
        var shorts = ShortFields.From(LocalFields.Whole(problem, null)!)!;
        shorts.Scale.Should().Be(1);
        var stream = new ExponentialStream(Xoshiro256.FromSeed(5, "boltzmann"));
        var (counts, bits) = (new int[8], new sbyte[3]);
        const int Sweeps = 200_000;
        for (var k = 0; k < Sweeps; k++)
        {
            ShortSweep.Run(shorts, temperature, stream);
            shorts.CopyBits(bits);
            counts[bits[0] + 2 * bits[1] + 4 * bits[2]]++;
        }

        var weights = Enumerable
            .Range(0, 8)
            .Select(s =>
                Math.Exp(-problem.Model.Energy([(sbyte)(s & 1), (sbyte)(s >> 1 & 1), (sbyte)(s >> 2)]) / temperature)
            )
            .ToArray();
        // Sweeps are correlated: 0.01 is about ten standard errors of independent ones.
        for (var s = 0; s < 8; s++)
            (counts[s] / (double)Sweeps).Should().BeApproximately(weights[s] / weights.Sum(), 0.01);
    }

    [Theory]
    [InlineData(16_000, 1, 1, true)]
    [InlineData(16_001, 1, 1, false)]
    [InlineData(16_000 * 7, 7, 7, true)]
    [InlineData(16_001 * 7, 7, 7, false)]
    [InlineData(1, 1, 127, true)]
    [InlineData(1, 1, 128, false)]
    public void Sixteen_bits_are_refused_where_a_field_or_8_where_a_coupling_could_leave_them(
        int coefficient,
        int unit,
        int coupling,
        bool fits
    )
    {
        var builder = new QuboBuilder(_ => default);
        builder.Add(0, 0, coefficient, 0);
        builder.Add(1, 1, unit, 0);
        builder.Add(1, 2, coupling, 0);

        var fields = LocalFields.Whole(builder.Build(3, new FaultList())!, null)!;

        (ShortFields.From(fields) is not null).Should().Be(fits);
    }

    [Fact]
    public void Sixteen_bits_are_refused_where_blocks_would_stay_empty() =>
        ShortFields.From(LocalFields.Whole(Sparse(60, 59, 1, 1), null)!).Should().BeNull();

    private static void Compare(double temperature, Func<ShortFields, ExponentialStream, double, short[]> thresholds) =>
        Instances.Sample(t =>
        {
            var problem = Sparse(t.N, t.Degree, t.Unit, t.Seed);
            var (vector, scalar) = (
                ShortFields.From(LocalFields.Whole(problem, null)!),
                ShortFields.From(LocalFields.Whole(problem, null)!)
            );
            if (vector is null || scalar is null)
                return;
            var (run, replay) = (Stream(t.Seed), Stream(t.Seed));
            for (var sweep = 0; sweep < 5; sweep++)
            {
                var expected = ShortSweep.RunScalar(scalar, thresholds(scalar, replay, temperature));

                ShortSweep.Run(vector, temperature, run).Should().Be(expected);
                vector.Field.Should().Equal(scalar.Field);
                vector.Mask.Should().Equal(scalar.Mask);
            }
            ShortSweep.Descend(vector).Should().Be(ShortSweep.RunScalar(scalar, Below(scalar)));
            vector.Field.Should().Equal(scalar.Field);
        });

    private static short[] Below(ShortFields fields)
    {
        var thresholds = new short[fields.Slots];
        thresholds.AsSpan().Fill(-1);
        return thresholds;
    }

    private static ExponentialStream Stream(long seed) => new(Xoshiro256.FromSeed((ulong)seed, "stream"));

    /// <summary>Whole coefficients of up to three units, of any sign.</summary>
    private static QuboProblem Sparse(int n, double degree, int unit, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "sparse");
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < n; i++)
        for (var j = i; j < n; j++)
            if (i == j || random.NextDouble() < degree / n)
                builder.Add(i, j, unit * (random.NextInt32(7) - 3), 0);
        return builder.Build(n, new FaultList())!;
    }
}
