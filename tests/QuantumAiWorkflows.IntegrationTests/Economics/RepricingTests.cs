using System.Net;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.IntegrationTests.Benchmarks;

namespace QuantumAiWorkflows.IntegrationTests.Economics;

/// <summary>Money is a view: what has run is priced anew, and nothing runs for it.</summary>
public sealed class RepricingTests(SharedService service, FinishedBenchmark benchmark)
    : IClassFixture<FinishedBenchmark>
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_finished_benchmark_at_other_prices_has_other_costs_and_the_same_quality()
    {
        var stored = await ReportAsync("");
        var cloud = await ReportAsync("&priceList=cloud-cpu");

        stored["priceList"]!["id"]!.GetValue<string>().Should().Be("local");
        cloud["priceList"]!["id"]!.GetValue<string>().Should().Be("cloud-cpu");
        foreach (var (a, b) in stored["entrants"]!.AsArray().Zip(cloud["entrants"]!.AsArray()))
        {
            b!["meanGapPercent"]?.ToJsonString().Should().Be(a!["meanGapPercent"]?.ToJsonString());
            b["cost"]!
                .GetValue<double>()
                .Should()
                .BeApproximately(
                    a!["cpuSeconds"]!.GetValue<double>() * 0.0816 / 7200,
                    1e-9 * b["cost"]!.GetValue<double>()
                );
            a["cost"]!
                .GetValue<double>()
                .Should()
                .BeGreaterThan(
                    a["cpuSeconds"]!.GetValue<double>() * 0.00001247971962,
                    "a machine of one's own has a price for memory, too"
                );
        }
        (await ReportAsync("")).ToJsonString().Should().Be(stored.ToJsonString(), "what was stored stays");
        (await ReportAsync("&priceList=local"))["priceList"]!
            .ToJsonString()
            .Should()
            .Be(stored["priceList"]!.ToJsonString());
    }

    [Fact]
    public async Task The_verdict_and_every_report_take_a_list()
    {
        var verdict = (await _client.GetAsync($"/v1/benchmarks/{benchmark.Id}/verdict?priceList=cloud-cpu")).Must(
            HttpStatusCode.OK
        )["items"]![0]!;
        verdict["whatWouldChange"]!
            .AsArray()
            .Select(c => c!["parameter"]!.GetValue<string>())
            .Should()
            .Equal("price", "speed", "gap", "missRate");
        verdict["candidatesTried"]!.GetValue<int>().Should().BePositive();
        foreach (var (format, expected) in new[] { ("md", "Prices: cloud-cpu 1"), ("csv", "whatWouldChange.price") })
        {
            var report = await _client.GetAsync(
                $"/v1/benchmarks/{benchmark.Id}/report?format={format}&priceList=cloud-cpu"
            );
            report.Status.Should().Be(HttpStatusCode.OK);
            report.Text.Should().Contain(expected);
        }
        // No run was added.
        var runs = (await _client.GetAsync($"/v1/benchmarks/{benchmark.Id}/runs?limit=1000")).Must(HttpStatusCode.OK);
        runs["items"]!.AsArray().Should().HaveCount(benchmark.Runs.Count);
    }

    [Fact]
    public async Task A_run_shows_a_cost_when_it_is_asked_for_one()
    {
        var id = benchmark.Runs.First(r => r.State() == "succeeded").Id();

        var plain = (await _client.GetAsync($"/v1/runs/{id}")).Must(HttpStatusCode.OK);
        var priced = (await _client.GetAsync($"/v1/runs/{id}?priceList=cloud-cpu")).Must(HttpStatusCode.OK);
        var listed = (await _client.GetAsync("/v1/runs?priceList=local&limit=5")).Must(HttpStatusCode.OK);

        plain.AsObject().ContainsKey("cost").Should().BeFalse();
        var item = priced["cost"]!["items"]![0]!;
        item["dimension"]!.GetValue<string>().Should().Be("cpuSecond");
        item["consumed"]!.GetValue<double>().Should().Be(priced["usage"]!["cpuSecond"]!.GetValue<double>());
        priced["cost"]!["estimated"]!.GetValue<bool>().Should().BeTrue("seconds of this machine stand for rented ones");
        listed["items"]!
            .AsArray()
            .Should()
            .OnlyContain(r => r!["cost"]!["priceList"]!["id"]!.GetValue<string>() == "local");
    }

    [Fact]
    public async Task A_quantum_job_costs_what_it_used_and_beside_it_what_hardware_would_have_cost()
    {
        await service.RequireAsync("qaoa");
        var job = await _client.SolveAsync(
            Bodies.Job(
                Bodies.Small,
                "qaoa",
                "\"options\":{\"layers\":1},\"budget\":{\"shots\":100,\"evaluations\":30,\"timeSeconds\":30},\"seed\":1"
            )
        );

        job["cost"]!["items"]!
            .AsArray()
            .Select(i => i!["dimension"]!.GetValue<string>())
            .Should()
            .Equal("cpuSecond", "memoryGibSecond");
        var hardware = job["cost"]!["asHardware"]!;
        var tasks = job["metrics"]!["evaluations"]!.GetValue<long>() + 1;
        hardware["profile"]!.GetValue<string>().Should().Be("superconducting");
        hardware["estimated"]!.GetValue<bool>().Should().BeTrue();
        hardware["usage"]!["qpuTask"]!.GetValue<long>().Should().Be(tasks);
        hardware["usage"]!["shot"]!.GetValue<long>().Should().Be(100 * tasks);
        hardware["total"]!.GetValue<double>().Should().BeApproximately(tasks * (0.3 + 100 * 0.0009), 1e-9);
        hardware["items"]!.AsArray().Should().OnlyContain(i => i!["basis"]!.GetValue<string>() == "modelled");

        var ions = (await _client.GetAsync($"/v1/jobs/{job.Id()}?priceList=qpu-shots-trapped-ion")).Must(
            HttpStatusCode.OK
        );
        ions["cost"]!["asHardware"]!["total"]!
            .GetValue<double>()
            .Should()
            .BeApproximately(tasks * (0.3 + 100 * 0.08), 1e-9);
    }

    private async Task<JsonNode> ReportAsync(string query) =>
        (await _client.GetAsync($"/v1/benchmarks/{benchmark.Id}/report?format=json{query}")).Must(HttpStatusCode.OK);
}
