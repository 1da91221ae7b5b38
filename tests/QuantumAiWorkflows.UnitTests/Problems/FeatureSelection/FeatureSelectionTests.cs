using System.Text.Json.Nodes;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

public sealed class FeatureSelectionTests
{
    /// <summary>Relevance 4, 3, 2, 1; the first two have 2 in common, the first and third 1.</summary>
    private static JsonObject Four(double alpha = 1, int size = 3, string rule = "exactly") =>
        (JsonObject)
            JsonNode.Parse(
                $$"""
                {"family":"feature-selection",
                 "scores":{"names":["a","b","c","d"],"relevance":[4,3,2,1],
                           "redundancy":{"row":[0,2],"col":[1,0],"value":[2,1]} },
                 "alpha":{{alpha.ToString(
                    System.Globalization.CultureInfo.InvariantCulture
                )}},"size":{"{{rule}}":{{size}} } }
                """
            )!;

    [Fact]
    public void The_objective_is_relevance_minus_alpha_times_the_mean_redundancy_of_each()
    {
        var problem = SomeFeatures.Read(Four());

        // 9 - 2/(3 - 1) · (2 + 1): each pair counts for both of its features, over the two others of each.
        Objective(problem, "a", "b", "c").Should().Be(6);
        Objective(problem, "b", "c", "d").Should().Be(6);
        Objective(problem, "a", "b", "d").Should().Be(6);
        Objective(problem, "a", "c", "d").Should().Be(6);
        Objective(SomeFeatures.Read(Four(alpha: 0.5)), "a", "b", "c").Should().Be(7.5);
        Objective(SomeFeatures.Read(Four(size: 1)), "a").Should().Be(4);
        Objective(SomeFeatures.Read(Four(size: 2, rule: "atMost")), "a").Should().Be(4);
        Objective(SomeFeatures.Read(Four(size: 2)), "a", "b").Should().Be(3, "2/(2 - 1) · 2 are taken off");
    }

    [Fact]
    public void Alpha_0_is_relevance_alone()
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(10, seed: 5, size: 4, alpha: 0));

        SomeFeatures.Best(problem).Should().Be(problem.Scores.Relevance.OrderDescending().Take(4).Sum());
    }

    [Fact]
    public void Alpha_1_is_the_difference_of_relevance_and_mean_redundancy()
    {
        var problem = SomeFeatures.Read(SomeFeatures.Table(size: 3));
        var one = SomeFeatures.Table(size: 3);
        one["alpha"] = 1;
        var full = SomeFeatures.Read(one);
        int[] chosen = [0, 3, 5];

        var expected = chosen.Sum(i =>
            full.Scores.Relevance[i] - chosen.Where(j => j != i).Average(j => full.Scores.Redundancy(i, j))
        );
        full.Evaluate(new FeatureSelectionSolution(chosen)).Objective.Should().BeApproximately(expected, 1e-12);
        problem.Evaluate(new FeatureSelectionSolution(chosen)).Objective.Should().BeGreaterThan(expected);
    }

    [Theory]
    [InlineData("size", "/size/exactly", 1, "a", "b")]
    [InlineData("size", "/size/exactly", 1, "a", "b", "c", "d")]
    [InlineData("size", "/size/exactly", 3)]
    public void A_wrong_size_is_a_violation(string constraint, string pointer, double amount, params string[] names)
    {
        var problem = SomeFeatures.Read(Four());

        var violation = problem
            .Evaluate(SomeFeatures.Chosen(problem, names))
            .Violations.Should()
            .ContainSingle()
            .Subject;

        (violation.Constraint, violation.Pointer, violation.Amount).Should().Be((constraint, pointer, amount));
    }

    [Fact]
    public void Fewer_are_allowed_where_the_size_is_a_limit()
    {
        var problem = SomeFeatures.Read(Four(rule: "atMost"));

        problem.Evaluate(SomeFeatures.Chosen(problem)).IsFeasible.Should().BeTrue();
        problem
            .Evaluate(SomeFeatures.Chosen(problem, "a", "b", "c", "d"))
            .Violations.Single()
            .Pointer.Should()
            .Be("/size/atMost");
    }

    [Fact]
    public void Every_constraint_is_refereed()
    {
        var json = Four();
        json["costs"] = new JsonObject
        {
            ["a"] = 0.1,
            ["b"] = 0.2,
            ["d"] = 5,
        };
        json["budget"] = 0.3;
        json["groups"] = JsonNode.Parse(
            """[{"features":["a","c"],"atMost":1},{"name":"some","features":["d","c"],"atLeast":1}]"""
        );
        json["require"] = new JsonArray("a");
        json["exclude"] = new JsonArray("d");
        var problem = SomeFeatures.Read(json);

        Violations(problem, "a", "b", "c").Should().Equal(("group", "/groups/0/atMost", 1));
        Violations(problem, "a", "b", "d").Should().Equal(("exclude", "/exclude", 1), ("budget", "/budget", 5));
        Violations(problem, "b", "c", "d")
            .Should()
            .Equal(("require", "/require", 1), ("exclude", "/exclude", 1), ("budget", "/budget", 4.9));
        Violations(problem, "a", "b").Should().Equal(("size", "/size/exactly", 1), ("group", "/groups/1/atLeast", 1));
    }

    [Fact]
    public void Tenths_of_a_cost_meet_their_budget_exactly()
    {
        var json = Four(size: 2);
        json["costs"] = new JsonObject { ["a"] = 0.1, ["b"] = 0.2 };
        json["budget"] = 0.3;
        var problem = SomeFeatures.Read(json);

        problem.Evaluate(SomeFeatures.Chosen(problem, "a", "b")).IsFeasible.Should().BeTrue();
    }

    [Fact]
    public void An_answer_that_names_no_feature_or_one_twice_is_no_crash()
    {
        var problem = SomeFeatures.Read(Four());

        var evaluation = problem.Evaluate(new FeatureSelectionSolution([0, 0, 1, 99, -1]));

        evaluation.Violations.Select(v => v.Constraint).Should().Contain(["unknownFeature", "duplicate", "size"]);
        evaluation.Objective.Should().Be(7 - 2);
    }

    [Fact]
    public void Details_say_what_was_chosen_and_why_the_others_were_not()
    {
        var json = Four(size: 2);
        json["exclude"] = new JsonArray("d");
        var problem = SomeFeatures.Read(json);

        var details = problem.Details(SomeFeatures.Chosen(problem, "b", "c"))!;

        details["chosen"]!.AsArray().Select(c => (string?)c!["feature"]).Should().Equal("b", "c");
        var first = details["leftOut"]![0]!;
        ((string?)first["feature"]).Should().Be("a");
        ((string?)first["reason"]).Should().Be("violates");
        ((string?)first["mostRedundantWith"]).Should().Be("b");
        // For b, which has 2 in common with it: a and c have 6 - 2, b and c 5. For c: a and b have 7 - 4.
        ((string?)first["bestExchange"]!["for"])
            .Should()
            .Be("b");
        ((double)first["bestExchange"]!["change"]!).Should().Be(-1);
        ((string?)details["leftOut"]![1]!["reason"]).Should().Be("excluded");
    }

    [Fact]
    public void Exchanges_in_details_change_the_objective_by_what_they_say()
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(9, seed: 3, size: 4));
        int[] chosen = [0, 2, 5, 8];
        var before = problem.Objective(chosen);

        foreach (var item in problem.Details(new FeatureSelectionSolution(chosen))!["leftOut"]!.AsArray())
        {
            var (added, removed) = (
                problem.IndexOf((string)item!["feature"]!)!.Value,
                problem.IndexOf((string)item["bestExchange"]!["for"]!)!.Value
            );
            int[] after = [.. chosen.Where(f => f != removed).Append(added).Order()];
            (problem.Objective(after) - before)
                .Should()
                .BeApproximately((double)item["bestExchange"]!["change"]!, 1e-12);
        }
    }

    [Theory]
    [InlineData("pearson")]
    [InlineData("spearman")]
    [InlineData("mutualInformation")]
    public void Scores_of_a_table_pose_the_same_problem(string criterion)
    {
        var table = SomeFeatures.Read(SomeFeatures.Table(criterion: criterion));
        var (row, column, value) = (new JsonArray(), new JsonArray(), new JsonArray());
        for (var i = 0; i < table.NumVariables; i++)
        for (var j = 0; j < i; j++)
        {
            row.Add(i);
            column.Add(j);
            value.Add(table.Scores.Redundancy(i, j));
        }
        var scores = SomeFeatures.Read(
            new JsonObject
            {
                ["family"] = "feature-selection",
                ["scores"] = new JsonObject
                {
                    ["names"] = new JsonArray([.. table.Names.Select(n => (JsonNode)n)]),
                    ["relevance"] = new JsonArray([.. table.Scores.Relevance.Select(r => (JsonNode)r)]),
                    ["redundancy"] = new JsonObject
                    {
                        ["row"] = row,
                        ["col"] = column,
                        ["value"] = value,
                    },
                },
                ["alpha"] = table.Alpha,
                ["size"] = new JsonObject { ["exactly"] = table.Constraints.Size },
            }
        );

        for (var mask = 0; mask < 1 << table.NumVariables; mask++)
        {
            var subset = new FeatureSelectionSolution(
                Enumerable.Range(0, table.NumVariables).Where(i => ((mask >> i) & 1) == 1)
            );
            scores.Evaluate(subset).Objective.Should().Be(table.Evaluate(subset).Objective);
        }
    }

    [Fact]
    public void Dense_sparse_and_coordinate_tables_are_one_problem()
    {
        const string Rest = """ "target":"y","task":"regression","size":{"atMost":2}}""";
        const string Columns =
            """{"family":"feature-selection","table":{"columns":[{"name":"a"},{"name":"b","type":"numeric"},{"name":"y"}],""";
        var dense = Id($$"""{{Columns}}"rows":[[0,1.5,1],[2,0,0],[0,-3,5]]},{{Rest}}""");
        var sparse = Id($$"""{{Columns}}"rows":[{"y":1,"b":1.5},{"a":2.0},{"b":-3,"y":5}]},{{Rest}}""");
        var mixed = Id($$"""{{Columns}}"rows":[{"b":1.50,"y":1},[2,-0.0,0],{"b":-3,"y":5,"a":0}]},{{Rest}}""");
        var coordinates = Id(
            $$"""{{Columns}}"coo":{"numRows":3,"row":[2,0,1,0,2],"col":[1,1,0,2,2],"value":[-3,1.5,2,1,5]} },{{Rest}}"""
        );

        new[] { sparse, mixed, coordinates }.Should().AllBe(dense);
        Id($$"""{{Columns}}"rows":[[0,1.5,1],[2,0,0],[0,-3,6]]},{{Rest}}""").Should().NotBe(dense);
    }

    [Fact]
    public void The_order_of_pairs_rules_and_members_does_not_change_the_identity()
    {
        var one = Four();
        one["require"] = new JsonArray("a", "c");
        one["name"] = "first";
        var other = Four();
        other["require"] = new JsonArray("c", "a");
        other["exclude"] = new JsonArray();
        other["scores"]!["redundancy"] = JsonNode.Parse("""{"row":[0,1,3],"col":[2,0,2],"value":[1,2,0]}""");

        SomeFeatures.Read(other).Id.Should().Be(SomeFeatures.Read(one).Id);
    }

    [Fact]
    public void Canonical_bytes_read_back_to_the_same_problem()
    {
        var table = SomeFeatures.Table();
        table["costs"] = new JsonObject { ["n0"] = 1.25, ["c"] = 3 };
        table["budget"] = 4;
        table["groups"] = JsonNode.Parse(
            """[{"name":"g","features":["n1","n0"],"atMost":1},{"features":["c"],"atLeast":0}]"""
        );
        table["require"] = new JsonArray("n3");
        foreach (
            var json in new[]
            {
                table,
                Four(),
                SomeFeatures.Scores(7, alpha: 0.3),
                SomeFeatures.Table(criterion: "mutualInformation"),
            }
        )
        {
            var problem = SomeFeatures.Read(json);
            var again = (FeatureSelectionProblem)Posted.Again(problem);

            again.Id.Should().Be(problem.Id);
            again.CanonicalBytes.ToArray().Should().Equal(problem.CanonicalBytes.ToArray());
            var subset = new FeatureSelectionSolution([0, 1, 3]);
            again.Evaluate(subset).Should().BeEquivalentTo(problem.Evaluate(subset));
        }
    }

    [Fact]
    public void A_solution_reads_back()
    {
        var problem = SomeFeatures.Read(Four());
        var solution = SomeFeatures.Chosen(problem, "d", "a", "b");
        using var json = System.Text.Json.JsonDocument.Parse(problem.SolutionToJson(solution).ToJsonString());

        problem.ReadSolution(json.RootElement, "", new()).Should().Be(solution);
        problem.SolutionToJson(solution).ToJsonString().Should().Be("""{"features":["a","b","d"]}""");
    }

    [Fact]
    public void The_summary_says_what_is_missing_constant_and_merged()
    {
        var json = SomeFeatures.Table(rows: 600, numbers: 4);
        var rows = json["table"]!["rows"]!.AsArray();
        for (var r = 0; r < rows.Count; r++)
        {
            rows[r]![1] = 7;
            rows[r]![4] = $"id{r}";
            rows[r]![0] = r == 0 ? null : 1.0 * r;
            rows[r]![2] = r % 7;
            rows[r]![3] = r % 5;
        }

        var summary = SomeFeatures.Read(json).Summary;

        ((long)summary["missingValues"]!).Should().Be(1);
        summary["withMissing"]!.ToJsonString().Should().Be("""{"count":1,"features":["n0"]}""");
        summary["constant"]!.ToJsonString().Should().Be("""{"count":1,"features":["n1"]}""");
        summary["withRareCategoriesMerged"]!.ToJsonString().Should().Be("""{"count":1,"features":["c"]}""");
        summary["classes"]!.ToJsonString().Should().Be("""[{"value":"no","rows":300},{"value":"yes","rows":300}]""");
        CodedColumn.MaxCodes.Should().BeLessThan(600);
    }

    private static double Objective(FeatureSelectionProblem problem, params string[] names) =>
        problem.Evaluate(SomeFeatures.Chosen(problem, names)).Objective;

    private static IEnumerable<(string, string, double)> Violations(
        FeatureSelectionProblem problem,
        params string[] names
    ) =>
        problem
            .Evaluate(SomeFeatures.Chosen(problem, names))
            .Violations.Select(v => (v.Constraint, v.Pointer, Math.Round(v.Amount, 9)));

    private static string Id(string json) => SomeFeatures.Read((JsonObject)JsonNode.Parse(json)!).Id;
}
