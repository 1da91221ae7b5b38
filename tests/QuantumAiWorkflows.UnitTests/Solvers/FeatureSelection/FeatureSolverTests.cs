using System.Text.Json.Nodes;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Solvers.FeatureSelection;

public sealed class FeatureSolverTests
{
    /// <summary>Sizes whose pair weights are powers of two, so that quarters stay exact and a proof is one.</summary>
    [Fact]
    public void Cp_sat_proves_the_best_of_all_subsets()
    {
        foreach (
            var (count, size, exactly, seed) in new[]
            {
                (6, 2, true, 1),
                (9, 3, true, 2),
                (12, 5, true, 3),
                (10, 3, false, 4),
                (12, 5, false, 5),
            }
        )
        {
            var problem = SomeFeatures.Read(SomeFeatures.Scores(count, seed, size, exactly: exactly));

            var outcome = Solve("cp-sat", problem, new());

            var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
            found.IsProven.Should().BeTrue();
            problem.Evaluate(found.Best).Objective.Should().Be(SomeFeatures.Best(problem)!.Value);
            Referee.Judge(problem, outcome).Status.Should().Be(ResultStatus.Optimal);
        }
    }

    [Fact]
    public void Cp_sat_claims_a_bound_and_no_proof_where_it_had_to_round()
    {
        var problem = SomeFeatures.Read(SomeFeatures.Table(rows: 50, numbers: 9, size: 4));
        var best = SomeFeatures.Best(problem)!.Value;

        var outcome = Solve("cp-sat", problem, new());

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeFalse();
        found.Bound.Should().BeInRange(best, best + 1e-8);
        found.Scale.Should().NotBeNull();
        problem.Evaluate(found.Best).Objective.Should().Be(best);
        Referee.Judge(problem, outcome).Status.Should().Be(ResultStatus.Feasible);
    }

    [Fact]
    public void Cp_sat_refuses_more_pairs_than_it_can_bound()
    {
        var large = SomeFeatures.Read(SomeFeatures.Table(rows: 4, numbers: 300));
        var solver = Registered.All.Single(s => s.Info.Id == "cp-sat");

        var refused = solver
            .Check(large, Registered.Options(solver), new())
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Subject;

        (refused.Needed, refused.Limit).Should().Be((301 * 300 / 2, 20_000));
        var alone = SomeFeatures.Table(rows: 4, numbers: 300);
        alone["alpha"] = 0;
        solver
            .Check(SomeFeatures.Read(alone), Registered.Options(solver), new())
            .Should()
            .Be(Applicability.Yes, "without alpha there are no pairs");
    }

    [Theory]
    [InlineData("tabu")]
    [InlineData("simulated-annealing")]
    public void Local_search_is_never_below_its_greedy_baseline(string id)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var problem = SomeFeatures.Read(SomeFeatures.Scores(40, seed, size: 9));
            var greedy = ((SolveOutcome.Found)Solve("greedy-mrmr", problem, new())).Best;

            var found = (SolveOutcome.Found)Solve(id, problem, new() { Evaluations = 400_000 });

            problem.Evaluate(found.Best).Objective.Should().BeGreaterThanOrEqualTo(problem.Evaluate(greedy).Objective);
        }
    }

    [Fact]
    public void Greedy_adds_what_is_relevant_and_not_redundant()
    {
        // b is as good as a and nearly its copy; c is weaker and new.
        var problem = SomeFeatures.Read(
            (JsonObject)
                JsonNode.Parse(
                    """
                    {"family":"feature-selection","scores":{"names":["a","b","c"],"relevance":[1,0.9,0.5],
                     "redundancy":{"row":[0],"col":[1],"value":[0.95]}},"size":{"exactly":2}}
                    """
                )!
        );

        var found = (SolveOutcome.Found)Solve("greedy-mrmr", problem, new());

        problem.SolutionToJson(found.Best).ToJsonString().Should().Be("""{"features":["a","c"]}""");
    }

    /// <summary>All that a subset keeps up to date, after many changes, is what the problem computes afresh.</summary>
    [Fact]
    public void A_subset_keeps_objective_violation_and_gains_up_to_date()
    {
        var json = SomeFeatures.Scores(10, seed: 7, size: 5);
        json["costs"] = JsonNode.Parse("""{"f0":2,"f3":1,"f4":3}""");
        json["budget"] = 3;
        json["groups"] = JsonNode.Parse(
            """[{"features":["f0","f1","f2"],"atMost":1},{"features":["f2","f3","f9"],"atLeast":2}]"""
        );
        var problem = SomeFeatures.Read(json);
        var subset = new Subset(problem, new RedundancyRows(problem, Some.Context()));
        var random = Xoshiro256.FromSeed(1, "subset");
        RandomSubset.Draw(subset, random);
        for (var step = 0; step < 300; step++)
        {
            int[] inside = [.. subset.Members];
            int[] outside = [.. Enumerable.Range(0, 10).Except(inside)];
            var removed = inside.Length > 0 && random.NextInt32(3) > 0 ? inside[random.NextInt32(inside.Length)] : -1;
            var added = outside.Length > 0 && random.NextInt32(3) > 0 ? outside[random.NextInt32(outside.Length)] : -1;
            var before = subset.Objective;
            var gain = (removed, added) switch
            {
                (-1, -1) => 0,
                (-1, _) => subset.GainOfAdding(added),
                (_, -1) => subset.GainOfRemoving(removed),
                _ => subset.GainOfExchanging(removed, added),
            };
            var violation = subset.ViolationAfter(removed, added);

            subset.Exchange(removed, added);

            subset.Objective.Should().BeApproximately(before + gain, 1e-12);
            subset.Violation.Should().BeApproximately(violation, 1e-12);
            var evaluation = problem.Evaluate(new FeatureSelectionSolution(subset.Members));
            subset.ExactObjective().Should().Be(evaluation.Objective);
            subset.Objective.Should().BeApproximately(evaluation.Objective, 1e-12);
            // A unit of cost over the budget counts as a third of a feature: the dearest one costs 3.
            subset
                .Violation.Should()
                .BeApproximately(evaluation.Violations.Sum(v => v.Unit == "cost" ? v.Amount / 3 : v.Amount), 1e-9);
        }
    }

    [Fact]
    public void Ten_planted_features_among_5000_are_found_by_the_familys_default()
    {
        var problem = Planted(5_000, 1_000);
        var budget = new SolveBudget { Evaluations = 500_000 };
        var solver = FeatureSelectionFamily
            .Instance.ClassicalSolvers.Select(id => Registered.All.Single(s => s.Info.Id == id))
            .First(s => s.Check(problem, Registered.Options(s), budget) is Applicability.Supported);

        var found = (SolveOutcome.Found)
            solver.Solve(problem, Registered.Options(solver), Registered.Context(solver, budget));

        solver.Info.Id.Should().Be("tabu");
        ((FeatureSelectionSolution)found.Best)
            .Features.Should()
            .Equal(Enumerable.Range(0, 10).Select(i => 500 * i + 7));
    }

    /// <summary>
    /// The target is the sum of ten independent columns; each has five noisy copies, some more relevant than the weaker of the ten, so that
    /// relevance alone chooses copies.
    /// </summary>
    private static FeatureSelectionProblem Planted(int count, int rows)
    {
        var random = Xoshiro256.FromSeed(5, "planted");
        var columns = new double[count][];
        for (var i = 0; i < count; i++)
            columns[i] = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)];
        var target = new double[rows];
        for (var i = 0; i < 10; i++)
        {
            var planted = columns[500 * i + 7];
            for (var copy = 1; copy <= 5; copy++)
            for (var r = 0; r < rows; r++)
                columns[500 * i + 7 + copy][r] = planted[r] + 0.8 * columns[500 * i + 7 + copy][r];
            for (var r = 0; r < rows; r++)
                target[r] += (1 + 0.05 * i) * planted[r];
        }
        var names = Enumerable.Range(0, count).Select(i => $"x{i}").ToArray();
        var table = new FeatureTable(
            [.. names.Select((n, i) => TableColumn.Numeric(n, columns[i]))],
            TableColumn.Numeric("y", target),
            SelectionTask.Regression
        );
        return new(
            names,
            table,
            null,
            Criterion.Pearson,
            1,
            new(10, true, null, 0, [], new bool[count], new bool[count])
        );
    }

    private static SolveOutcome Solve(string id, FeatureSelectionProblem problem, SolveBudget budget)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        return solver.Solve(problem, Registered.Options(solver), Registered.Context(solver, budget));
    }
}
