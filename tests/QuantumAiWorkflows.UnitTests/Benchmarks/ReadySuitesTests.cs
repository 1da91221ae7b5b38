using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

/// <summary>The suites that ship: what they promise to take, and that they are what their names say.</summary>
public sealed class ReadySuitesTests
{
    public static TheoryData<string, int, double> BuiltIn =>
        new()
        {
            // Name, planned runs, CPU seconds when every run takes its whole budget.
            { "demo", 600, 60 },
            { "demo-large", 18, 18 },
            { "smoke", 72, 7.2 },
            { "qaoa-vs-classical", 1200, 300 },
            { "qubo-classical", 240, 240 },
            { "scaling", 660, 330 },
        };

    public static TheoryData<string, int, double> Files =>
        new()
        {
            { "maxcut-gset", 200, 600 },
            { "qubo-beasley", 240, 240 },
            { "qaoa-biqmac", 420, 105 },
        };

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void A_built_in_suite_plans_what_it_says(string name, int runs, double cpuSeconds)
    {
        var suite = BuiltInSuites.Get(name);

        Planned(suite).Should().Be(runs);
        (Planned(suite) * suite.Budget.CpuSeconds!.Value).Should().BeApproximately(cpuSeconds, 1e-9);
        suite.Parallel.Should().Be(1);
        suite.Budget.Threads.Should().Be(1, "several threads under one CPU budget are no equal budget");
    }

    [Fact]
    public void Every_built_in_suite_is_listed_here()
    {
        BuiltInSuites.All.Select(s => s.Name).Should().Equal(BuiltIn.Select(row => row.Data.Item1));
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Instances_of_a_built_in_suite_are_generated_and_distinct(string name, int runs, double cpuSeconds)
    {
        _ = (runs, cpuSeconds);
        var problems = Problems(BuiltInSuites.Get(name));

        problems.Select(p => p.Id).Should().OnlyHaveUniqueItems("the same problem twice would count as two");
    }

    [Fact]
    public void The_smoke_suite_is_small_and_can_never_adopt()
    {
        var suite = BuiltInSuites.Get("smoke");

        suite.Purpose.Should().Be(SuitePurpose.Exploration);
        (Planned(suite) * suite.Budget.CpuSeconds).Should().BeLessThan(15, "it has to end within 30 s");
        suite.Gate!.MaxGapPercent.Should().NotBeNull("--gate needs something to gate");
    }

    [Fact]
    public void The_comparison_of_qaoa_meets_the_design_that_a_verdict_needs()
    {
        var suite = BuiltInSuites.Get("qaoa-vs-classical");
        var sizes = Problems(suite).Select(p => p.NumVariables).ToList();

        suite.Purpose.Should().Be(SuitePurpose.Decision);
        suite.Instances.Should().HaveCount(20);
        suite.Seeds.Should().HaveCount(10);
        sizes.Min().Should().Be(8);
        sizes.Max().Should().Be(20);
        sizes.Distinct().Should().HaveCountGreaterThanOrEqualTo(3);
        suite.Solvers.Where(s => s.Role == EntrantRole.Candidate).Select(s => s.Id).Should().Equal("qaoa");
        suite.Solvers.Where(s => s.Role == EntrantRole.Control).Select(s => s.Id).Should().Equal("random");
        suite
            .Solvers.Where(s => s.Role == EntrantRole.Baseline)
            .Select(s => s.Id)
            .Should()
            .BeEquivalentTo("cp-sat", "tabu", "simulated-annealing", "exhaustive");
    }

    [Fact]
    public void No_instance_of_the_comparison_of_qaoa_is_in_another_suite()
    {
        var elsewhere = BuiltInSuites.All.Where(s => s.Name != "qaoa-vs-classical").SelectMany(Problems);

        Problems(BuiltInSuites.Get("qaoa-vs-classical"))
            .Select(p => p.Id)
            .Should()
            .NotIntersectWith(elsewhere.Select(p => p.Id), "what a candidate was tried on before divides its alpha");
    }

    [Fact]
    public void The_scaling_suite_has_two_families_on_one_ladder_of_sizes()
    {
        var sizes = Problems(BuiltInSuites.Get("scaling")).GroupBy(p => p.NumVariables).ToList();

        sizes.Should().HaveCountGreaterThanOrEqualTo(6).And.OnlyContain(size => size.Count() == 2);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_suite_file_is_a_suite_once_its_files_are_resolved(string name, int runs, double cpuSeconds)
    {
        var node = Load(name);
        foreach (var instance in node["instances"]!.AsArray().OfType<JsonObject>())
        {
            instance.Remove("file").Should().BeTrue();
            instance["problemId"] = $"sha256:{new string('0', 64)}";
        }
        var faults = new FaultList();

        var suite = Suite.Read(JsonSerializer.SerializeToElement(node), "", faults);

        faults.Items.Should().BeEmpty();
        suite!.Name.Should().Be(name);
        Planned(suite).Should().Be(runs);
        (Planned(suite) * suite.Budget.CpuSeconds!.Value).Should().BeApproximately(cpuSeconds, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_of_a_suite_are_in_the_index_with_the_sense_that_they_are_read_in(
        string name,
        int runs,
        double cpuSeconds
    )
    {
        _ = (runs, cpuSeconds);
        var known = DataSets.Of("qubo").Concat(DataSets.Of("qubo-derived")).Concat(DataSets.Of("maxcut")).ToList();
        foreach (var instance in Load(name)["instances"]!.AsArray())
        {
            var file = instance!["file"]!;
            var path = file["path"]!.GetValue<string>();
            file["reference"]!["index"]!.GetValue<string>().Should().Be("index.json");

            var entry = known.Single(k => k.Path.Replace('\\', '/').EndsWith($"/{path}", StringComparison.Ordinal));

            file["format"]!.GetValue<string>().Should().Be(entry.Format);
            var natural = entry.Format == "gset" ? "max" : "min";
            file["settings"]
                ?["sense"]?.GetValue<string>()
                .Should()
                .Be(entry.Sense == natural ? null : $"{entry.Sense}imize", path);
        }
    }

    private static JsonNode Load(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "suites", $"{name}.json")))!;

    private static int Planned(Suite suite) => suite.Instances.Count * suite.Solvers.Count * suite.Seeds.Count;

    private static List<Problem> Problems(Suite suite)
    {
        var faults = new FaultList();
        var problems = suite
            .Instances.Select(i =>
                ProblemGenerators.Find(i.Generator!)!.Generate(i.Parameters!.Value, i.Seed!.Value, "", faults)!
            )
            .ToList();
        faults.Items.Should().BeEmpty();
        return problems;
    }
}
