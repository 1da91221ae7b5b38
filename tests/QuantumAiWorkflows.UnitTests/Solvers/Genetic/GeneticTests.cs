using System.Numerics;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Genetic;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Genetic;

public sealed class GeneticTests
{
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 70],
        Gen.Int[0, 2].Select(k => new[] { 0.03, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void The_best_flip_agrees_with_its_scalar_specification() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed);
            Compare(LocalFields.Whole(problem, null)!, t.Seed);
            Compare(LocalFields.Real(problem, null), t.Seed);
        });

    [Fact]
    public void Every_least_change_is_drawn_and_no_other()
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 50; i++)
            builder.Add(i, i, i % 10 == 3 ? -4 : 1, 0);
        var fields = LocalFields.Whole(builder.Build(50, new())!, null)!;
        var marks = new int[fields.Padded];
        marks[23] = 5;
        var random = Xoshiro256.FromSeed(1, "draws");

        var drawn = Enumerable.Range(0, 500).Select(_ => BestFlip.Find<int>(fields, marks, 4, -4, random)).ToList();

        drawn.Distinct().Should().BeEquivalentTo([3, 13, 33, 43], "23 is marked, and no better than the aspiration");
        BestFlip.Find<int>(fields, marks, 4, -3, Xoshiro256.FromSeed(1, "draws")).Should().BeOneOf(3, 13, 23, 33, 43);
        Array.Fill(marks, 5);
        BestFlip.Find<int>(fields, marks, 4, -4, random).Should().Be(-1);
    }

    [Fact]
    public void An_upbringing_never_ends_above_its_beginning_and_patience_pays()
    {
        var problem = Some.Qubo(150, 0.5, 3);
        double Mean(int patience)
        {
            var context = Some.Context(budget: new());
            var random = context.CreateRandom("genetic");
            var upbringing = new Upbringing<int>(LocalFields.Whole(problem, null)!, patience, context, random);
            var bits = new sbyte[150];
            var sum = 0.0;
            for (var k = 0; k < 20; k++)
            {
                random.FillBits(bits);
                var before = problem.Model.Energy(bits);
                upbringing.Run(bits);
                problem.Model.Energy(bits).Should().BeLessThanOrEqualTo(before);
                sum += problem.Model.Energy(bits) / 20;
            }
            return sum;
        }

        var descent = Mean(0);
        var some = Mean(100);
        some.Should().BeLessThan(descent);
        Mean(2000).Should().BeLessThan(some);
    }

    [Fact]
    public void A_population_keeps_its_distances_and_its_size() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[1, 5], Gen.Bool, Gen.Long[0, 1_000_000])
            .Sample(t =>
            {
                var (capacity, distance, isSymmetric, seed) = t;
                var random = Xoshiro256.FromSeed((ulong)seed, "population");
                var population = new Population(capacity, distance, isSymmetric);
                var bits = new sbyte[12];
                var best = double.PositiveInfinity;
                for (var k = 0; k < 60; k++)
                {
                    random.FillBits(bits);
                    var score = random.NextInt32(20);
                    population.Add(bits, score);
                    best = Math.Min(best, score);

                    population.Count.Should().BeLessThanOrEqualTo(capacity);
                    population.Living.Min(l => l.Score).Should().Be(best, "the best is never lost");
                    foreach (var (a, b) in Pairs(population.Living))
                    {
                        var differing = a.Bits.Zip(b.Bits).Count(p => p.First != p.Second);
                        (isSymmetric ? Math.Min(differing, 12 - differing) : differing)
                            .Should()
                            .BeGreaterThanOrEqualTo(distance);
                    }
                }
            });

    [Fact]
    public void A_child_has_what_its_parents_agree_on_and_takes_of_both()
    {
        var population = new Population(2, 1, isSymmetric: false);
        var father = new sbyte[40];
        var mother = new sbyte[40];
        mother.AsSpan(0, 20).Fill(1);
        father.AsSpan(30).Fill(1);
        mother.AsSpan(30).Fill(1);
        population.Add(father, 1);
        population.Add(mother, 2);
        var child = new sbyte[40];
        var random = Xoshiro256.FromSeed(4, "crossover");
        var ones = 0;
        for (var k = 0; k < 200; k++)
        {
            population.Cross(child, random).Should().Be(20);
            child[20..30].Should().OnlyContain(bit => bit == 0);
            child[30..].Should().OnlyContain(bit => bit == 1);
            ones += child[..20].Count(bit => bit == 1);
        }

        // 2000 expected of 4000; five standard deviations are 158.
        ones.Should().BeInRange(2000 - 158, 2000 + 158);
    }

    [Fact]
    public void Parents_that_are_nearly_complements_are_aligned_where_that_changes_nothing()
    {
        var father = new sbyte[40];
        var mother = new sbyte[40];
        mother.AsSpan(2).Fill(1);
        var child = new sbyte[40];
        foreach (var isSymmetric in new[] { false, true })
        {
            var population = new Population(2, 1, isSymmetric);
            population.Add(father, 1);
            population.Add(mother, 2);

            population.Cross(child, Xoshiro256.FromSeed(4, "crossover")).Should().Be(isSymmetric ? 2 : 38);

            (child[2..].Distinct().Count() == 1).Should().Be(isSymmetric);
        }
    }

    [Fact]
    public void Symmetry_is_what_equal_energies_of_complements_are() =>
        Gen.Select(Gen.Int[1, 8], Gen.Bool, Gen.Long[0, 1_000_000])
            .Sample(t =>
            {
                var (n, hasFields, seed) = t;
                var random = Xoshiro256.FromSeed((ulong)seed, "symmetry");
                var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin, Sense = Sense.Maximize };
                for (var i = 0; i < n; i++)
                for (var j = i; j < n; j++)
                    if (i != j || hasFields)
                        builder.Add(i, j, random.NextInt32(5) - 2, 0);
                var problem = builder.Build(n, new())!;
                var isSymmetric = Enumerable
                    .Range(0, 1 << n)
                    .All(s =>
                    {
                        sbyte[] bits = [.. Enumerable.Range(0, n).Select(i => (sbyte)(s >> i & 1))];
                        return problem.Model.Energy(bits)
                            == problem.Model.Energy(Array.ConvertAll(bits, b => (sbyte)(1 - b)));
                    });

                SpinSymmetry.Holds(problem.Model).Should().Be(isSymmetric);
            });

    [Fact]
    public void Options_do_what_they_say()
    {
        var problem = Some.Qubo(60, 0.5, 5);
        (string Answer, long Evaluations) Run(GeneticOptions options)
        {
            var context = Some.Context(budget: new());
            var outcome = new GeneticSolver().Solve(problem, options, context);
            return (((SolveOutcome.Found)outcome).Best.ToString()!, context.Evaluations);
        }

        var few = Run(new() { Children = 50 }).Evaluations;

        Run(new() { Children = 200 }).Evaluations.Should().BeGreaterThan(2 * few);
        Run(new() { Children = 50, Patience = 0 }).Evaluations.Should().BeLessThan(few);
        Run(new() { Children = 50, Patience = 1000 }).Evaluations.Should().BeGreaterThan(2 * few);
        Run(new() { Children = 50, Population = 40 }).Evaluations.Should().NotBe(few);
        var withoutEnd = Run(new() { Children = 400, Stagnation = 1_000_000 }).Evaluations;
        Run(new() { Children = 400, Stagnation = 1 }).Evaluations.Should().NotBe(withoutEnd, "founders learn longer");
        Run(
            new()
            {
                Children = 400,
                Distance = 0.5,
                Stagnation = 1_000_000,
            }
        )
            .Evaluations.Should()
            .NotBe(withoutEnd);
    }

    private static IEnumerable<((double Score, sbyte[] Bits) A, (double Score, sbyte[] Bits) B)> Pairs(
        IReadOnlyList<(double Score, sbyte[] Bits)> living
    ) =>
        from i in Enumerable.Range(0, living.Count)
        from j in Enumerable.Range(i + 1, living.Count - i - 1)
        select (living[i], living[j]);

    private static void Compare<T>(LocalFields<T> fields, long seed)
        where T : unmanaged, INumber<T>
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "flips");
        var marks = new T[fields.Padded];
        for (var i = 0; i < fields.Count; i++)
            marks[i] = T.CreateTruncating(random.NextInt32(10));
        for (var step = 0; step < 20; step++)
        {
            var now = T.CreateTruncating(random.NextInt32(10) - 1);
            var aspiration = T.CreateTruncating(random.NextInt32(20) - 10);
            var least = BestFlip.LeastScalar<T>(fields, marks, now, aspiration);

            var found = BestFlip.Find(fields, marks, now, aspiration, random);

            if (least >= LocalFields<T>.Wall)
                found.Should().Be(-1);
            else
            {
                fields.Delta(found).Should().Be(least);
                (marks[found] <= now || fields.Delta(found) < aspiration).Should().BeTrue();
            }
            fields.Flip(random.NextInt32(fields.Count));
        }
    }
}
