using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.ParallelTempering;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;

namespace QuantumAiWorkflows.UnitTests.Solvers.ParallelTempering;

public sealed class ReplicaTests
{
    private static readonly Gen<(int N, double Density, int Replicas, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 50],
        Gen.Int[0, 2].Select(k => new[] { 0.03, 0.3, 1.0 }[k]),
        Gen.Int[1, 40],
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Sweep_agrees_with_its_scalar_specification() =>
        Instances.Sample(
            t =>
            {
                var model = LocalFields.Whole(Some.Qubo(t.N, t.Density, t.Seed), null)!;
                Compare(() => Short(model, t.Replicas), t.Replicas, t.Seed);
                Compare(() => ReplicaFields.Int(model, t.Replicas), t.Replicas, t.Seed);
            },
            iter: 40
        );

    [Fact]
    public void Energies_of_all_replicas_are_those_of_the_problem() =>
        Instances.Sample(
            t =>
            {
                var problem = Some.Qubo(t.N, t.Density, t.Seed, Sense.Maximize, Vartype.Spin);
                var model = LocalFields.Whole(problem, null)!;
                Check(Short(model, t.Replicas));
                Check(ReplicaFields.Int(model, t.Replicas));

                void Check<T>(ReplicaFields<T> fields)
                    where T : unmanaged, System.Numerics.IBinaryInteger<T>
                {
                    Fill(fields, t.Replicas, t.Seed);
                    var random = new RandomLanes(Xoshiro256.FromSeed((ulong)t.Seed, "lanes"));
                    ReplicaSweep.Run(fields, 0, t.N, Temperatures(fields.Lanes), ref random);
                    var energies = new long[fields.Lanes];
                    fields.Energies(energies);

                    var (bits, zeros) = (new sbyte[t.N], new sbyte[t.N]);
                    for (var lane = 0; lane < t.Replicas; lane++)
                    {
                        fields.CopyBits(lane, bits);
                        var expected =
                            (problem.Model.Energy(bits) - problem.Model.Energy(zeros)) * fields.Unit * model.Scale;
                        energies[lane].Should().Be((long)Math.Round(expected));
                        fields.Energy(bits).Should().Be(energies[lane]);
                    }
                }
            },
            iter: 40
        );

    [Fact]
    public void A_cluster_move_keeps_the_sum_of_both_energies()
    {
        var moved = 0;
        Instances.Sample(
            t =>
            {
                // Sparse, so that clusters are small; a cut in every other case, which has the symmetry.
                var problem = t.Seed % 2 == 0 ? Grid(6, t.Seed) : Some.Qubo(40, 0.05, t.Seed);
                var fields = ReplicaFields.Int(LocalFields.Whole(problem, null)!, 2);
                fields.IsSymmetric.Should().Be(t.Seed % 2 == 0);
                Fill(fields, 2, t.Seed);
                var (before, after) = (new long[fields.Lanes], new long[fields.Lanes]);
                fields.Energies(before);
                var moves = new ClusterMoves<int>(fields, Xoshiro256.FromSeed((ulong)t.Seed, "clusters"));
                var energies = before.ToArray();

                var size = moves.Move(0, 1, energies);

                fields.Energies(after);
                after[..2].Should().Equal(energies[..2], "changes of energy are told");
                (after[0] + after[1]).Should().Be(before[0] + before[1]);
                moved += size > 0 && after[0] != before[0] ? 1 : 0;
            },
            iter: 200,
            threads: 1
        );
        moved.Should().BeGreaterThan(20, "clusters do move energy from one replica to the other");
    }

    [Fact]
    public void Clusters_of_a_dense_problem_span_it()
    {
        var fields = ReplicaFields.Int(LocalFields.Whole(Some.Qubo(60, 1), null)!, 2);
        Fill(fields, 2, 1);
        var moves = new ClusterMoves<int>(fields, Xoshiro256.FromSeed(1, "clusters"));

        moves.Move(0, 1, new long[fields.Lanes]).Should().Be(-1);
    }

    [Fact]
    public void Where_most_clusters_span_no_more_are_changed_once_it_is_decided()
    {
        var use = new ClusterUse(ClusterMoveUse.Auto, 3);
        use.Saw(0, 5);
        use.Saw(1, -1);
        use.Saw(1, 7);
        use.Saw(1, -1);
        use.At(1).Should().BeTrue();

        use.Decide();
        use.Saw(1, 9);
        use.Saw(1, 9);
        use.Decide();

        (use.At(0), use.At(1), use.At(2)).Should().Be((true, false, false));
        new ClusterUse(ClusterMoveUse.On, 1).At(0).Should().BeTrue();
        new ClusterUse(ClusterMoveUse.Off, 1).At(0).Should().BeFalse();
    }

    /// <summary>All moves together leave every temperature at its Boltzmann distribution, with or without a field.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_temperature_samples_its_boltzmann_distribution(int field)
    {
        const int N = 5;
        const int Rungs = 3;
        var builder = new QuboBuilder(_ => default);
        // A chain and a bond beside it, of both signs: linear terms that make it a cut, and a field that unmakes it.
        foreach (var (i, j, w) in new[] { (0, 1, 2), (1, 2, -4), (2, 3, 2), (3, 4, 4) })
            builder.Add(i, j, w, 0);
        foreach (var (i, c) in new[] { (0, -1), (1, 1), (2, 1), (3, -3), (4, -2) })
            builder.Add(i, i, c + field, 0);
        var problem = builder.Build(N, new FaultList())!;
        var whole = LocalFields.Whole(problem, null)!;
        var fields = ReplicaFields.Int(whole, 2 * Rungs);
        fields.IsSymmetric.Should().Be(field == 0);
        var ladder = new Ladder(4 * fields.Unit * whole.Scale, fields.Unit * whole.Scale, Rungs, 2);
        var (exchanges, random) = (
            Xoshiro256.FromSeed(3, "exchanges"),
            new RandomLanes(Xoshiro256.FromSeed(3, "lanes"))
        );
        var clusters = new ClusterMoves<int>(fields, Xoshiro256.FromSeed(3, "clusters"));
        var (temperatures, energies, bits) = (new float[fields.Lanes], new long[fields.Lanes], new sbyte[N]);
        var counts = new int[Rungs, 1 << N];
        const int Rounds = 60_000;
        var moved = 0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var lane = 0; lane < 2 * Rungs; lane++)
                temperatures[lane] = (float)ladder.TemperatureOf(lane);
            ReplicaSweep.Run(fields, 0, N, temperatures, ref random);
            fields.Energies(energies);
            for (var rung = 0; rung < Rungs; rung++)
                moved += clusters.Move(ladder.LaneAt(0, rung), ladder.LaneAt(1, rung), energies) > 0 ? 1 : 0;
            ladder.Exchange(energies, exchanges);
            for (var lane = 0; lane < 2 * Rungs && ladder.IsFixed; lane++)
            {
                fields.CopyBits(lane, bits);
                var rung = Enumerable.Range(0, Rungs).Single(k => ladder.LaneAt(lane / Rungs, k) == lane);
                counts[rung, Enumerable.Range(0, N).Sum(i => bits[i] << i)]++;
            }
        }

        moved.Should().BeGreaterThan(Rounds / 10);
        for (var rung = 0; rung < Rungs; rung++)
        {
            var temperature = ladder.Temperatures[rung] / (fields.Unit * whole.Scale);
            var weights = Enumerable
                .Range(0, 1 << N)
                .Select(s =>
                    Math.Exp(
                        -problem.Model.Energy([.. Enumerable.Range(0, N).Select(i => (sbyte)(s >> i & 1))])
                            / temperature
                    )
                )
                .ToArray();
            var (sum, total) = (weights.Sum(), Enumerable.Range(0, 1 << N).Sum(s => counts[rung, s]));
            var variation =
                Enumerable.Range(0, 1 << N).Sum(s => Math.Abs(counts[rung, s] / (double)total - weights[s] / sum)) / 2;
            // Of 120,000 independent draws from 32 states it is 0.006 on average.
            variation.Should().BeLessThan(0.012, $"at temperature {temperature}");
        }
    }

    private static ReplicaFields<short> Short(LocalFields<int> model, int replicas) =>
        ReplicaFields.Short(model, ShortFields.UnitOf(model) ?? 1, replicas);

    private static void Compare<T>(Func<ReplicaFields<T>> make, int replicas, long seed)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var (vector, scalar) = (make(), make());
        Fill(vector, replicas, seed);
        Fill(scalar, replicas, seed);
        var temperatures = Temperatures(vector.Lanes);
        var random = new RandomLanes(Xoshiro256.FromSeed((ulong)seed, "lanes"));
        for (var sweep = 0; sweep < 3; sweep++)
        {
            var replay = random;
            var thresholds = new T[vector.Count * vector.Lanes];
            for (var at = 0; at < thresholds.Length; at += System.Runtime.Intrinsics.Vector256<T>.Count)
                System.Runtime.Intrinsics.Vector256.CopyTo(
                    ReplicaSweep.Thresholds<T>(ref temperatures[0], (nuint)(at % vector.Lanes), ref replay),
                    thresholds,
                    at
                );
            ReplicaSweep.RunScalar<T>(scalar, thresholds);

            ReplicaSweep.Run(vector, 0, vector.Count, temperatures, ref random);

            vector.Mask.Should().Equal(scalar.Mask);
            vector.Field.Should().Equal(scalar.Field);
        }
    }

    private static float[] Temperatures(int lanes) => [.. Enumerable.Range(0, lanes).Select(k => 0.3f + k)];

    private static void Fill<T>(ReplicaFields<T> fields, int replicas, long seed)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "starts");
        var bits = new sbyte[fields.Count];
        for (var lane = 0; lane < replicas; lane++)
        {
            random.FillBits(bits);
            fields.Load(lane, bits);
        }
    }

    /// <summary>The cut of a square grid with weights 1 and -1.</summary>
    internal static QuboProblem Grid(int side, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "grid");
        var builder = new QuboBuilder(_ => default) { Sense = Sense.Maximize, Duplicates = DuplicateEntries.Sum };
        for (var i = 0; i < side * side; i++)
            foreach (var j in new[] { i % side + 1 < side ? i + 1 : -1, i + side < side * side ? i + side : -1 })
            {
                if (j < 0)
                    continue;
                var weight = random.NextBoolean() ? 1 : -1;
                builder.Add(i, i, weight, 0);
                builder.Add(j, j, weight, 0);
                builder.Add(i, j, -2 * weight, 0);
            }
        return builder.Build(side * side, new FaultList())!;
    }
}
