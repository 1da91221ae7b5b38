using System.Collections.Concurrent;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.Presolve;
using static QuantumAiWorkflows.UnitTests.Solvers.Presolve.ReducibleProblems;

namespace QuantumAiWorkflows.UnitTests.Solvers.Presolve;

/// <summary>What a presolve promises, whatever it did: optimum, objectives, starts, and counts that add up.</summary>
public sealed class PresolvedQuboTests
{
    private static readonly Func<bool> Never = () => false;

    [Fact]
    public void The_optimum_before_is_the_optimum_after_on_ten_thousand_problems()
    {
        var seen = new ConcurrentBag<PresolveMetrics>();
        Gen.Select(Cases(), Limits)
            .Sample(
                (c, limits) =>
                {
                    var problem = c.Problem();
                    var presolved = PresolvedQubo.Of(problem, limits, Never);
                    seen.Add(presolved.Metrics);

                    var lifted = presolved.Lift([.. presolved.Remainders.Select(BestAnswer)]);

                    problem.Evaluate(lifted).Objective.Should().BeApproximately(Best(problem), Rounding(problem));
                },
                iter: 10_000
            );

        // Every reduction has had its share in it (weak persistencies the least, some forty), and often something was left.
        var removed = seen.Select(m => m.Removed).ToList();
        foreach (
            var count in new Func<PresolveRemovals, int>[]
            {
                r => r.Isolated,
                r => r.Dominance,
                r => r.DegreeOne,
                r => r.DegreeTwo,
                r => r.StrongPersistency,
                r => r.WeakPersistency,
                r => r.Width,
            }
        )
            removed.Count(r => count(r) > 0).Should().BeGreaterThan(10);
        seen.Count(m => m.VariablesLeft > 0).Should().BeGreaterThan(2_000);
    }

    [Fact]
    public void Any_answer_of_the_remainders_has_the_objective_that_they_promise() =>
        Gen.Select(Cases(40), Limits, Gen.Long[0, 1_000_000])
            .Sample(
                (c, limits, seed) =>
                {
                    var problem = c.Problem();
                    var presolved = PresolvedQubo.Of(problem, limits, Never);
                    var random = Xoshiro256.FromSeed((ulong)seed, "answers");
                    var answers = presolved
                        .Remainders.Select(r =>
                            r.FromBits([.. Enumerable.Range(0, r.NumVariables).Select(_ => (sbyte)random.NextInt32(2))])
                        )
                        .ToList();

                    var promised =
                        presolved.Constant
                        + presolved.Remainders.Zip(answers).Sum(p => p.First.Evaluate(p.Second).Objective);

                    problem
                        .Evaluate(presolved.Lift(answers))
                        .Objective.Should()
                        .BeApproximately(promised, Rounding(problem));
                },
                iter: 3_000
            );

    [Fact]
    public void An_answer_taken_to_the_remainders_and_back_is_never_worse() =>
        Gen.Select(Cases(40), Limits, Gen.Long[0, 1_000_000])
            .Sample(
                (c, limits, seed) =>
                {
                    var problem = c.Problem();
                    var presolved = PresolvedQubo.Of(problem, limits, Never);
                    var random = Xoshiro256.FromSeed((ulong)seed, "answer");
                    var answer = problem.FromBits([
                        .. Enumerable.Range(0, c.N).Select(_ => (sbyte)random.NextInt32(2)),
                    ]);

                    var back = presolved.Lift(presolved.Restrict(answer));

                    var change = problem.Evaluate(back).Objective - problem.Evaluate(answer).Objective;
                    problem.ToOwnSense(change).Should().BeLessThanOrEqualTo(Rounding(problem));
                },
                iter: 3_000
            );

    [Fact]
    public void Counts_add_up() =>
        Gen.Select(Cases(40), Limits)
            .Sample(
                (c, limits) =>
                {
                    var problem = c.Problem();

                    var presolved = PresolvedQubo.Of(problem, limits, Never);

                    var (metrics, removed) = (presolved.Metrics, presolved.Metrics.Removed);
                    metrics.Variables.Should().Be(problem.NumVariables);
                    metrics.Interactions.Should().Be(problem.NumInteractions);
                    metrics
                        .VariablesLeft.Should()
                        .Be(presolved.Remainders.Sum(r => r.NumVariables))
                        .And.Be(
                            problem.NumVariables
                                - removed.Isolated
                                - removed.Dominance
                                - removed.DegreeOne
                                - removed.DegreeTwo
                                - removed.StrongPersistency
                                - removed.WeakPersistency
                                - removed.Width
                        );
                    metrics.InteractionsLeft.Should().Be(presolved.Remainders.Sum(r => r.NumInteractions));
                    metrics.Components.Should().Be(presolved.Remainders.Count);
                    if (metrics.Width is { } width)
                        width.Should().BeLessThanOrEqualTo(limits.MaxWidth);
                },
                iter: 1_000
            );

    [Fact]
    public void Whole_problems_of_few_variables_are_solved_outright() =>
        Cases(20)
            .Where(c => c.Numbers != Numbers.Real)
            .Sample(
                c => PresolvedQubo.Of(c.Problem(), PresolveLimits.Default, Never).Remainders.Should().BeEmpty(),
                iter: 500
            );

    [Fact]
    public void A_long_path_is_eliminated_from_its_ends()
    {
        const int N = 200_000;
        var problem = Of(N, Enumerable.Range(1, N - 1).Select(i => (i - 1, i, i % 3 - 1.5)));

        var removed = PresolvedQubo.Of(problem, PresolveLimits.Default, Never).Metrics;

        removed.VariablesLeft.Should().Be(0);
        removed.Removed.DegreeOne.Should().BeGreaterThan(N / 4);
    }

    [Fact]
    public void Two_hubs_with_many_common_neighbours_become_one_coupling()
    {
        const int Common = 50_000;
        var problem = Of(
            Common + 2,
            Enumerable
                .Range(2, Common)
                .SelectMany(i =>
                    new (int, int, double)[] { (i, i, i % 7 - 3), (0, i, i % 5 - 1.5), (1, i, 2.5 - i % 6) }
                )
        );

        var metrics = PresolvedQubo.Of(problem, PresolveLimits.Default, Never).Metrics;

        metrics.VariablesLeft.Should().Be(0);
        metrics.Removed.DegreeTwo.Should().BeGreaterThan(Common / 4);
    }

    [Fact]
    public void Parts_that_are_too_wide_are_left_apart_and_very_small_ones_together()
    {
        // Two complete graphs of 30 and one of 5, none of which a width of 3 takes; magnetic enough that nothing is dominated.
        var terms = new List<(int, int, double)>();
        foreach (var (from, size) in new[] { (0, 30), (30, 30), (60, 5), (65, 5) })
            for (var i = from; i < from + size; i++)
            {
                terms.Add((i, i, -(size - 1)));
                for (var j = i + 1; j < from + size; j++)
                    terms.Add((i, j, 2));
            }

        var presolved = PresolvedQubo.Of(Of(70, terms), PresolveLimits.Default with { MaxWidth = 3 }, Never);

        presolved.Remainders.Select(r => r.NumVariables).Should().Equal(10, 30, 30);
    }

    [Fact]
    public void A_problem_that_nothing_can_be_removed_from_is_handed_on_as_it_is()
    {
        var problem = Some.Qubo(60, 1, 3, Sense.Maximize, Vartype.Spin);

        var presolved = PresolvedQubo.Of(problem, PresolveLimits.Default, Never);

        presolved.Remainders.Should().ContainSingle().Which.Should().BeSameAs(problem);
    }

    [Fact]
    public void A_stop_leaves_what_is_not_done_and_says_so()
    {
        var problem = Some.Qubo(30, 0.1);

        var presolved = PresolvedQubo.Of(problem, PresolveLimits.Default, () => true);

        presolved.Metrics.Skipped.Should().Contain(s => s.Stage == "all");
        presolved.Metrics.VariablesLeft.Should().BeGreaterThan(0);
        var answers = presolved.Remainders.Select(r => r.FromBits(new sbyte[r.NumVariables])).ToList();
        problem
            .Evaluate(presolved.Lift(answers))
            .Objective.Should()
            .Be(presolved.Constant + presolved.Remainders.Zip(answers).Sum(p => p.First.Evaluate(p.Second).Objective));
    }

    [Fact]
    public void Stages_beyond_their_limits_are_named_with_the_numbers()
    {
        var limits = PresolveLimits.Default with { MaxFlowTerms = 100, MaxPairs = 10, MaxTableCells = 100 };
        // A wheel of triangles: degree two all around, and a width of two.
        var problem = Of(
            101,
            Enumerable
                .Range(0, 50)
                .SelectMany(k =>
                    new (int, int, double)[]
                    {
                        (2 * k, 2 * k, -3),
                        (2 * k + 1, 2 * k + 1, -3),
                        (2 * k, 2 * k + 1, 5),
                        (2 * k, 100, 4),
                        (2 * k + 1, 100, -5),
                    }
                )
        );

        var skipped = PresolvedQubo
            .Of(problem, limits, Never)
            .Metrics.Skipped.ToDictionary(s => s.Stage, s => s.Reason);

        skipped["degreeTwo"].Should().EndWith("interactions, the limit is 10");
        skipped["roofDuality"].Should().EndWith("variables and interactions, the limit is 100");
        skipped["width"].Should().EndWith("cells of tables, the limit is 100 in all");
    }

    /// <summary>An optimum by all assignments; of more than 14 variables there is none in these tests.</summary>
    private static QuboSolution BestAnswer(QuboProblem problem)
    {
        var best = Best(problem);
        return Every
            .Assignment(problem.NumVariables)
            .Select(bits => problem.FromBits(bits))
            .First(a => Math.Abs(problem.Evaluate(a).Objective - best) <= Rounding(problem));
    }
}
