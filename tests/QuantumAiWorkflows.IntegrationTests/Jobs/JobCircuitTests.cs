using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>The circuit of a quantum run through HTTP; what is in each format is tested where it is written.</summary>
public sealed class JobCircuitTests(SharedService service)
{
    private const string Ring = "\"variant\":\"xyRing\",\"groups\":[[0,1],[2,4,5]]";

    private readonly Client _client = service.Client;

    private async Task<JsonNode> SolveAsync(string options, int numVariables = 6, string more = "")
    {
        await service.RequireAsync("qaoa");
        return await _client.SolveAsync(
            Bodies.Job(
                Bodies.Dense(numVariables),
                "qaoa",
                $"\"options\":{{\"crossCheckQubits\":0,\"maxEvaluations\":20,{options}}},\"seed\":5{more}"
            )
        );
    }

    [Theory]
    [InlineData("\"variant\":\"standard\"", "standard")]
    [InlineData(Ring, "xyRing")]
    [InlineData("\"variant\":\"warmStart\"", "warmStart")]
    [InlineData("\"variant\":\"multiAngle\"", "multiAngle")]
    public async Task Comes_in_every_format_with_the_numbers_of_the_run(string options, string variant)
    {
        var job = await SolveAsync(options);
        job.State().Should().Be("succeeded", job.ToJsonString());
        var metrics = job["metrics"]!;
        metrics["variant"]!.GetValue<string>().Should().Be(variant);
        job["links"]!["circuit"]!.GetValue<string>().Should().Be($"/v1/jobs/{job.Id()}/circuit");

        var circuit = await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit");
        circuit.MediaType.Should().Be("application/json");
        var json = circuit.Must(HttpStatusCode.OK);
        json["variant"]!.GetValue<string>().Should().Be(variant);
        json["depth"]!.ToJsonString().Should().Be(metrics["circuitDepth"]!.ToJsonString());
        json["twoQubitGates"]!.ToJsonString().Should().Be(metrics["twoQubitGates"]!.ToJsonString());
        json["gateCounts"]!.ToJsonString().Should().Be(metrics["gateCounts"]!.ToJsonString());
        json["gammas"]!.ToJsonString().Should().Be(metrics["angles"]!["gammas"]!.ToJsonString());
        json["betas"]!.ToJsonString().Should().Be(metrics["angles"]!["betas"]!.ToJsonString());
        json["starts"]?.ToJsonString().Should().Be(metrics["startAngles"]?.ToJsonString());
        var first = json["gates"]!.AsArray().First(g => g!["scaledBy"]?.GetValue<string>() == "gammas[0]")!;
        first["angle"]!.GetValue<double>().Should().NotBe(0);

        var qasm = await FormatAsync("qasm", "text/plain", "qasm");
        qasm.Text.Should().StartWith("OPENQASM 3.0;\n").And.Contain("c[5] = measure q[5];");
        var qir = await FormatAsync("qir", "text/plain", "ll");
        qir.Text.Should().Contain("@ENTRYPOINT__main").And.Contain("\"qir_profiles\"=\"base_profile\"");
        var svg = await FormatAsync("svg", "image/svg+xml", "svg");
        XDocument.Parse(svg.Text).Root!.Name.LocalName.Should().Be("svg");
        svg.Headers["Content-Security-Policy"].Should().Be("default-src 'none'; style-src 'unsafe-inline'");

        async Task<Reply> FormatAsync(string format, string mediaType, string extension)
        {
            var reply = await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit?format={format}");
            reply.Status.Should().Be(HttpStatusCode.OK, reply.Text);
            reply.MediaType.Should().Be(mediaType);
            reply.Headers["Content-Disposition"].Should().Be($"inline; filename=\"{job.Id()}.{extension}\"");
            return reply;
        }
    }

    [Fact]
    public async Task Of_a_run_whose_quantum_step_was_replaced_is_not_there()
    {
        var job = await SolveAsync($"{Ring},\"sampler\":\"uniform\"");

        var reply = await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit");

        ProblemReply.Assert(
            reply,
            404,
            "notFound",
            "There is no such circuit.",
            $"Job {job.Id()} ran no quantum circuit: it is a run of qaoa."
        );
        job["links"]!["circuit"].Should().BeNull();
    }

    [Fact]
    public async Task Of_a_recursion_has_no_link()
    {
        await service.RequireAsync("rqaoa");
        var job = await _client.SolveAsync(
            Bodies.Job(Bodies.Dense(6), "rqaoa", "\"options\":{\"correlations\":\"circuit\",\"coreSize\":4}")
        );

        job["metrics"]!["variant"]!.GetValue<string>().Should().Be("standard", "its correlations come from a circuit");
        job["links"]!["circuit"].Should().BeNull();
    }

    [Fact]
    public async Task Of_a_decomposition_is_one_for_each_sub_problem_and_says_so()
    {
        await service.RequireAsync("hybrid-decomposition");
        var job = await _client.SolveAsync(
            Bodies.Job(
                Bodies.Dense(6),
                "hybrid-decomposition",
                "\"options\":{\"subSolver\":\"qaoa\",\"subProblemSize\":3,\"rounds\":1},\"seed\":5"
            )
        );

        ProblemReply.Assert(
            await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit"),
            404,
            "notFound",
            "There is no such circuit.",
            $"Job {job.Id()} has no circuit of its own: it is a run of hybrid-decomposition, which ran one for each of its sub-problems."
        );
        job["links"]!["circuit"].Should().BeNull();
    }

    [Fact]
    public async Task Too_large_to_draw_is_refused_with_the_limit_and_still_comes_as_text()
    {
        var job = await SolveAsync("\"layers\":16", numVariables: 15, more: ",\"budget\":{\"evaluations\":2}");
        var gates = job["metrics"]!["gateCounts"]!.AsObject().Sum(g => g.Value!.GetValue<int>());
        gates.Should().BeGreaterThan(2000);

        var reply = await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit?format=svg");

        var detail = $"A drawing has at most 2000 gates, this circuit has {gates}; the other formats have no limit.";
        ProblemReply.Assert(
            reply,
            422,
            "notAcceptable",
            "The request is well-formed, but cannot be accepted.",
            detail,
            $$"""[{"code":"overLimit","detail":"{{detail}}","value":{{gates}},"limit":2000}]"""
        );
        (await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit?format=qir")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Is_asked_for_again_later_while_its_module_is_being_compiled()
    {
        await service.RequireAsync("qaoa");
        var folder = Directory.CreateTempSubdirectory("qaiw-").FullName;
        try
        {
            string job;
            await using (var first = Started("cache"))
            {
                await first.StartAsync();
                job = (await first.Client.SolveAsync(Bodies.Job(Bodies.Small, "qaoa"))).Id();
            }
            await Until.TrueAsync(() => IsFree(Path.Combine(folder, "data", "qaiw.lock")), "the data are free");
            // The same service on a machine that has no native code of the module yet: ten CPU seconds to make it.
            await using var second = Started("empty");
            await second.StartAsync();

            var reply = await second.Client.GetAsync($"/v1/jobs/{job}/circuit");

            ProblemReply.Assert(
                reply,
                503,
                "unavailable",
                "The service cannot do this at the moment.",
                "The Q# module is being compiled for this machine; it takes about ten CPU seconds, once."
            );
            reply.Headers["Retry-After"].Should().Be("2");
            await Until.TrueAsync(
                async () => (await second.Client.GetAsync($"/v1/jobs/{job}/circuit")).Status == HttpStatusCode.OK,
                "the circuit is there"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        // A host is disposed of a little before its program has ended.
        static bool IsFree(string path)
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        Service Started(string cache)
        {
            var path = Path.Combine(folder, cache);
            if (cache == "cache")
                QSharpCache.CopyTo(path);
            return new(("Qaiw:DataDirectory", Path.Combine(folder, "data")), ("Qaiw:CacheDirectory", path));
        }
    }

    [Fact]
    public async Task Of_an_erased_job_or_problem_is_gone()
    {
        // Of a problem that no other test has.
        var job = await SolveAsync("\"layers\":1", numVariables: 3);
        var problem = job["problem"]!.Id();
        (await _client.DeleteAsync($"/v1/problems/{problem}")).Status.Should().Be(HttpStatusCode.NoContent);

        var withoutProblem = await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit");
        (await _client.DeleteAsync($"/v1/jobs/{job.Id()}")).Status.Should().Be(HttpStatusCode.NoContent);
        var withoutJob = await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit");

        ProblemReply.Assert(
            withoutProblem,
            410,
            "erased",
            "The problem has been erased.",
            Erased(withoutProblem, "problem", problem)
        );
        ProblemReply.Assert(withoutJob, 410, "erased", "The job has been erased.", Erased(withoutJob, "job", job.Id()));

        static string Erased(Reply reply, string what, string id)
        {
            var time = reply.Json["detail"]!.GetValue<string>().Split(" at ")[1].Split(' ')[0];
            DateTimeOffset.Parse(time, null).Offset.Should().Be(TimeSpan.Zero);
            return $"The {what} {id} was erased at {time} on request; only this note is kept.";
        }
    }

    [Fact]
    public async Task Groups_that_do_not_fit_are_refused_by_pointer()
    {
        await service.RequireAsync("qaoa");

        var reply = await _client.PostAsync(
            "/v1/jobs",
            Bodies.Job(Bodies.Small, "qaoa", "\"options\":{\"variant\":\"xyRing\",\"groups\":[[0,3],[0],[0,1]]}")
        );

        ProblemReply.Assert(
            reply,
            422,
            "notAcceptable",
            "The request is well-formed, but cannot be accepted.",
            "/options/groups/0/1: Expected a variable from 0 to 2, got 3. (3 more in errors.)",
            """
            [{"code":"indexOutOfRange","detail":"Expected a variable from 0 to 2, got 3.","pointer":"/options/groups/0/1","value":3,"limit":2},
            {"code":"outOfRange","detail":"A group needs 2 variables or more, got 1.","pointer":"/options/groups/1","value":1,"limit":2},
            {"code":"duplicateEntry","detail":"Variable 0 is in a group already, at /groups/0/0.","pointer":"/options/groups/1/0","value":0},
            {"code":"duplicateEntry","detail":"Variable 0 is in a group already, at /groups/0/0.","pointer":"/options/groups/2/0","value":0}]
            """
        );
    }
}
