using System.Numerics;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Tabu;

namespace QuantumAiWorkflows.UnitTests.Solvers.Tabu;

/// <summary>Every kind of moves against the model's energies, and their kernels against scalar specifications.</summary>
public sealed class FlipMovesTests
{
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 300],
        Gen.Int[0, 2].Select(k => new[] { 0.02, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Changes_and_energies_are_those_of_the_model() =>
        Instances.Sample(
            t =>
            {
                var problem = Some.Qubo(t.N, t.Density, t.Seed);
                foreach (var (moves, scale) in Kinds(problem))
                    CompareWithModel(problem, moves, scale, t.Seed);
            },
            iter: 40
        );

    [Fact]
    public void A_step_picks_a_least_admissible_change() =>
        Instances.Sample(
            t =>
            {
                var problem = Some.Qubo(t.N, t.Density, t.Seed);
                foreach (var (moves, _) in Kinds(problem))
                    CheckPicks(moves, t.Seed);
            },
            iter: 40
        );

    [Fact]
    public void Couplings_of_every_width_are_taken()
    {
        foreach (var unit in new[] { 1, 2, 1000, 100_000 })
        {
            var problem = Scaled(Some.Qubo(30, 1), unit, odd: unit > 2);
            CompareWithModel(problem, FlipMoves.Of(problem, null), 1, 1);
        }
    }

    [Theory]
    [InlineData(1.0, 1, typeof(DenseMoves<sbyte>))]
    [InlineData(1.0, 0.5, typeof(DenseMoves<sbyte>))]
    [InlineData(1.0, 1000, typeof(DenseMoves<short>))]
    [InlineData(1.0, 100_000, typeof(DenseMoves<int>))]
    [InlineData(1.0, Math.PI, typeof(FieldMoves<double>))]
    [InlineData(0.01, 1, typeof(SparseMoves<int>))]
    [InlineData(0.01, Math.PI, typeof(SparseMoves<double>))]
    public void The_kind_of_moves_follows_from_density_and_coefficients(double density, double unit, Type kind) =>
        FlipMoves.Of(Scaled(Some.Qubo(200, density), unit, odd: unit > 2), null).Should().BeOfType(kind);

    [Fact]
    public void Without_room_for_a_matrix_neighbours_are_listed() =>
        FlipMoves.Of(Some.Qubo(2000, 0.05), memoryMegabytes: 4).Should().BeOfType<SparseMoves<int>>();

    [Fact]
    public void A_dense_flip_agrees_with_its_scalar_specification() =>
        Gen.Select(Gen.Int[1, 400], Gen.Long[0, 1_000_000])
            .Sample(t =>
            {
                var (n, seed) = t;
                CompareFlips<sbyte>(n, seed);
                CompareFlips<short>(n, seed);
                CompareFlips<int>(n, seed);
            });

    [Fact]
    public void A_pick_draws_every_least_score_and_no_other()
    {
        var random = Xoshiro256.FromSeed(1, "picks");
        var scores = new LeastBlocks<int>(300);
        scores.Score.AsSpan(0, 300).Fill(9);
        var least = new[] { 0, 15, 16, 127, 128, 255, 299 };
        foreach (var i in least)
            scores.Score[i] = -4;
        for (var block = 0; block < scores.Score.Length / LeastBlocks<int>.Block; block++)
            scores.Refresh(block);

        scores.Minimum().Should().Be(-4);
        var picked = Enumerable.Range(0, 8_000).Select(_ => scores.Pick(-4, [50], random)).ToList();

        picked.Distinct().Should().BeEquivalentTo([.. least, 50]);
        // 1000 expected of each; five standard deviations are 148.
        picked.GroupBy(i => i).Should().OnlyContain(g => Math.Abs(g.Count() - 1000) < 148);
        scores.Pick(-5, [], random).Should().Be(-1);
    }

    private static IEnumerable<(FlipMoves Moves, double Scale)> Kinds(QuboProblem problem)
    {
        yield return (FlipMoves.Of(problem, null), 1);
        var whole = LocalFields.Whole(problem, null)!;
        var real = LocalFields.Real(problem, null);
        yield return (new SparseMoves<int>(whole), whole.Scale);
        yield return (new SparseMoves<double>(real), real.Scale);
        yield return (new FieldMoves<double>(real), real.Scale);
    }

    private static void CompareWithModel(QuboProblem problem, FlipMoves moves, double scale, long seed)
    {
        var n = problem.NumVariables;
        var random = Xoshiro256.FromSeed((ulong)seed, "flips");
        var bits = new sbyte[n];
        random.FillBits(bits);
        var origin = problem.Model.Energy(new sbyte[n]);
        moves.Reset(bits);
        for (var k = 0; k < 30; k++)
        {
            var i = random.NextInt32(n);
            if (k % 3 == 0)
                moves.Bar(i);
            var before = problem.Model.Energy(bits);
            bits[i] ^= 1;
            var after = problem.Model.Energy(bits);
            moves.Delta(i).Should().BeApproximately((after - before) * scale, 1e-9);

            moves.Flip(i);

            moves.Energy.Should().BeApproximately((after - origin) * scale, 1e-9);
            if (k % 3 == 0)
                moves.Free(i);
        }
        var copied = new sbyte[n];
        moves.CopyBits(copied);
        copied.Should().Equal(bits);

        random.FillBits(bits);
        moves.MoveTo(bits);
        moves.Energy.Should().BeApproximately((problem.Model.Energy(bits) - origin) * scale, 1e-9);
    }

    private static void CheckPicks(FlipMoves moves, long seed)
    {
        var n = moves.Count;
        var random = Xoshiro256.FromSeed((ulong)seed, "picks");
        var barred = new HashSet<int>();
        var next = random.NextInt32(n);
        for (var step = 0; step < 40; step++)
        {
            if (barred.Count > n / 3)
            {
                var free = barred.First();
                barred.Remove(free);
                moves.Free(free);
            }
            if (barred.Add(next))
                moves.Bar(next);
            // Now and then so high that barred ones aspire.
            var aspiration = step % 4 == 0 ? moves.Delta(random.NextInt32(n)) : -1e12;

            var picked = moves.Step(next, aspiration, [.. barred], random);

            var admissible = Enumerable
                .Range(0, n)
                .Where(i => !barred.Contains(i) || moves.Delta(i) < aspiration)
                .ToList();
            if (admissible.Count == 0)
                picked.Should().Be(-1);
            else
                moves
                    .Delta(picked)
                    .Should()
                    .Be(admissible.Min(moves.Delta))
                    .And.Match(_ => admissible.Contains(picked));
            next = picked < 0 ? random.NextInt32(n) : picked;
        }
    }

    private static void CompareFlips<TRow>(int n, long seed)
        where TRow : unmanaged, INumber<TRow>
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "row");
        var padded = DenseMoves.Padded(n);
        var row = new TRow[padded];
        var sign = new int[padded];
        var (vector, scalar) = (new LeastBlocks<int>(n), new LeastBlocks<int>(n));
        for (var j = 0; j < n; j++)
        {
            row[j] = TRow.CreateTruncating(random.NextInt32(255) - 127);
            sign[j] = random.NextBoolean() ? 2 : -2;
            vector.Score[j] = scalar.Score[j] = random.NextInt32(2001) - 1000;
        }
        var by = random.NextBoolean() ? 1 : -1;

        DenseStep.Add(ref row[0], by, sign, vector.Score, vector.Least);
        DenseStep.AddScalar(ref row[0], by, sign, scalar.Score, scalar.Least);

        vector.Score.Should().Equal(scalar.Score);
        vector.Least.Should().Equal(scalar.Least);
        for (var block = 0; block < padded / LeastBlocks<int>.Block; block++)
            vector.Refresh(block);
        vector.Least.Should().Equal(scalar.Least);
        vector.Minimum().Should().Be(scalar.Score.Min());
    }

    /// <param name="odd">One coupling is made one unit of 1 larger, so that all have nothing in common.</param>
    private static QuboProblem Scaled(QuboProblem problem, double unit, bool odd)
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < problem.NumVariables; i++)
            builder.Add(i, i, unit * problem.Terms.Linear[i], 0);
        for (var k = 0; k < problem.Terms.Value.Length; k++)
            builder.Add(
                problem.Terms.Row[k],
                problem.Terms.Column[k],
                unit * problem.Terms.Value[k] + (odd && k == 0 ? 1 : 0),
                0
            );
        return builder.Build(problem.NumVariables, new())!;
    }
}
