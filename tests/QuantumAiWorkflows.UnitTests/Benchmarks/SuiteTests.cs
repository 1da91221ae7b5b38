using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class SuiteTests
{
    private const string Nightly = """
        { "name": "nightly", "purpose": "exploration",
          "instances": [ { "name": "bqp50-1", "problemId": "sha256:00", "reference": { "objective": -2098, "optimal": true, "source": "Biq Mac" } },
                         { "name": "inline", "problem": { "family": "qubo", "coo": { "numVariables": 1, "row": [0], "col": [0], "value": [1] } } },
                         { "name": "r16", "generator": "qubo-random", "parameters": { "numVariables": 16, "density": 0.5 }, "seed": 1 } ],
          "solvers": [ { "name": "qaoa-p3", "id": "qaoa", "options": { "layers": 3 }, "role": "candidate" }, { "id": "cp-sat", "role": "baseline" }, { "id": "tabu", "role": "baseline" } ],
          "seeds": [1,2,3,4,5,6,7,8,9,10], "budget": { "cpuSeconds": 2, "threads": 1 }, "parallel": 1,
          "comparison": { "targetGapPercent": 1.0, "costMode": "target", "margins": null },
          "gate": { "maxGapPercent": 1.0, "requireVerdict": null, "compareWith": null, "maxRegressionPercent": 5 } }
        """;

    private const string Decision = """
        { "claim": "software",
          "experiment": { "bottleneck": "b", "currentSolver": "c", "objective": "o", "successMetric": "s", "dataReference": "d" },
          "assessment": { "integrationCost": "i", "dataMovement": "d", "security": "s", "vendorMaturity": "v" },
          "businessValue": { "perObjectiveUnit": 0.5, "currency": "EUR", "period": "day" } }
        """;

    [Theory]
    [InlineData("-1e307", false)]
    [InlineData("1.1e150", false)]
    [InlineData("-1e150", true)]
    [InlineData("1e-300", true)]
    public void A_reference_leaves_room_for_differences(string objective, bool isTaken)
    {
        var suite = Parse();
        suite["instances"]![0]!["reference"]!["objective"] = JsonNode.Parse(objective);

        var (read, faults) = Read(suite);

        (read is not null).Should().Be(isTaken);
        if (!isTaken)
            faults.Items.Should().ContainSingle().Which.Code.Should().Be(FaultCode.OutOfRange);
    }

    [Fact]
    public void Reads_every_member_of_the_agreed_form()
    {
        var (suite, faults) = Read(Parse());

        faults.Items.Should().BeEmpty();
        suite!.Solvers.Select(s => s.Entrant).Should().Equal("qaoa-p3", "cp-sat", "tabu");
        suite
            .Instances[0]
            .Reference.Should()
            .Be(
                new Reference
                {
                    Objective = -2098,
                    Optimal = true,
                    Source = "Biq Mac",
                }
            );
        suite.Budget.CpuSeconds.Should().Be(2);
        suite.Comparison.CostMode.Should().Be(CostMode.Target);
        suite.Gate!.MaxGapPercent.Should().Be(1);
        suite.Purpose.Should().Be(SuitePurpose.Exploration);
    }

    [Fact]
    public void A_decision_with_its_question_is_accepted()
    {
        var node = Parse();
        node["purpose"] = "decision";
        foreach (var (name, value) in JsonNode.Parse(Decision)!.AsObject())
            node[name] = value!.DeepClone();

        var (suite, faults) = Read(node);

        faults.Items.Should().BeEmpty();
        suite!.BusinessValue!.PerObjectiveUnit.Should().Be(0.5);
    }

    [Fact]
    public void A_decision_names_everything_it_lacks()
    {
        var node = Parse();
        node["purpose"] = "decision";
        node["experiment"] = new JsonObject { ["bottleneck"] = " " };
        node["solvers"]![0]!["role"] = "control";

        var faults = Read(node).Faults;

        faults.HasSchemaFault.Should().BeFalse("this is a 422");
        faults
            .Items.Select(f => f.Pointer)
            .Should()
            .BeEquivalentTo(
                "/claim",
                "/experiment/bottleneck",
                "/experiment/currentSolver",
                "/experiment/objective",
                "/experiment/successMetric",
                "/experiment/dataReference",
                "/assessment/integrationCost",
                "/assessment/dataMovement",
                "/assessment/security",
                "/assessment/vendorMaturity",
                "/solvers"
            );
    }

    [Theory]
    // What is changed, to what, and the fault that must come of it.
    [InlineData("instances/0/problemId", null, "/instances/0", FaultCode.Conflict)]
    [InlineData("instances/0/generator", "\"qubo-random\"", "/instances/0", FaultCode.Conflict)]
    [InlineData("instances/0/parameters", "{}", "/instances/0/parameters", FaultCode.NotApplicable)]
    [InlineData("instances/0/seed", "4", "/instances/0/seed", FaultCode.NotApplicable)]
    [InlineData("instances/2/seed", "-1", "/instances/2/seed", FaultCode.OutOfRange)]
    [InlineData("instances/1/name", "\"bqp50-1\"", "/instances/1/name", FaultCode.DuplicateEntry)]
    [InlineData("instances", "[]", "/instances", FaultCode.Empty)]
    [InlineData("solvers/2/id", "\"cp-sat\"", "/solvers/2/name", FaultCode.DuplicateEntry)]
    [InlineData("solvers/0/role", "\"ablation\"", "/solvers/0/role", FaultCode.NotApplicable)]
    [InlineData("solvers/0/role", "\"judge\"", "/solvers/0/role", FaultCode.UnknownValue)]
    [InlineData("solvers/0/options", "1e999", "/solvers/0/options", FaultCode.NotFinite)]
    [InlineData("solvers/0/options", """{"a":[{"b/c":-1e999}]}""", "/solvers/0/options/a/0/b~1c", FaultCode.NotFinite)]
    [InlineData("seeds/3", "2", "/seeds/3", FaultCode.DuplicateEntry)]
    [InlineData("seeds/0", "-1", "/seeds/0", FaultCode.OutOfRange)]
    [InlineData("seeds/0", "9007199254740992", "/seeds/0", FaultCode.OutOfRange)]
    [InlineData("seeds", "[]", "/seeds", FaultCode.Empty)]
    [InlineData("parallel", "0", "/parallel", FaultCode.OutOfRange)]
    [InlineData("budget/cpuSeconds", "0", "/budget/cpuSeconds", FaultCode.OutOfRange)]
    [InlineData("comparison/costMode", "\"free\"", "/comparison/costMode", FaultCode.UnknownValue)]
    [InlineData(
        "comparison/margins",
        """{"cost":{"match":0.9,"bad":1.5}}""",
        "/comparison/margins/cost/match",
        FaultCode.OutOfRange
    )]
    [InlineData(
        "comparison/margins",
        """{"quality":{"match":2,"bad":1}}""",
        "/comparison/margins/quality/bad",
        FaultCode.Conflict
    )]
    [InlineData("gate/compareWith", "\"yesterday\"", "/gate/compareWith", FaultCode.WrongType)]
    [InlineData("name", null, "/name", FaultCode.MissingMember)]
    [InlineData("speed", "1", "/speed", FaultCode.UnknownMember)]
    public void Faults_have_pointers(string member, string? value, string pointer, FaultCode code)
    {
        var node = Parse();
        Set(node, member, value);

        var (suite, faults) = Read(node);

        suite.Should().BeNull();
        faults.Items.Should().ContainSingle().Which.Should().Match<Fault>(f => f.Pointer == pointer && f.Code == code);
    }

    [Fact]
    public void A_file_is_refused_and_the_fault_says_who_resolves_it()
    {
        var node = Parse();
        node["instances"]![0] = JsonNode.Parse(
            """{ "name": "g1", "file": { "path": "maxcut/G1.txt", "format": "gset" } }"""
        );

        var fault = Read(node).Faults.Items.Should().ContainSingle().Which;

        fault.Code.Should().Be(FaultCode.NotApplicable);
        fault.Pointer.Should().Be("/instances/0/file");
        fault.Detail.Should().Contain("resolved by the CLI");
    }

    [Fact]
    public void A_required_verdict_needs_a_candidate()
    {
        var node = Parse();
        node["solvers"]![0]!["role"] = "baseline";
        node["gate"]!["requireVerdict"] = "adopt";

        Read(node).Faults.Items.Should().ContainSingle().Which.Pointer.Should().Be("/gate/requireVerdict");
    }

    [Fact]
    public void The_hash_sees_every_goal_but_not_the_order_of_members_or_defaults_written_out()
    {
        var hash = Read(Parse()).Suite!.Hash;
        var reordered = new JsonObject(
            Parse().Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value!.DeepClone())).ToList()!
        );
        var implied = Parse();
        implied.Remove("parallel");
        implied.Remove("purpose");
        implied["comparison"]!.AsObject().Remove("costMode");

        hash.Should().MatchRegex("^sha256:[0-9a-f]{64}$");
        Read(reordered).Suite!.Hash.Should().Be(hash);
        Read(implied).Suite!.Hash.Should().Be(hash);
        foreach (
            var (member, value) in new[]
            {
                ("comparison/targetGapPercent", "2"),
                ("seeds/0", "11"),
                ("solvers/0/options/layers", "4"),
                ("gate/maxGapPercent", "3"),
                ("maxCost", "3"),
                ("futureRelevance", "\"none\""),
            }
        )
        {
            var moved = Parse();
            Set(moved, member, value);
            Read(moved).Suite!.Hash.Should().NotBe(hash, member);
        }
    }

    [Fact]
    public void Margins_of_the_suite_replace_those_of_the_procedure()
    {
        var node = Parse();
        node["comparison"]!["margins"] = JsonNode.Parse(
            """{ "runtime": { "match": 2, "bad": 8 }, "quality": { "match": 1, "bad": 3 } }"""
        );

        var dimensions = Dimension.Of(Read(node).Suite!.Comparison);

        dimensions.Single(d => d.Name == "runtime").Should().Be(new Dimension("runtime", true, 1, 3));
        dimensions.Single(d => d.Name == "quality").Should().Be(new Dimension("quality", false, 1, 3));
        dimensions.Single(d => d.Name == "cost").Should().Be(Dimension.Cost);
    }

    [Fact]
    public void The_schema_can_be_published()
    {
        var schema = JsonSchemas.Of(typeof(Suite));

        schema["properties"]!["parallel"]!["default"]!.GetValue<int>().Should().Be(1);
        schema["properties"]!["name"]!.AsObject().Should().NotContainKey("default", "it is required");
        schema["properties"]!["parallel"]!["maximum"]!.GetValue<double>().Should().Be(64);
        schema["required"]!
            .AsArray()
            .Select(r => r!.GetValue<string>())
            .Should()
            .Contain(["name", "instances", "solvers", "seeds", "budget"]);
    }

    [Fact]
    public void Built_in_suites_are_ready_to_post()
    {
        BuiltInSuites.All.Select(s => s.Name).Should().StartWith(["demo", "demo-large"]);
        var demo = BuiltInSuites.Find("demo")!;
        demo.Instances.Should().HaveCount(10);
        demo.Seeds.Should().Equal(Enumerable.Range(1, 10).Select(i => (long)i));
        demo.Budget.CpuSeconds.Should().Be(0.1);
        demo.Solvers.Where(s => s.Role == EntrantRole.Candidate).Select(s => s.Id).Should().Equal("qaoa");
        demo.Solvers.Where(s => s.Role == EntrantRole.Baseline)
            .Select(s => s.Id)
            .Should()
            .Equal("cp-sat", "tabu", "simulated-annealing", "exhaustive");
        demo.Solvers.Single(s => s.Role == EntrantRole.Control).Id.Should().Be("random");
        BuiltInSuites.Find("demo-large")!.Seeds.Should().HaveCount(3);
        BuiltInSuites.Find("other").Should().BeNull();
        foreach (var suite in BuiltInSuites.All)
            Read(JsonSerializer.SerializeToNode(suite, StrictJson.Options)!).Suite!.Hash.Should().Be(suite.Hash);
    }

    private static JsonObject Parse() => JsonNode.Parse(Nightly)!.AsObject();

    private static (Suite? Suite, FaultList Faults) Read(JsonNode node)
    {
        var faults = new FaultList();
        return (Suite.Read(JsonSerializer.SerializeToElement(node), "", faults), faults);
    }

    private static void Set(JsonNode node, string path, string? json)
    {
        var steps = path.Split('/');
        foreach (var step in steps[..^1])
            node = node is JsonArray list ? list[int.Parse(step, null)]! : node[step]!;
        var value = json is null ? null : JsonNode.Parse(json);
        if (node is JsonArray array)
            array[int.Parse(steps[^1], null)] = value;
        else if (value is null)
            node.AsObject().Remove(steps[^1]);
        else
            node[steps[^1]] = value;
    }
}
