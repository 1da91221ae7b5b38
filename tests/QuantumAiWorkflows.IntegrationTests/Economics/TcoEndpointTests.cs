using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Economics;

public sealed class TcoEndpointTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task The_example_of_the_document_is_worked_out_as_it_stands()
    {
        var document = (await _client.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK);
        var example = document["paths"]!["/v1/tco"]!["post"]!["requestBody"]!["content"]!["application/json"]![
            "examples"
        ]!
            .AsObject()
            .Single()
            .Value!["value"]!;

        var tco = (await _client.PostAsync("/v1/tco", example.ToJsonString())).Must(HttpStatusCode.OK);

        tco["reference"]!.GetValue<string>().Should().Be("our solver");
        tco["options"]!.AsArray().Should().HaveCount(3).And.OnlyContain(o => o!["costs"]!.AsArray().Count == 9);
        // After 6,000 more at the start it brings about 700 a month more than it costs.
        tco["comparisons"]![0]!["breakEvenMonth"]!.GetValue<int>().Should().BeInRange(2, 35);
        var quantum = tco["comparisons"]![1]!;
        quantum["breakEven"]!.GetValue<string>().Should().Be("none within the horizon of 36 months");
        quantum["breakEvenMonth"].Should().BeNull();
        quantum["netPresentValueDifference"]!.GetValue<double>().Should().BeNegative();
        quantum["sensitivity"]!
            .AsArray()
            .Take(3)
            .Select(s => s!["input"]!.GetValue<string>())
            .Should()
            .Contain("quantum: cloudUsage", "3,000 solves a month on a processor are most of what it costs");
        foreach (var option in tco["options"]!.AsArray())
            option!["netPresentValue"]!
                .GetValue<double>()
                .Should()
                .BeApproximately(
                    option["presentBenefit"]!.GetValue<double>() - option["presentCost"]!.GetValue<double>(),
                    1e-6
                );
    }

    [Fact]
    public async Task A_suite_s_sheet_is_filled_in_from_its_runs_and_stands_in_verdict_and_report()
    {
        var suite = JsonNode.Parse(
            $$"""
            {"name":"owned","instances":[{"name":"a","problem":{{Bodies.Small}}}],
             "solvers":[{"id":"tabu","role":"candidate"},{"id":"exhaustive"}],"seeds":[1,2],"budget":{"cpuSeconds":0.05},
             "businessValue":{"perObjectiveUnit":2,"currency":"USD","period":"day"},
             "futureRelevance":"None known.",
             "costOfOwnership":{{Sheet("exhaustive", "tabu")}}}
            """
        )!;
        var id = (await _client.PostAsync("/v1/benchmarks", suite.ToJsonString())).Must(HttpStatusCode.Accepted).Id();
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }

        var verdict = (await _client.GetAsync($"/v1/benchmarks/{id}/verdict")).Must(HttpStatusCode.OK)["items"]![0]!;
        verdict["missing"]!.AsArray().Select(m => m!.GetValue<string>()).Should().Contain("tcoNegative");
        verdict["businessValue"]!["note"]!.GetValue<string>().Should().StartWith("1 instances with a feasible answer");
        var runtime = verdict["tco"]!["options"]![1]!["costs"]!
            .AsArray()
            .Single(c => c!["item"]!.GetValue<string>() == "simulatorRuntime")!;
        runtime["amount"]!.GetValue<double>().Should().BePositive();
        var report = await _client.GetAsync($"/v1/benchmarks/{id}/report");
        report
            .Text.Should()
            .Contain("## Cost of ownership over 12 months, USD")
            .And.Contain("## Future relevance (not part of the verdict)");
    }

    [Fact]
    public async Task Lists_and_profiles_have_a_source_and_a_date()
    {
        var lists = (await _client.GetAsync("/v1/price-lists")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        lists.Select(l => l!.Id()).Should().StartWith("local").And.HaveCount(6);
        foreach (var item in lists.SelectMany(l => l!["items"]!.AsArray()))
        {
            item!["source"]!.GetValue<string>().Should().NotBeEmpty();
            item["date"]!.GetValue<string>().Should().MatchRegex("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$");
        }
        lists[0]!["items"]![0]!["derivation"]!["purchasePrice"]!.GetValue<double>().Should().Be(6400);
        var profiles = (await _client.GetAsync("/v1/hardware-profiles")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        profiles.Select(p => p!.Id()).Should().Contain(["superconducting", "trapped-ion"]);
        profiles.Should().OnlyContain(p => p!["source"]!.GetValue<string>().Length > 0);
    }

    /// <summary>Ten dollars a month more for the second option; the runtimes are the suite's.</summary>
    public static string Sheet(string classical, string other) =>
        new JsonObject
        {
            ["currency"] = "USD",
            ["horizonMonths"] = 12,
            ["workload"] = new JsonObject { ["solvesPerMonth"] = 100 },
            ["options"] = new JsonArray(
                Option("ours", "classical", classical, 0),
                Option("other", "quantum", other, 10)
            ),
        }.ToJsonString();

    private static JsonObject Option(string name, string kind, string entrant, double perMonth)
    {
        string[] items =
        [
            "specialisedSkills",
            "integrationOverhead",
            "cloudUsage",
            "governance",
            "experimentation",
            "validation",
            "vendorLockIn",
            "retraining",
        ];
        return new()
        {
            ["name"] = name,
            ["kind"] = kind,
            ["entrant"] = entrant,
            ["lines"] = new JsonArray([
                .. items.Select(i => new JsonObject
                {
                    ["item"] = i,
                    ["unitPrice"] = i == "governance" ? perMonth : 0,
                    ["source"] = "made up",
                }),
            ]),
        };
    }
}
