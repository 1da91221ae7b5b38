using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests.CommandLine;

/// <summary><c>qaiw bench</c> against a real service: what it prints, leaves in files, and exits with.</summary>
[Collection(CommandLineTests.Name)]
public sealed class BenchTests(CliService service)
{
    private Task<CliProcess> BenchAsync(string suite, params string[] arguments) =>
        CliProcess.RunAsync(["bench", suite, "--server", service.Address, .. arguments]);

    private async Task<JsonObject> BenchmarkAsync(CliProcess cli) =>
        await service.Gateway.GetAsync($"/v1/benchmarks/{await CliService.BenchmarkOfAsync(cli)}");

    [Fact]
    public async Task The_built_in_smoke_suite_passes_its_gate()
    {
        // Its budgets are short: on a busy machine a run may hesitate. A suite that cannot pass fails every time.
        var cli = await BenchAsync("smoke", "--gate");
        for (var k = 0; k < 2 && cli.Out.Contains("Gate: failed", StringComparison.Ordinal); k++)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(cli.Everything);
            cli = await BenchAsync("smoke", "--gate");
        }

        cli.ShouldExitWith(0);
        foreach (var solver in new[] { "qaoa", "cp-sat", "tabu", "simulated-annealing", "exhaustive", "random" })
            cli.Out.Should().Contain($" {solver} ");
        cli.Out.Should().Contain("Verdict:").And.Contain("pass maxGapPercent qaoa").And.Contain("Gate: passed");
    }

    [Fact]
    public async Task Several_candidates_have_a_verdict_each_by_name()
    {
        var suite = CliService.TinySuite();
        suite["solvers"]!
            .AsArray()
            .Add(JsonNode.Parse("""{ "id": "simulated-annealing", "name": "cooled", "role": "candidate" }"""));

        var cli = await BenchAsync(service.Save("two.json", suite));

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("Verdict for tabu: ").And.Contain("Verdict for cooled: ");
    }

    [Fact]
    public async Task A_suite_file_gives_a_table_a_verdict_and_reports_and_no_escape_codes_in_a_log()
    {
        var (markdown, csv) = (service.PathOf("reports/tiny.md"), service.PathOf("reports/tiny.csv"));

        // The suite last: an option that may be repeated must not swallow it.
        var cli = await CliProcess.RunAsync(
            "bench",
            "--server",
            service.Address,
            "--gate",
            "--report",
            $"md={markdown}",
            "--report",
            $"csv={csv}",
            service.Save("tiny.json", CliService.TinySuite())
        );

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("tiny: 2 instance(s), n = 6 to 8").And.Contain("Gate: passed");
        cli.Error.Should().Contain("tiny: 8 of 8 runs, 100 %");
        cli.Everything.Should().NotContain("\u001b");
        (await File.ReadAllTextAsync(markdown)).Should().Contain("# ");
        (await File.ReadAllLinesAsync(csv)).Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public async Task Standard_input_is_a_suite_and_standard_output_a_report()
    {
        var cli = await CliProcess.RunAsync(
            CliService.TinySuite().ToJsonString(),
            [("QAIW_SERVER", service.Address)],
            "bench",
            "-",
            "--report",
            "md=-"
        );

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("| tabu");
    }

    [Fact]
    public async Task A_part_of_a_suite_is_the_rows_that_are_named_under_a_hash_of_its_own()
    {
        var path = service.Save("tiny.json", CliService.TinySuite());

        var whole = await BenchAsync(path);
        var part = await BenchAsync(path, "--instance", "b", "--solver", "tabu");

        part.ShouldExitWith(0);
        part.Error.Should()
            .Contain("Part of the suite tiny: 1 of 2 instances, 1 of 2 solvers. It has a hash of its own.");
        var (all, some) = (await BenchmarkAsync(whole), await BenchmarkAsync(part));
        some["suite"]!["instances"]!.AsArray().Select(i => i!["name"]!.GetValue<string>()).Should().Equal("b");
        some["suite"]!["solvers"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()).Should().Equal("tabu");
        some["progress"]!["total"]!.GetValue<int>().Should().Be(2);
        some["suiteHash"]!.GetValue<string>().Should().NotBe(all["suiteHash"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_part_that_the_suite_does_not_have_is_2_with_the_names_it_has()
    {
        var cli = await BenchAsync("smoke", "--solver", "qaoa", "--solver", "random", "--instance", "none");

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("--instance none: the suite has no such entry; its instances are ");
    }

    [Fact]
    public async Task A_gate_that_fails_is_1_and_only_with_gate()
    {
        var suite = CliService.TinySuite();
        suite["instances"]![0]!["reference"] = new JsonObject { ["objective"] = -1e6, ["optimal"] = true };
        var path = service.Save("unreachable.json", suite);

        var gated = await BenchAsync(path, "--gate");
        var shown = await BenchAsync(path);

        gated.ShouldExitWith(1);
        gated.Out.Should().Contain("FAIL maxGapPercent tabu").And.Contain("Gate: failed");
        shown.ShouldExitWith(0);
        shown.Out.Should().Contain("Gate: failed");
    }

    [Fact]
    public async Task A_gate_that_cannot_be_told_is_1_and_says_so()
    {
        var path = service.Save("tiny.json", CliService.TinySuite());
        var before = await CliService.BenchmarkOfAsync(await BenchAsync(path));

        // Fewer than seven instances can show no regression, nor that there is none.
        var cli = await BenchAsync(path, "--gate", "--compare-with", before);

        cli.ShouldExitWith(1);
        cli.Error.Should().Contain("could not be told, which counts as failed");
    }

    [Fact]
    public async Task An_earlier_benchmark_that_is_not_there_is_2_before_anything_runs()
    {
        var id = Guid.CreateVersion7().ToString();

        var cli = await BenchAsync(service.Save("tiny.json", CliService.TinySuite()), "--compare-with", id);

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain($"No benchmark has the id \"{id}\"");
    }

    [Fact]
    public async Task An_earlier_benchmark_is_put_into_the_gate_with_the_margin()
    {
        var path = service.Save("tiny.json", CliService.TinySuite());
        var first = await BenchAsync(path);
        var before = await CliService.BenchmarkOfAsync(first);

        var second = await BenchAsync(path, "--compare-with", before, "--max-regression", "20");

        second.ShouldExitWith(0);
        var gate = (await BenchmarkAsync(second))["suite"]!["gate"]!;
        gate["compareWith"]!.GetValue<string>().Should().Be(before);
        gate["maxRegressionPercent"]!.GetValue<double>().Should().Be(20);
        gate["maxGapPercent"]!.GetValue<double>().Should().Be(1, "the suite's own checks stay");
    }

    [Fact]
    public async Task A_saved_baseline_is_what_a_later_run_is_compared_with()
    {
        using var reply = await service.Gateway.Client.GetAsync($"/v1/benchmarks/{Guid.Empty}/report?format=baseline");
        Assert.SkipWhen(reply.StatusCode == HttpStatusCode.BadRequest, "this server writes no baseline files");
        var path = service.Save("tiny.json", CliService.TinySuite());
        var baseline = service.PathOf("baseline.json");
        (await BenchAsync(path, "--save-baseline", baseline)).ShouldExitWith(0);

        var cli = await BenchAsync(path, "--baseline", baseline, "--max-regression", "1000");

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("Gate:");
    }

    [Fact]
    public async Task Every_pointer_of_a_refusal_is_printed()
    {
        var suite = CliService.TinySuite();
        suite["seeds"] = new JsonArray(1, 1);
        suite["instances"]![1]!["name"] = "a";

        var cli = await BenchAsync(service.Save("faulty.json", suite));

        cli.ShouldExitWith(2);
        cli.Error.Should()
            .Contain("(422)")
            .And.Contain("/seeds/1: ")
            .And.Contain("/instances/1/name: ")
            .And.Contain("[duplicateEntry]");
    }

    [Theory]
    [InlineData("cannot be read", "bench", "absent.json")]
    [InlineData("Required argument", "bench")]
    [InlineData("--timeout 0", "bench", "smoke", "--timeout", "0")]
    [InlineData("FORMAT=PATH", "bench", "smoke", "--report", "html")]
    [InlineData("exclude each other", "bench", "smoke", "--baseline", "a", "--compare-with", "b")]
    [InlineData("exclude each other", "bench", "smoke", "--local", "--server", "http://127.0.0.1:1")]
    [InlineData("belongs to --local", "bench", "smoke", "--gateway", "somewhere")]
    [InlineData("expected an address", "suites", "--server", "nonsense")]
    [InlineData("there is no gateway at", "suites", "--local", "--gateway", "/nowhere")]
    [InlineData("cannot be started", "suites", "--local", "--gateway", "/etc/hostname")]
    [InlineData("Unrecognized", "bench", "smoke", "--nonsense")]
    public async Task What_is_wrong_with_the_arguments_is_said_without_a_server(
        string message,
        params string[] arguments
    )
    {
        var cli = await CliProcess.RunAsync(arguments);

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain(message);
        cli.Out.Should().BeEmpty();
    }

    [Theory]
    [InlineData("is not JSON (line 2", "{\n \"name\": }")]
    [InlineData("expected a JSON object", "[]")]
    [InlineData("is not JSON", """{ "name": "a", "name": "b" }""")]
    [InlineData(
        "/instances/0/file/path: expected a text",
        """{ "instances": [ { "name": "a", "file": { "format": "gset" } } ] }"""
    )]
    [InlineData(
        "/instances/0/file/pth: unknown member",
        """{ "instances": [ { "name": "a", "file": { "pth": "a", "path": "a", "format": "gset" } } ] }"""
    )]
    public async Task A_suite_that_does_not_read_is_2(string message, string content)
    {
        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("bad.json", content),
            "--server",
            "http://127.0.0.1:1"
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain(message);
    }

    [Theory]
    [InlineData("neither a file nor a built-in suite; built in are demo, demo-large, smoke", "nonsense")]
    [InlineData("--gate: the suite has no gate", "scaling", "--gate")]
    [InlineData("needs something to compare with", "smoke", "--max-regression", "5")]
    [InlineData("no report format \"tex\"", "smoke", "--report", "tex=out.tex")]
    public async Task What_a_suite_or_server_does_not_have_is_said_before_a_run(
        string message,
        params string[] arguments
    )
    {
        var before = await CountAsync();

        var cli = await BenchAsync(arguments[0], arguments[1..]);

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain(message);
        (await CountAsync()).Should().Be(before);

        async Task<int> CountAsync() =>
            (await service.Gateway.GetAsync("/v1/benchmarks?limit=200"))["items"]!.AsArray().Count;
    }

    [Fact]
    public async Task No_server_is_3()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var cli = await CliProcess.RunAsync("bench", "smoke", "--server", $"http://127.0.0.1:{port}");

        cli.ShouldExitWith(3);
        cli.Error.Should().Contain("No service answers").And.Contain("--local");
    }

    [Fact]
    public async Task A_benchmark_that_takes_too_long_is_cancelled_on_the_server_and_3()
    {
        var cli = await BenchAsync(service.Save("long.json", CliService.LongSuite()), "--timeout", "10");

        cli.ShouldExitWith(3);
        cli.Error.Should().Contain("is cancelled on the server").And.Contain("--timeout 10");
        var id = await CliService.BenchmarkOfAsync(cli);
        await Eventually.TrueAsync(async () => await service.StateAsync(id) == "cancelled", "the server has stopped");
    }

    [Fact]
    public async Task Ctrl_C_cancels_on_the_server()
    {
        await using var cli = CliProcess.Start(
            "bench",
            service.Save("long.json", CliService.LongSuite()),
            "--server",
            service.Address
        );
        var id = await CliService.BenchmarkOfAsync(cli);

        cli.Interrupt();

        (await cli.ExitAsync()).Should().Be(3, cli.Everything);
        cli.Error.Should().Contain($"Benchmark {id} is cancelled on the server").And.Contain("Stopped.");
        await Eventually.TrueAsync(async () => await service.StateAsync(id) == "cancelled", "the server has stopped");
    }

    [Fact]
    public async Task A_benchmark_that_somebody_else_cancels_is_3()
    {
        await using var cli = CliProcess.Start(
            "bench",
            service.Save("long.json", CliService.LongSuite()),
            "--server",
            service.Address,
            "--gate"
        );
        var id = await CliService.BenchmarkOfAsync(cli);

        await service.Gateway.PostAsync($"/v1/benchmarks/{id}/cancel", new JsonObject());

        (await cli.ExitAsync()).Should().Be(3, cli.Everything);
        cli.Error.Should().Contain($"Benchmark {id} was cancelled");
    }
}
