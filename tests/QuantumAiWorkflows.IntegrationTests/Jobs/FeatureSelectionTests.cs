using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>Feature subsets from a client's request to a refereed and explained answer.</summary>
public sealed class FeatureSelectionTests(SharedService service)
{
    private const string Csv =
        "age,income,region,churned\n25,30,north,yes\n31,42,south,yes\n45,58,north,no\n52,61,south,no\n38,,north,yes\n";

    private readonly Client _client = service.Client;

    [Fact]
    public async Task The_example_of_the_family_runs_as_it_stands()
    {
        var family = (await _client.GetAsync("/v1/families/feature-selection")).Must(HttpStatusCode.OK);

        var job = (
            await _client.PostAsync("/v1/jobs", family["exampleRequest"]!.ToJsonString(), ("Prefer", "wait=60"))
        ).Must(HttpStatusCode.OK);

        job.State().Should().Be("succeeded");
        job["result"]!["feasible"]!.GetValue<bool>().Should().BeTrue();
        job["result"]!["details"]!["chosen"]!.AsArray().Should().HaveCount(2);
        job["result"]!["details"]!["leftOut"]!.AsArray().Should().HaveCount(2);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("greedy-mrmr")]
    [InlineData("tabu")]
    [InlineData("simulated-annealing")]
    public async Task A_file_is_uploaded_and_several_subsets_come_back(string solver)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Csv)), "file", "churn.csv" },
            { new StringContent("""{"task":"classification","size":{"exactly":2}}"""), "settings" },
        };
        var problem = (await _client.SendAsync(HttpMethod.Post, "/v1/problems?format=csv", form)).Must(
            HttpStatusCode.Created
        );
        problem["summary"]!["missingValues"]!.GetValue<int>().Should().Be(1);

        var request = new JsonObject
        {
            ["problemId"] = problem["id"]!.DeepClone(),
            ["solver"] = solver,
            ["budget"] = new JsonObject { ["evaluations"] = 10_000 },
            ["seed"] = 1,
            ["return"] = new JsonObject { ["samples"] = 2 },
        };
        var job = (await _client.PostAsync("/v1/jobs", request.ToJsonString(), ("Prefer", "wait=60"))).Must(
            HttpStatusCode.OK
        );

        job.State().Should().Be("succeeded");
        var subsets = job["result"]!["samples"]!.AsArray();
        subsets.Should().HaveCount(2);
        subsets.Select(s => s!["solution"]!.ToJsonString()).Should().OnlyHaveUniqueItems();
        subsets.Select(s => s!["objective"]!.GetValue<double>()).Should().BeInDescendingOrder();
        subsets[0]!["objective"]!.GetValue<double>().Should().Be(job["result"]!["objective"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_bad_file_is_refused_with_its_line()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent("a,b,y\n1,2,p\n1,2\n"u8.ToArray()), "file", "bad.csv" },
            { new StringContent("""{"task":"classification","size":{"exactly":1}}"""), "settings" },
        };

        var reply = await _client.SendAsync(HttpMethod.Post, "/v1/problems?format=csv", form);

        var fault = reply.Must(HttpStatusCode.UnprocessableEntity)["errors"]![0]!;
        fault["code"]!.GetValue<string>().Should().Be("fileContent");
        fault["line"]!.GetValue<int>().Should().Be(3);
    }

    [Fact]
    public async Task A_file_of_a_million_rows_is_refused_with_both_numbers()
    {
        using var form = new MultipartFormDataContent
        {
            {
                new ByteArrayContent(
                    Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, "1,a\n", 1_000_000).ToString())
                ),
                "file",
                "long.csv"
            },
            { new StringContent("""{"task":"classification","header":false,"size":{"exactly":1}}"""), "settings" },
        };

        var reply = await _client.SendAsync(HttpMethod.Post, "/v1/problems?format=csv", form);

        var fault = reply.Must(HttpStatusCode.UnprocessableEntity)["errors"]![0]!;
        fault["limit"]!.GetValue<int>().Should().Be(200_000);
    }

    /// <summary>The treatment that the family documents: constant columns stay with relevance 0, missing numbers count as the mean.</summary>
    [Fact]
    public async Task Constant_columns_and_missing_values_stay_and_are_named()
    {
        const string Problem = """
            {"family":"feature-selection","table":{"columns":[{"name":"a"},{"name":"same"},{"name":"y"}],
             "rows":[[1,5,"p"],[null,5,"q"],[3,5,"q"],[0,5,"p"]]},"target":"y","task":"classification","size":{"exactly":1}}
            """;

        var summary = (await _client.PostAsync("/v1/problems", Problem)).Must(HttpStatusCode.Created)["summary"]!;

        summary["missingValues"]!.GetValue<int>().Should().Be(1);
        summary["numRows"]!.GetValue<int>().Should().Be(4, "no row is dropped");
        summary["constant"]!.ToJsonString().Should().Contain("same");
    }
}
