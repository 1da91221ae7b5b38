using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class SpinLanesTests
{
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 70],
        Gen.Int[0, 2].Select(k => new[] { 0.03, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Fields_agree_with_their_scalar_specification() =>
        Instances.Sample(t =>
        {
            var lanes = SpinLanes.From(LocalFields.Whole(Some.Qubo(t.N, t.Density, t.Seed), null)!);
            var spins = Spins(t.N, t.Seed);

            for (var i = 0; i < t.N; i++)
            {
                var (low, high) = lanes.Field(i, ref spins[0]);
                for (var lane = 0; lane < SpinLanes.Lanes; lane++)
                    ((double)(lane < 8 ? low[lane] : high[lane - 8]))
                        .Should()
                        .BeApproximately(lanes.FieldScalar(i, spins, lane), 1e-4);
            }
        });

    [Fact]
    public void Fields_are_what_a_flip_changes_the_energy_by() =>
        Instances.Sample(t =>
        {
            // At corners, where all spins are -1 or +1: E(s[i] = +1) - E(s[i] = -1) is twice the field.
            var problem = Some.Qubo(t.N, t.Density, t.Seed, Sense.Maximize, Vartype.Spin);
            var fields = LocalFields.Whole(problem, null)!;
            var lanes = SpinLanes.From(fields);
            var spins = Array.ConvertAll(Spins(t.N, t.Seed), s => s >= 0 ? 1f : -1f);
            var bits = new sbyte[t.N];
            SpinLanes.CopyBits(spins, 5, bits);
            fields.Reset(bits);

            for (var i = 0; i < t.N; i++)
                (2 * lanes.FieldScalar(i, spins, 5) * lanes.Unit)
                    .Should()
                    .BeApproximately(fields.Field[i], 1e-4 * lanes.Unit);
        });

    [Fact]
    public void The_unit_is_the_root_mean_square_field_of_random_spins()
    {
        var problem = Some.Qubo(60, 0.5, seed: 3);
        var lanes = SpinLanes.From(LocalFields.Whole(problem, null)!);
        var sum = 0.0;
        for (var draw = 0; draw < 200; draw++)
        {
            var spins = Array.ConvertAll(Spins(60, draw), s => s >= 0 ? 1f : -1f);
            for (var i = 0; i < 60; i++)
            for (var lane = 0; lane < SpinLanes.Lanes; lane++)
                sum += Math.Pow(lanes.FieldScalar(i, spins, lane), 2);
        }

        // 3,200 draws of 60 fields, correlated within a draw: some percent of error.
        (sum / (200 * 60 * SpinLanes.Lanes))
            .Should()
            .BeApproximately(1, 0.05);
    }

    [Fact]
    public void Uniform_lanes_are_uniform()
    {
        var lanes = new RandomLanes(Xoshiro256.FromSeed(1, "uniform"));
        const int Draws = 200_000;
        var (sum, squares, least, largest) = (0.0, 0.0, 1.0, -1.0);
        for (var k = 0; k < Draws / 8; k++)
        {
            var next = lanes.NextUniform();
            for (var lane = 0; lane < 8; lane++)
            {
                sum += next[lane];
                squares += next[lane] * next[lane];
                (least, largest) = (Math.Min(least, next[lane]), Math.Max(largest, next[lane]));
            }
        }

        // Mean 0 and variance 1/3, each within five standard errors.
        (sum / Draws)
            .Should()
            .BeApproximately(0, 5 * Math.Sqrt(1 / 3.0 / Draws));
        (squares / Draws).Should().BeApproximately(1 / 3.0, 5 * Math.Sqrt(4 / 45.0 / Draws));
        least.Should().BeInRange(-1, -0.999);
        largest.Should().BeInRange(0.999, 1 - 1e-8);
    }

    [Fact]
    public void Descent_ends_where_no_flip_lowers_the_energy() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed);
            var fields = LocalFields.Whole(problem, null)!;
            var bits = new sbyte[t.N];
            Xoshiro256.FromSeed((ulong)t.Seed, "bits").FillBits(bits);
            fields.Reset(bits);
            var before = problem.Model.Energy(bits);

            OneFlipDescent.Run(fields, Some.Context());

            fields.CopyBits(bits);
            problem.Model.Energy(bits).Should().BeLessThanOrEqualTo(before);
            for (var i = 0; i < t.N; i++)
                fields.Delta(i).Should().BeGreaterThanOrEqualTo(0);
        });

    internal static float[] Spins(int n, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "spins");
        return [.. Enumerable.Range(0, n * SpinLanes.Lanes).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
