using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Greedy;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Greedy;

public sealed class SteepestDescentTests
{
    // The sparse ones bring gains up to date one by one, the dense ones all together.
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 90],
        Gen.Int[0, 2].Select(k => new[] { 0.02, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void A_tournament_knows_the_largest_key_after_any_changes() =>
        Gen.Select(Gen.Int[1, 70], Gen.Long[0, 1_000_000])
            .Sample(t =>
            {
                var random = Xoshiro256.FromSeed((ulong)t.Item2, "keys");
                var tournament = new Tournament<int>(t.Item1);
                for (var k = 0; k < t.Item1; k++)
                    tournament.Key[k] = random.NextInt32(10);
                tournament.Shuffle(random);
                tournament.Play();
                for (var k = 0; k < 100; k++)
                {
                    tournament.Key[tournament.Winner].Should().Be(tournament.Key.Max());
                    var player = random.NextInt32(t.Item1);
                    tournament.Key[player] = random.NextInt32(10);
                    tournament.Changed(player);
                }
            });

    [Fact]
    public void Equal_keys_win_equally_often()
    {
        var random = Xoshiro256.FromSeed(2, "ties");
        var tournament = new Tournament<int>(5);
        tournament.Key[1] = tournament.Key[3] = tournament.Key[4] = 7;
        var wins = new int[5];
        for (var k = 0; k < 3000; k++)
        {
            tournament.Shuffle(random);
            tournament.Play();
            wins[tournament.Winner]++;
        }

        // 1000 expected of each; five standard deviations are 129.
        wins.Should().BeEquivalentTo([0, wins[1], 0, wins[3], wins[4]], o => o.WithStrictOrdering());
        new[] { wins[1], wins[3], wins[4] }.Should().OnlyContain(w => Math.Abs(w - 1000) < 129);
    }

    [Fact]
    public void Every_flip_is_the_steepest_one_as_a_plain_search_finds_it() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed);
            var fields = LocalFields.Whole(problem, null)!;
            var bits = new sbyte[t.N];
            Xoshiro256.FromSeed((ulong)t.Seed, "bits").FillBits(bits);
            fields.Reset(bits);
            var context = Some.Context();

            new SteepestDescent<int>(fields, context, context.CreateRandom("greedy")).Run();

            var energy = problem.Model.Energy(bits);
            var found = (sbyte[])bits.Clone();
            fields.CopyBits(found);
            problem.Model.Energy(found).Should().BeLessThanOrEqualTo(energy);
            fields.Reset(found);
            for (var i = 0; i < t.N; i++)
                fields.Delta(i).Should().BeGreaterThanOrEqualTo(0, "it is a local minimum");
            // Ties apart, the way is the plain search's: so is its end where there were none.
            if (Plain(problem, bits) is { } plain)
                found.Should().Equal(plain);
        });

    [Fact]
    public void A_construction_sets_the_most_decisive_variable_first()
    {
        // x0 is free; x1 wants to be 1 so much that x2 must follow it: with x1 = 1 the pair costs more than x2 gains.
        var builder = new QuboBuilder(_ => default);
        builder.Add(1, 1, -100, 0);
        builder.Add(1, 2, 20, 0);
        builder.Add(2, 2, -15, 0);
        builder.Add(0, 0, 0, 0);
        var problem = builder.Build(3, new())!;
        var context = Some.Context();
        var fields = LocalFields.Whole(problem, null)!;
        var construction = new Construction<int>(fields, context, context.CreateRandom("greedy"));
        var bits = new sbyte[3];
        var ends = new HashSet<(int, int)>();
        for (var k = 0; k < 200; k++)
        {
            construction.Run(bits, 0);
            ends.Add((bits[1], bits[2]));
        }

        // One variable is set at random: x2 when it was 1 or 0 itself, x1 = 0 when it was, and else the greedy way.
        ends.Should().BeEquivalentTo([(1, 0), (1, 1), (0, 1)]);
    }

    [Fact]
    public void Constructions_end_lower_than_random_assignments()
    {
        var problem = Some.Qubo(200, 0.3, 7);
        var context = Some.Context();
        var fields = LocalFields.Whole(problem, null)!;
        var random = context.CreateRandom("greedy");
        var construction = new Construction<int>(fields, context, random);
        var bits = new sbyte[200];
        var (constructed, drawn) = (new List<double>(), new List<double>());
        for (var k = 0; k < 20; k++)
        {
            construction.Run(bits, 0.05);
            constructed.Add(problem.Model.Energy(bits));
            random.FillBits(bits);
            drawn.Add(problem.Model.Energy(bits));
        }

        constructed.Max().Should().BeLessThan(drawn.Min());
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(1.0)]
    public void Options_do_what_they_say(double density)
    {
        var problem = Some.Qubo(120, density, 5);
        double Best(GreedyOptions options, out long evaluations)
        {
            var context = Some.Context(budget: new());
            var found = (SolveOutcome.Found)new GreedySolver().Solve(problem, options, context);
            evaluations = context.Evaluations;
            return problem.Evaluate(found.Best).Objective;
        }

        var one = Best(new() { Starts = 1, Beginning = GreedyBeginning.Random }, out var few);
        var many = Best(new() { Starts = 50, Beginning = GreedyBeginning.Random }, out var more);

        many.Should().BeLessThan(one);
        more.Should().BeGreaterThan(20 * few);
        Best(new() { Starts = 1 }, out _).Should().NotBe(one, "a construction begins elsewhere");
        Best(new() { Starts = 1, RandomShare = 1 }, out _)
            .Should()
            .NotBe(Best(new() { Starts = 1, RandomShare = 0 }, out _), "all at random is no construction");
    }

    /// <summary>Steepest descent by looking at everything; null where a step had a tie.</summary>
    private static sbyte[]? Plain(QuboProblem problem, sbyte[] start)
    {
        var bits = (sbyte[])start.Clone();
        while (true)
        {
            var energy = problem.Model.Energy(bits);
            var changes = new double[bits.Length];
            for (var i = 0; i < bits.Length; i++)
            {
                bits[i] ^= 1;
                changes[i] = problem.Model.Energy(bits) - energy;
                bits[i] ^= 1;
            }
            var least = changes.Min();
            if (least >= 0)
                return bits;
            if (changes.Count(c => c == least) > 1)
                return null;
            bits[Array.IndexOf(changes, least)] ^= 1;
        }
    }
}
