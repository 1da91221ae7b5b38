using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests.CommandLine;

/// <summary>Suites with instances from files: found, uploaded, and given the reference of their index.</summary>
[Collection(CommandLineTests.Name)]
public sealed class FileInstanceTests(CliService service)
{
    /// <summary>A path of three edges: its maximum cut is 3.</summary>
    private const string Graph = "4 3\n1 2 1\n2 3 1\n3 4 1\n";

    /// <summary>-x1 + 2·x1·x2 as a Biq Mac file.</summary>
    private const string Qubo = "2 2\n1 1 -1\n1 2 1\n";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static JsonObject Suite(string path, string format, JsonObject? settings = null)
    {
        var suite = CliService.TinySuite();
        var file = new JsonObject
        {
            ["path"] = path,
            ["format"] = format,
            ["reference"] = new JsonObject { ["index"] = "index.json" },
        };
        if (settings is not null)
            file["settings"] = settings;
        suite["instances"] = new JsonArray(new JsonObject { ["name"] = "from-file", ["file"] = file });
        return suite;
    }

    private string Data(string folder, string sense = "max", string? hash = null)
    {
        service.Save($"{folder}/graphs/path.txt", Graph);
        service.Save($"{folder}/graphs/qubo.sparse", Qubo);
        service.Save(
            $"{folder}/index.json",
            $$"""
            { "instances": [
              { "file": "graphs/path.txt", "sense": "{{sense}}", "best_known": 3, "proven_optimal": true, "best_known_source": "by hand", "sha256": "{{hash
                ?? Hash(Graph)}}" },
              { "file": "graphs/qubo.sparse", "sense": "{{sense}}", "best_known": 1, "proven_optimal": true, "best_known_source": "by hand" } ] }
            """
        );
        return service.PathOf(folder);
    }

    [Fact]
    public async Task A_file_in_the_data_folder_becomes_a_problem_with_its_reference()
    {
        var data = Data("data");

        var cli = await CliProcess.RunAsync(
            "",
            [("QAIW_DATA_SETS", data)],
            "bench",
            service.Save("suites/files.json", Suite("graphs/path.txt", "gset")),
            "--server",
            service.Address,
            "--gate"
        );

        cli.ShouldExitWith(0);
        var benchmark = await service.Gateway.GetAsync($"/v1/benchmarks/{await CliService.BenchmarkOfAsync(cli)}");
        var instance = benchmark["suite"]!["instances"]![0]!;
        instance["problemId"]!.GetValue<string>().Should().StartWith("sha256:");
        instance["reference"]!["objective"]!.GetValue<double>().Should().Be(3);
        instance["reference"]!["optimal"]!.GetValue<bool>().Should().BeTrue();
        instance["reference"]!["source"]!.GetValue<string>().Should().Be("by hand");
    }

    [Theory]
    [InlineData("../secrets/path.txt", "index.json", "path")]
    [InlineData("/etc/hostname", "index.json", "path")]
    [InlineData("graphs/path.txt", "../index.json", "reference/index")]
    public async Task A_path_out_of_the_folders_is_refused_before_anything_is_read(
        string path,
        string index,
        string member
    )
    {
        Data("inside/data");
        service.Save("inside/secrets/path.txt", Graph);
        var suite = Suite(path, "gset");
        suite["instances"]![0]!["file"]!["reference"]!["index"] = index;

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("inside/suite.json", suite),
            "--data",
            service.PathOf("inside/data"),
            "--server",
            service.Address
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain($"/instances/0/file/{member}: ").And.Contain("leads out of");
    }

    [Theory]
    [InlineData("graphs/path.txt", "path")]
    [InlineData("graphs", "path")]
    [InlineData("index.json", "reference/index")]
    public async Task A_link_is_followed_only_where_the_user_names_its_folder(string link, string member)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        var name = $"links-{link.Replace('/', '-')}";
        var beside = Data($"{name}/beside");
        var suite = service.Save($"{name}/beside/suite.json", Suite("graphs/path.txt", "gset"));
        var secret = service.PathOf($"secret-{name}");
        Directory.Move(Path.Combine(beside, link), secret);
        File.CreateSymbolicLink(Path.Combine(beside, link), secret);

        var refused = await CliProcess.RunAsync("bench", suite, "--server", service.Address);
        var named = await CliProcess.RunAsync("bench", suite, "--server", service.Address, "--data", beside);
        var other = await CliProcess.RunAsync(
            "bench",
            suite,
            "--server",
            service.Address,
            "--data",
            Data($"{name}/other")
        );

        refused.ShouldExitWith(2);
        refused.Error.Should().Contain($"/instances/0/file/{member}: ").And.Contain("is a symbolic link");
        named.ShouldExitWith(0);
        other.ShouldExitWith(0);
    }

    [Fact]
    public async Task A_link_is_one_whatever_its_name_looks_like()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A backslash is no part of a name there.");
        const string name = "a\\b.txt";
        var folder = Data("backslash");
        File.CreateSymbolicLink(Path.Combine(folder, name), service.Save("backslash-secret.txt", Graph));

        var cli = await CliProcess.RunAsync("bench", service.Save("backslash/suite.json", Suite(name, "gset")));

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("is a symbolic link");
    }

    [Fact]
    public async Task A_link_in_the_folder_beside_a_checkout_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        var data = Data("given/shared/data");
        var secret = service.PathOf("given-secret");
        Directory.Move(Path.Combine(data, "graphs"), secret);
        Directory.CreateSymbolicLink(Path.Combine(data, "graphs"), secret);
        service.Save("given/checkout/QuantumAiWorkflows.sln", "");

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("given/checkout/suite.json", Suite("graphs/path.txt", "gset")),
            "--server",
            service.Address
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("graphs/path.txt is a symbolic link");
    }

    [Fact]
    public async Task A_suite_of_a_checkout_finds_the_data_beside_it()
    {
        Data("shared/data");
        service.Save("checkout/QuantumAiWorkflows.sln", "");
        service.Save("elsewhere/suite.json", Suite("graphs/path.txt", "gset"));

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("checkout/suites/suite.json", Suite("graphs/path.txt", "gset")),
            "--server",
            service.Address,
            "--gate"
        );
        var outside = await CliProcess.RunAsync("bench", service.PathOf("elsewhere/suite.json"));

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("pass maxGapPercent");
        outside.ShouldExitWith(0);
        outside.Out.Should().Contain("there is no data folder");
    }

    [Fact]
    public async Task A_file_beside_the_suite_needs_no_data_folder_and_settings_reach_its_format()
    {
        Data("beside");
        var suite = Suite("graphs/qubo.sparse", "biqmac", new JsonObject { ["sense"] = "maximize" });

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("beside/suite.json", suite),
            "--server",
            service.Address,
            "--gate"
        );

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("pass maxGapPercent tabu: 0,");
    }

    [Fact]
    public async Task A_reference_of_the_other_sense_is_refused()
    {
        var data = Data("senses");

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("suites/senses.json", Suite("graphs/qubo.sparse", "biqmac")),
            "--server",
            service.Address,
            "--data",
            data
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("\"sense\": \"maximize\"");
    }

    [Fact]
    public async Task A_file_that_is_not_the_one_of_the_index_is_refused()
    {
        var data = Data("changed", hash: Hash("something else"));

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("suites/changed.json", Suite("graphs/path.txt", "gset")),
            "--server",
            service.Address,
            "--data",
            data
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("its SHA-256 differs");
    }

    [Fact]
    public async Task A_file_that_the_data_folder_lacks_is_2()
    {
        var data = Data("lacking");

        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("suites/lacking.json", Suite("graphs/absent.txt", "gset")),
            "--data",
            data
        );

        cli.ShouldExitWith(2);
        cli.Error.Should().Contain("/instances/0/file/path: graphs/absent.txt");
    }

    [Theory]
    [InlineData("maxcut-gset")]
    [InlineData("qubo-beasley")]
    [InlineData("qaoa-biqmac")]
    public async Task A_suite_over_public_data_is_skipped_where_they_are_absent(string name)
    {
        var suite = Path.Combine(CliProcess.RepositoryFolder, "suites", $"{name}.json");

        var nowhere = service.PathOf("nowhere");

        var skipped = await CliProcess.RunAsync("", [("QAIW_DATA_SETS", nowhere)], "bench", suite);
        var named = await CliProcess.RunAsync("bench", suite, "--data", nowhere);
        var required = await CliProcess.RunAsync("bench", suite, "--require-data", "--data", nowhere);

        skipped.ShouldExitWith(0);
        skipped.Out.Should().Be($"Skipped {suite}: the data folder {nowhere} is absent.\n");
        skipped.Error.Should().BeEmpty();
        named.ShouldExitWith(0);
        named.Out.Should().Contain("is absent");
        required.ShouldExitWith(3);
    }
}
