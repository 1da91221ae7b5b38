using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solvers.PathRelinking;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.PathRelinking;

public sealed class PathRelinkingTests
{
    [Fact]
    public void Small_problems_are_solved_to_the_optimum() =>
        Gen.Select(Gen.Int[1, 14], Gen.Long[0, 1_000_000])
            .Sample(
                t =>
                {
                    var problem = Some.Qubo(t.Item1, 0.6, t.Item2);
                    var proven = (SolveOutcome.Found)
                        new ExhaustiveSolver().Solve(problem, new ExhaustiveOptions(), Some.Context());

                    var found = (SolveOutcome.Found)Solve(problem, new() { Populations = 2 });

                    problem.Evaluate(found.Best).Objective.Should().Be(problem.Evaluate(proven.Best).Objective);
                },
                iter: 50
            );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_path_ends_at_its_best_assignment_between_the_thirds(bool isGreedy)
    {
        var problem = Some.Qubo(120, 0.5);
        var random = Xoshiro256.FromSeed(3, "ends");
        var moves = FlipMoves.Of(problem, null);
        var (from, to, at) = (new sbyte[120], new sbyte[120], new sbyte[120]);
        for (var repeat = 0; repeat < 20; repeat++)
        {
            random.FillBits(from);
            random.FillBits(to);
            var distance = Distance(from, to);

            new Relinking(moves, Some.Context(), random).Walk(from, to, isGreedy).Should().BeTrue();

            moves.CopyBits(at);
            Distance(from, at).Should().BeInRange(distance / 3, distance - distance / 3);
            // On a shortest way: what both ends have in common stays.
            (Distance(from, at) + Distance(at, to))
                .Should()
                .Be(distance);
        }
    }

    /// <summary>Random ways end elsewhere; the greedy one is one, where no two changes are equal.</summary>
    [Fact]
    public void A_greedy_path_is_better_than_a_random_one_on_average()
    {
        var problem = Some.Qubo(200, 0.5);
        var moves = FlipMoves.Of(problem, null);
        double Mean(bool isGreedy)
        {
            var random = Xoshiro256.FromSeed(3, "ends");
            var (from, to) = (new sbyte[200], new sbyte[200]);
            return Enumerable
                .Range(0, 20)
                .Average(_ =>
                {
                    random.FillBits(from);
                    random.FillBits(to);
                    new Relinking(moves, Some.Context(), random).Walk(from, to, isGreedy);
                    return moves.Energy;
                });
        }

        Mean(true).Should().BeLessThan(Mean(false) - 100);
    }

    [Fact]
    public void Neighbours_have_no_path_between_them()
    {
        var problem = Some.Qubo(10);
        var relinking = new Relinking(FlipMoves.Of(problem, null), Some.Context(), Xoshiro256.FromSeed(1, "x"));

        relinking.Walk(new sbyte[10], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0], true).Should().BeFalse();
        relinking.Walk(new sbyte[10], [1, 1, 1, 0, 0, 0, 0, 0, 0, 0], true).Should().BeTrue();
    }

    [Fact]
    public void An_evaluations_budget_stops_a_path_before_it_is_exceeded()
    {
        var problem = Some.Qubo(100);
        var context = Some.Context(budget: new() { Evaluations = 500 });
        var ones = Enumerable.Repeat((sbyte)1, 100).ToArray();

        new Relinking(FlipMoves.Of(problem, null), context, Xoshiro256.FromSeed(1, "x"))
            .Walk(new sbyte[100], ones, true)
            .Should()
            .BeFalse();

        context.Evaluations.Should().BeInRange(400, 500);
    }

    [Fact]
    public void A_population_keeps_the_best_distinct_answers_and_relinks_each_pair_both_ways()
    {
        var population = new ElitePopulation(3);
        population.Offer([0, 0], 5).Should().BeTrue();
        population.Offer([0, 1], 3).Should().BeTrue();
        population.Offer([0, 1], 3).Should().BeFalse("it is in");
        population.Offer([1, 0], 4).Should().BeTrue();
        population.IsFull.Should().BeTrue();
        population.Offer([1, 1], 5).Should().BeFalse("a tie with the worst is no gain");
        population.Offer([1, 1], 2).Should().BeTrue();

        var random = Xoshiro256.FromSeed(1, "pairs");
        var pairs = new List<string>();
        while (population.TryTakePair(random, out var from, out var to))
            pairs.Add($"{from[0]}{from[1]}-{to[0]}{to[1]}");

        pairs.Should().BeEquivalentTo("01-10", "10-01", "01-11", "11-01", "10-11", "11-10");
    }

    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData(3, null, null, null, null)]
    [InlineData(null, RelinkingPath.Greedy, null, null, null)]
    [InlineData(null, RelinkingPath.Random, null, null, null)]
    [InlineData(null, null, 50, null, null)]
    [InlineData(null, null, null, 30, null)]
    [InlineData(null, null, null, null, 1)]
    public void Every_option_changes_the_run(
        int? population,
        RelinkingPath? path,
        int? patience,
        int? tenure,
        int? populations
    )
    {
        var defaults = new PathRelinkingOptions();
        var (plain, context) = (new SolveContext(new(), 1), new SolveContext(new(), 1));
        var problem = Some.Qubo(150, 0.2);
        Solve(problem, new(), plain);

        Solve(
            problem,
            new()
            {
                Population = population ?? defaults.Population,
                Path = path ?? defaults.Path,
                Patience = patience,
                Tenure = tenure,
                Populations = populations,
            },
            context
        );

        var isChanged = population ?? patience ?? tenure ?? populations ?? (int?)path;
        (context.Evaluations == plain.Evaluations).Should().Be(isChanged is null);
    }

    [Fact]
    public void It_starts_from_the_initial_solution()
    {
        var problem = Some.Qubo(60, 0.5);
        var best = ((SolveOutcome.Found)Solve(problem, new())).Best;
        var context = new SolveContext(new() { Evaluations = 1 }, 1) { InitialSolution = best };

        var found = (SolveOutcome.Found)Solve(problem, new(), context);

        found.Best.Should().Be(best);
    }

    private static SolveOutcome Solve(
        QuboProblem problem,
        PathRelinkingOptions options,
        SolveContext? context = null
    ) => new PathRelinkingSolver().Solve(problem, options, context ?? new(new(), 1));

    private static int Distance(sbyte[] a, sbyte[] b) => a.Zip(b).Count(p => p.First != p.Second);
}
