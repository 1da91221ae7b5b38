using System.Text.Json.Nodes;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.UnitTests.Problems.Encodings;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

public sealed class FeatureEncodingTests : EncodingContract
{
    protected override IEnumerable<Problem> Problems =>
        [
            SomeFeatures.Read(SomeFeatures.Scores(7, seed: 1, size: 3)),
            SomeFeatures.Read(SomeFeatures.Scores(7, seed: 2, size: 4, exactly: false)),
            SomeFeatures.Read(SomeFeatures.Scores(6, seed: 3, size: 1, exactly: false)),
            SomeFeatures.Read(SomeFeatures.Table(size: 3)),
            SomeFeatures.Read(Ruled(exactly: true)),
            SomeFeatures.Read(Ruled(exactly: false)),
        ];

    protected override Solution? Feasible(Problem problem, Xoshiro256 random)
    {
        var all = Subsets((FeatureSelectionProblem)problem).Where(s => problem.Evaluate(s).IsFeasible).ToList();
        return all.Count == 0 ? null : all[random.NextInt32(all.Count)];
    }

    [Fact]
    public void The_constraints_of_the_model_are_those_of_the_referee_at_every_subset()
    {
        foreach (var problem in Problems.Cast<FeatureSelectionProblem>())
        {
            var encoding = Encoded(problem, new());
            foreach (var subset in Subsets(problem))
            {
                var evaluation = problem.Evaluate(subset);
                if (encoding.Encode(subset) is not { } bits)
                {
                    evaluation.Violations.Should().Contain(v => v.Constraint == "require" || v.Constraint == "exclude");
                    continue;
                }
                encoding.Decode(bits).Should().Be(subset);
                encoding.IsFeasible(bits).Should().Be(evaluation.IsFeasible);
                if (evaluation.IsFeasible)
                    Energy(encoding, bits).Should().BeApproximately(evaluation.Objective, 1e-9);
            }
        }
    }

    [Fact]
    public void Required_and_excluded_features_have_no_variables_and_exact_size_no_slack()
    {
        var encoding = Encoded(SomeFeatures.Read(Ruled(exactly: true)), new());

        encoding
            .Variables.Where(v => v.Kind == VariableKind.Decision)
            .Select(v => v.Name)
            .Should()
            .Equal("f1", "f2", "f3", "f5", "f6");
        encoding.Constraints.Single(c => c.Name == "size").Pattern.Should().Be(ConstraintPattern.Equality);
        // One of the two is required already, so at most one of the others in the group may come.
        encoding
            .Constraints.Single(c => c.Name == "group[0].atMost")
            .Pattern.Should()
            .Be(ConstraintPattern.AtMostOneOfTwo);
        var budget = encoding.Constraints.Single(c => c.Name == "budget");
        (budget.Pattern, budget.Scale).Should().Be((ConstraintPattern.Slack, 4.0));
        budget.AddedVariables.Should().Be(3);
    }

    [Fact]
    public void At_most_as_many_as_there_are_needs_no_slack_and_fewer_do()
    {
        Size(SomeFeatures.Scores(6, size: 6, exactly: false)).Pattern.Should().Be(ConstraintPattern.Always);
        Size(SomeFeatures.Scores(6, size: 1, exactly: false)).Pattern.Should().Be(ConstraintPattern.AtMostOne);
        Size(SomeFeatures.Scores(6, size: 4, exactly: false)).AddedVariables.Should().Be(3);

        static EncodedConstraint Size(JsonObject json) =>
            Encoded(SomeFeatures.Read(json), new()).Constraints.Single(c => c.Name == "size");
    }

    [Fact]
    public void Costs_that_no_whole_slack_can_hold_are_refused_with_the_constraint_and_the_numbers()
    {
        var problem = SomeFeatures.Scores(6, size: 3);
        problem["costs"] = new JsonObject { ["f0"] = 123.456789, ["f1"] = 77.000001 };
        problem["budget"] = 150;

        var refused = SomeFeatures.Read(problem).Encode(new()).Should().BeOfType<EncodingResult.Refused>().Subject;

        refused.Reason.Should().Contain("Constraint budget").And.Contain("the limit is 67108864");
        refused.Needed.Should().Be(350_456_790 / 3.0, "three is a factor of all of them");
    }

    [Fact]
    public void Required_features_beyond_the_budget_are_refused()
    {
        var problem = SomeFeatures.Scores(6, size: 3);
        (problem["costs"], problem["budget"]) = (new JsonObject { ["f0"] = 2 }, 1);
        problem["require"] = new JsonArray("f0");

        SomeFeatures
            .Read(problem)
            .Encode(new())
            .Should()
            .BeOfType<EncodingResult.Refused>()
            .Which.Reason.Should()
            .StartWith("Constraint budget cannot hold");
    }

    [Fact]
    public void Pairs_of_a_table_are_counted_before_any_is_computed()
    {
        var refused = SomeFeatures
            .Read(SomeFeatures.Table(rows: 2, numbers: 2_600, size: 2))
            .Encode(new())
            .Should()
            .BeOfType<EncodingResult.Refused>()
            .Subject;

        (refused.Needed, refused.Limit, refused.Unit)
            .Should()
            .Be((2601.0 * 2600 / 2, EncodingLimits.MaxProducts, "interaction"));
    }

    [Fact]
    public void Repair_makes_a_feasible_subset_of_any()
    {
        foreach (var problem in Problems.Cast<FeatureSelectionProblem>())
        {
            var encoding = Encoded(problem, new() { Repair = RepairChoice.Default });
            foreach (var subset in Subsets(problem))
                problem.Evaluate(encoding.Repair(subset)).Violations.Should().BeEmpty();
        }
    }

    [Fact]
    public void Repair_leaves_a_feasible_subset_as_it_is()
    {
        foreach (var problem in Problems.Cast<FeatureSelectionProblem>())
        {
            var encoding = Encoded(problem, new() { Repair = RepairChoice.Default });
            foreach (var subset in Subsets(problem).Where(s => problem.Evaluate(s).IsFeasible))
                encoding.Repair(subset).Should().Be(subset);
        }
    }

    /// <summary>Eight features with everything that can be asked for; costs in quarters.</summary>
    private static JsonObject Ruled(bool exactly)
    {
        var problem = SomeFeatures.Scores(8, seed: 4, size: 3, exactly: exactly);
        problem["costs"] = new JsonObject
        {
            ["f0"] = 0.5,
            ["f1"] = 0.75,
            ["f2"] = 0.25,
            ["f5"] = 1,
        };
        problem["budget"] = 1.5;
        problem["require"] = new JsonArray("f0");
        problem["exclude"] = new JsonArray("f4", "f7");
        problem["groups"] = new JsonArray(
            new JsonObject { ["features"] = new JsonArray("f0", "f1", "f2"), ["atMost"] = 2 },
            new JsonObject { ["features"] = new JsonArray("f3", "f5", "f6"), ["atLeast"] = 1 }
        );
        return problem;
    }

    private static IEnumerable<FeatureSelectionSolution> Subsets(FeatureSelectionProblem problem) =>
        Every
            .Assignment(problem.NumVariables)
            .Select(bits => new FeatureSelectionSolution(Enumerable.Range(0, bits.Length).Where(i => bits[i] == 1)));
}
