using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests.CommandLine;

/// <summary>The smaller commands.</summary>
[Collection(CommandLineTests.Name)]
public sealed class CommandTests(CliService service)
{
    private const string Problem =
        """{ "family": "qubo", "coo": { "numVariables": 3, "row": [0, 0, 1], "col": [0, 1, 2], "value": [-1, 2, -3] } }""";

    private const string Graph = "4 3\n1 2 1\n2 3 1\n3 4 1\n";

    private Task<CliProcess> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync([.. arguments, "--server", service.Address]);

    [Fact]
    public async Task Solve_prints_the_answer_and_shows_improvements_on_the_way()
    {
        var cli = await RunAsync(
            "solve",
            service.Save("problem.json", Problem),
            "--solver",
            "exhaustive",
            "--seed",
            "7"
        );

        cli.ShouldExitWith(0);
        cli.Out.Should()
            .MatchRegex(@"status\s+optimal")
            .And.MatchRegex(@"objective\s+-3\s")
            .And.MatchRegex(@"bound\s+-3\s")
            .And.MatchRegex(@"values\s+0 1 1\s")
            .And.MatchRegex(@"cost\s+\S+ USD")
            .And.Contain("seed 7");
        cli.Error.Should().MatchRegex(@"[0-9.]+ s  -3");
    }

    [Fact]
    public async Task Solve_takes_a_file_format_options_and_budgets_and_prints_the_job_as_JSON()
    {
        var cli = await RunAsync(
            "solve",
            service.Save("path.txt", Graph),
            "--format",
            "gset",
            "--solver",
            "simulated-annealing",
            "--option",
            "sweeps=50",
            "--shots",
            "20",
            "--json"
        );

        cli.ShouldExitWith(0);
        var job = JsonNode.Parse(cli.Out)!;
        job["result"]!["objective"]!.GetValue<double>().Should().Be(3);
        job["options"]!["sweeps"]!.GetValue<int>().Should().Be(50);
        job["budget"]!["shots"]!.GetValue<int>().Should().Be(20);
    }

    [Fact]
    public async Task Solve_says_how_a_problem_becomes_a_qubo()
    {
        const string Shop =
            """{"family":"scheduling","jobs":[{"id":"j","tasks":[{"id":"a","modes":[{"duration":1}]},{"id":"b","after":["a"],"modes":[{"duration":1}]}]}]}""";

        var cli = await RunAsync(
            "solve",
            service.Save("shop.json", Shop),
            "--solver",
            "exhaustive",
            "--encoding",
            "horizon=3",
            "--encoding",
            "policy=objective-range",
            "--encoding",
            "penalty.precedence=40",
            "--json"
        );

        cli.ShouldExitWith(0);
        var job = JsonNode.Parse(cli.Out)!;
        job["encoding"]!["horizon"]!.GetValue<int>().Should().Be(3);
        var encoding = job["metrics"]!["encoding"]!;
        encoding["policy"]!.GetValue<string>().Should().Be("objective-range");
        encoding["penalties"]!["precedence[b,0]"]!.GetValue<double>().Should().Be(40);
        job["result"]!["objective"]!.GetValue<double>().Should().Be(2);
    }

    [Fact]
    public async Task Solve_says_which_option_is_wrong()
    {
        var cli = await RunAsync(
            "solve",
            service.Save("problem.json", Problem),
            "--solver",
            "tabu",
            "--option",
            "nonsense=1"
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("/options/nonsense: ");
    }

    [Fact]
    public async Task Ctrl_C_cancels_a_job_on_the_server()
    {
        await using var cli = CliProcess.Start(
            "solve",
            service.Save("problem.json", Problem),
            "--solver",
            "random",
            "--time-seconds",
            "60",
            "--server",
            service.Address
        );
        await Eventually.TrueAsync(
            () => Task.FromResult(cli.Error.Contains("-3", StringComparison.Ordinal)),
            $"it solves: {cli.Everything}"
        );

        cli.Interrupt();

        (await cli.ExitAsync()).Should().Be(3, cli.Everything);
        var id = cli.Error.Split("Job ")[1].Split(' ')[0];
        await Eventually.TrueAsync(
            async () => (await service.Gateway.GetAsync($"/v1/jobs/{id}"))["state"]!.GetValue<string>() == "cancelled",
            "the job has stopped"
        );
    }

    [Fact]
    public async Task Import_stores_good_files_and_names_the_fault_of_a_bad_one()
    {
        var (good, bad) = (service.Save("good.txt", Graph), service.Save("bad.txt", "2 1\n1 7 1\n"));

        var cli = await RunAsync("problems", "import", good, bad, "--format", "gset");

        cli.ShouldExitWith(2);
        cli.Out.Should().Contain("sha256:").And.Contain("good.txt");
        cli.Error.Should().Contain("bad.txt").And.Contain("line 2");
        var id = cli.Out[cli.Out.IndexOf("sha256:", StringComparison.Ordinal)..].Split(' ')[0];
        (await service.Gateway.GetAsync($"/v1/problems/{id}"))["sense"]!.GetValue<string>().Should().Be("maximize");
    }

    [Fact]
    public async Task Import_validates_without_storing()
    {
        var cli = await RunAsync(
            "problems",
            "import",
            service.Save("other.txt", "3 1\n1 3 4\n"),
            "--format",
            "gset",
            "--validate-only"
        );

        cli.ShouldExitWith(0);
        var id = cli.Out[cli.Out.IndexOf("sha256:", StringComparison.Ordinal)..].Split(' ')[0];
        using var reply = await service.Gateway.Client.GetAsync($"/v1/problems/{id}");
        reply.StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Replay_runs_the_suite_again_and_report_saves_it()
    {
        var first = await RunAsync("bench", service.Save("tiny.json", CliService.TinySuite()));
        var id = await CliService.BenchmarkOfAsync(first);

        var replay = await RunAsync("replay", id, "--gate");

        replay.ShouldExitWith(0);
        var again = await CliService.BenchmarkOfAsync(replay);
        again.Should().NotBe(id);
        replay.Out.Should().Contain("Gate: passed");
        var file = service.PathOf("replay.json");
        (await RunAsync("report", again, "--format", "json", "-o", file)).ShouldExitWith(0);
        JsonNode.Parse(await File.ReadAllTextAsync(file))!["id"]!.GetValue<string>().Should().Be(again);
        var printed = await RunAsync("report", again);
        printed.Out.Should().Contain("| tabu");
    }

    [Fact]
    public async Task A_report_of_what_does_not_exist_is_2()
    {
        var cli = await RunAsync("report", Guid.CreateVersion7().ToString());

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("(404)");
    }

    [Fact]
    public async Task Suites_and_solvers_are_listed()
    {
        var suites = await RunAsync("suites");
        var solvers = await RunAsync("solvers");
        var json = await RunAsync("solvers", "--json");

        foreach (var name in new[] { "smoke", "qaoa-vs-classical", "qubo-classical", "scaling" })
            suites.Out.Should().Contain($" {name} ");
        solvers.Out.Should().Contain(" tabu ").And.Contain("classical");
        JsonNode.Parse(json.Out)!.AsArray().Should().Contain(s => s!["id"]!.GetValue<string>() == "cp-sat");
    }

    [Theory]
    [InlineData()]
    [InlineData("bench")]
    [InlineData("solve")]
    [InlineData("problems", "import")]
    [InlineData("report")]
    [InlineData("replay")]
    [InlineData("suites")]
    [InlineData("solvers")]
    public async Task Every_command_has_help(params string[] command)
    {
        var cli = await CliProcess.RunAsync([.. command, "--help"]);

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain($"qaiw {string.Join(' ', command)}".TrimEnd()).And.Contain("Options:");
    }
}
