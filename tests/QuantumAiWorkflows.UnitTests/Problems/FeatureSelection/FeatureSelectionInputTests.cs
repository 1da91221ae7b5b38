using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

public sealed class FeatureSelectionInputTests
{
    private static readonly string[] Pieces = ["", "null", "-1", "[]", "{}", "1e999", "\"n0\"", ",", "0"];

    private const string Columns = """ "columns":[{"name":"a"},{"name":"b"},{"name":"y"}] """;

    [Fact]
    public void The_example_of_the_family_is_a_problem() =>
        SomeFeatures
            .Read(FeatureSelectionFamily.Instance.Example)
            .Evaluate(new FeatureSelectionSolution([0, 3]))
            .IsFeasible.Should()
            .BeTrue();

    [Theory]
    [InlineData("size", null, FaultCode.MissingMember, "/problem/size")]
    [InlineData("size", """{"exactly":2,"atMost":2}""", FaultCode.Conflict, "/problem/size")]
    [InlineData("size", """{}""", FaultCode.MissingMember, "/problem/size")]
    [InlineData("size", """{"exactly":4}""", FaultCode.OutOfRange, "/problem/size/exactly")]
    [InlineData("size", """{"atMost":0}""", FaultCode.OutOfRange, "/problem/size/atMost")]
    [InlineData("alpha", "1.5", FaultCode.OutOfRange, "/problem/alpha")]
    [InlineData("alpha", "-0.1", FaultCode.OutOfRange, "/problem/alpha")]
    [InlineData("criterion", "\"kendall\"", FaultCode.UnknownValue, "/problem/criterion")]
    [InlineData("target", null, FaultCode.MissingMember, "/problem/target")]
    [InlineData("target", "\"z\"", FaultCode.IndexOutOfRange, "/problem/target")]
    [InlineData("task", null, FaultCode.MissingMember, "/problem/task")]
    [InlineData("require", """["a","z"]""", FaultCode.IndexOutOfRange, "/problem/require/1")]
    [InlineData("require", """["y"]""", FaultCode.IndexOutOfRange, "/problem/require/0")]
    [InlineData("require", """["a","a"]""", FaultCode.DuplicateEntry, "/problem/require/1")]
    [InlineData("require", """["a","b","c"]""", FaultCode.Conflict, "/problem/require")]
    [InlineData("exclude", """["a","b"]""", FaultCode.Conflict, "/problem/exclude")]
    [InlineData("costs", """{"a":1}""", FaultCode.MissingMember, "/problem/budget")]
    [InlineData("budget", "1", FaultCode.MissingMember, "/problem/costs")]
    [InlineData("groups", """[{"features":["a"]}]""", FaultCode.MissingMember, "/problem/groups/0")]
    [InlineData("groups", """[{"features":["a"],"atLeast":2}]""", FaultCode.OutOfRange, "/problem/groups/0/atLeast")]
    [InlineData(
        "groups",
        """[{"features":["a","b"],"atLeast":2,"atMost":1}]""",
        FaultCode.Conflict,
        "/problem/groups/0/atLeast"
    )]
    [InlineData(
        "groups",
        """[{"features":["z"],"atMost":1}]""",
        FaultCode.IndexOutOfRange,
        "/problem/groups/0/features/0"
    )]
    [InlineData("groups", """[{"features":[],"atMost":1}]""", FaultCode.Empty, "/problem/groups/0/features")]
    [InlineData(
        "scores",
        """{"names":["a"],"relevance":[1],"redundancy":{"row":[],"col":[],"value":[]}}""",
        FaultCode.Conflict,
        "/problem/scores"
    )]
    [InlineData("colour", "1", FaultCode.UnknownMember, "/problem/colour")]
    public void A_wrong_rule_is_named_with_its_pointer(string member, string? value, FaultCode code, string pointer)
    {
        var json = Table("""[[1,2,3,"p"],[2,1,5,"q"],[3,3,3,"p"]]""");
        if (value is null)
            json.Remove(member);
        else
            json[member] = JsonNode.Parse(value);

        Faults(json).Should().Contain((code, pointer));
    }

    [Theory]
    [InlineData("""[[1,2,3,"p"],[2,1,5],[3,3,3,"p"]]""", FaultCode.Ragged, "/problem/table/rows/1")]
    [InlineData("""[[1,2,3,"p"],[2,[1],5,"q"]]""", FaultCode.NotApplicable, "/problem/table/rows/1/1")]
    [InlineData("""[[1,2,3,"p"],7]""", FaultCode.WrongType, "/problem/table/rows/1")]
    [InlineData("""[[1,2,3,"p"],[2,1e999,5,"q"]]""", FaultCode.NotFinite, "/problem/table/rows/1/1")]
    [InlineData("""[[1,2,"three","p"],[2,1,5,"q"]]""", FaultCode.Conflict, "/problem/table/rows/0/2")]
    [InlineData("""[[1,2,3,"p"],{"z":1,"y":"q"}]""", FaultCode.IndexOutOfRange, "/problem/table/rows/1/z")]
    [InlineData("""[[1,2,3,"p"],{"a":1,"a":2,"y":"q"}]""", FaultCode.DuplicateMember, "/problem/table/rows/1/a")]
    [InlineData("""[[1,2,3,"p"],[2,1,5,null]]""", FaultCode.Empty, "/problem/target")]
    [InlineData("""[[1,2,3,"p"],[2,1,5,"p"]]""", FaultCode.OutOfRange, "/problem/target")]
    [InlineData("""[[1,2,3,"p"]]""", FaultCode.Empty, "/problem/table/rows")]
    [InlineData("""[]""", FaultCode.Empty, "/problem/table/rows")]
    [InlineData("""{}""", FaultCode.WrongType, "/problem/table/rows")]
    public void A_wrong_cell_is_named_with_its_pointer(string rows, FaultCode code, string pointer) =>
        Posted.Faults(Text(rows)).Items.Select(f => (f.Code, f.Pointer!)).Should().Contain((code, pointer));

    [Fact]
    public void A_regression_needs_a_target_of_numbers_that_differ()
    {
        var words = Table("""[[1,2,3,"p"],[2,1,5,"q"]]""");
        words["task"] = "regression";
        Faults(words).Should().Equal((FaultCode.Conflict, "/problem/target"));

        var constant = Table("""[[1,2,3,4],[2,1,5,4]]""");
        constant["task"] = "regression";
        Faults(constant).Should().Equal((FaultCode.OutOfRange, "/problem/target"));
    }

    [Fact]
    public void More_classes_than_a_classification_has_are_refused_with_both_numbers()
    {
        var rows = new JsonArray([.. Enumerable.Range(0, 300).Select(i => new JsonArray(i % 5, i % 3, i % 2, i))]);

        var fault = Posted.Faults(Table(rows.ToJsonString()).ToJsonString()).Items.Should().ContainSingle().Subject;

        fault.Code.Should().Be(FaultCode.OverLimit);
        ((int)fault.Value!, (int)fault.Limit!).Should().Be((300, FeatureTable.MaxClasses));
    }

    [Fact]
    public void A_million_rows_are_refused_before_they_are_read()
    {
        var text = Text($"[{string.Join(',', Enumerable.Repeat("0", 1_000_000))}]");

        var fault = Posted.Faults(text).Items.Should().ContainSingle().Subject;

        (fault.Code, fault.Pointer).Should().Be((FaultCode.OverLimit, "/problem/table/rows"));
        ((long)fault.Limit!).Should().Be(FeatureTable.MaxRows);
    }

    [Theory]
    [InlineData(
        """{"numRows":3,"row":[0],"col":[5],"value":[1]}""",
        FaultCode.IndexOutOfRange,
        "/problem/table/coo/col/0"
    )]
    [InlineData(
        """{"numRows":3,"row":[3],"col":[0],"value":[1]}""",
        FaultCode.IndexOutOfRange,
        "/problem/table/coo/row/0"
    )]
    [InlineData(
        """{"numRows":3,"row":[1,1],"col":[0,0],"value":[1,2]}""",
        FaultCode.DuplicateEntry,
        "/problem/table/coo/row/1"
    )]
    [InlineData(
        """{"numRows":3,"row":[1,1],"col":[0],"value":[1,2]}""",
        FaultCode.LengthMismatch,
        "/problem/table/coo/col"
    )]
    [InlineData("""{"numRows":1,"row":[],"col":[],"value":[]}""", FaultCode.Empty, "/problem/table/coo/numRows")]
    [InlineData(
        """{"numRows":2000000000,"row":[],"col":[],"value":[]}""",
        FaultCode.OutOfRange,
        "/problem/table/coo/numRows"
    )]
    public void A_wrong_coordinate_is_named_with_its_pointer(string coo, FaultCode code, string pointer)
    {
        var json =
            $$"""{"family":"feature-selection","table":{ {{Columns}},"coo":{{coo}} },"target":"y","task":"regression","size":{"exactly":1} }""";

        Posted.Faults(json).Items.Select(f => (f.Code, f.Pointer!)).Should().Contain((code, pointer));
    }

    [Theory]
    [InlineData("names", """["a","a","c"]""", FaultCode.DuplicateEntry, "/problem/scores/names/1")]
    [InlineData("names", """["a","","c"]""", FaultCode.Empty, "/problem/scores/names/1")]
    [InlineData("relevance", "[1,2]", FaultCode.LengthMismatch, "/problem/scores/relevance")]
    [InlineData("relevance", "[1,2,1e400]", FaultCode.NotFinite, "/problem/scores/relevance/2")]
    [InlineData("relevance", "[1e308,1e308,1e308]", FaultCode.Overflow, "/problem/scores")]
    [InlineData(
        "redundancy",
        """{"row":[0],"col":[3],"value":[1]}""",
        FaultCode.IndexOutOfRange,
        "/problem/scores/redundancy/col/0"
    )]
    [InlineData(
        "redundancy",
        """{"row":[-1],"col":[2],"value":[1]}""",
        FaultCode.IndexOutOfRange,
        "/problem/scores/redundancy/row/0"
    )]
    [InlineData(
        "redundancy",
        """{"row":[2],"col":[2],"value":[1]}""",
        FaultCode.Conflict,
        "/problem/scores/redundancy/row/0"
    )]
    [InlineData(
        "redundancy",
        """{"row":[2,0],"col":[0,2],"value":[1,1]}""",
        FaultCode.DuplicateEntry,
        "/problem/scores/redundancy/row/1"
    )]
    public void Wrong_scores_are_named_with_their_pointer(string member, string value, FaultCode code, string pointer)
    {
        var json = SomeFeatures.Scores(3, size: 2);
        json["scores"]![member] = JsonNode.Parse(value);

        Faults(json).Should().Contain((code, pointer));
    }

    [Fact]
    public void Only_a_table_has_a_target_a_task_and_a_criterion()
    {
        var json = SomeFeatures.Scores(3, size: 2);
        json["target"] = "f0";
        json["task"] = "regression";
        json["criterion"] = "pearson";

        Faults(json)
            .Should()
            .BeEquivalentTo([
                (FaultCode.Conflict, "/problem/target"),
                (FaultCode.Conflict, "/problem/task"),
                (FaultCode.Conflict, "/problem/criterion"),
            ]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1e10)]
    [InlineData(0.0000001)]
    public void A_cost_is_no_less_than_0_and_has_six_decimals(double cost)
    {
        var json = SomeFeatures.Scores(3, size: 2);
        json["costs"] = new JsonObject { ["f1"] = cost };
        json["budget"] = 2;

        Faults(json).Should().Equal((FaultCode.OutOfRange, "/problem/costs/f1"));
    }

    [Fact]
    public void Faults_of_data_and_rules_are_told_together()
    {
        var json = Table("""[[1,2,3,"p"],[2,1,5,"p"]]""");
        json["require"] = new JsonArray("z");
        json["size"] = JsonNode.Parse("""{"exactly":9}""");

        Faults(json)
            .Should()
            .BeEquivalentTo([
                (FaultCode.OutOfRange, "/problem/target"),
                (FaultCode.IndexOutOfRange, "/problem/require/0"),
                (FaultCode.OutOfRange, "/problem/size/exactly"),
            ]);
    }

    /// <summary>Cuts, doubles and replaces pieces of a valid problem.</summary>
    [Fact]
    public void Damaged_JSON_never_throws()
    {
        var texts = new[] { SomeFeatures.Table(rows: 6).ToJsonString(), SomeFeatures.Scores(5).ToJsonString() };
        Gen.Select(
                Gen.Int[0, 1],
                Gen.Int[0, 2000],
                Gen.Int[0, 30],
                Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])
            )
            .Sample(
                (which, at, length, put) =>
                {
                    var text = texts[which];
                    at = Math.Min(at, text.Length);
                    length = Math.Min(length, text.Length - at);
                    var faults = new FaultList();
                    var problem = Posted.Read(text.Remove(at, length).Insert(at, put), "", faults);
                    (problem is null).Should().Be(!faults.IsEmpty);
                    _ = (problem as FeatureSelectionProblem)?.Summary;
                },
                iter: 2_000
            );
    }

    private static JsonObject Table(string rows) => (JsonObject)JsonNode.Parse(Text(rows))!;

    private static string Text(string rows) =>
        $$"""
            {"family":"feature-selection","table":{"columns":[{"name":"a"},{"name":"b"},{"name":"c","type":"numeric"},{"name":"y"}],"rows":{{rows}} },
             "target":"y","task":"classification","size":{"exactly":2} }
            """;

    private static IEnumerable<(FaultCode, string)> Faults(JsonObject json) =>
        Posted.Faults(json.ToJsonString()).Items.Select(f => (f.Code, f.Pointer!));
}
