using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Work;

/// <summary>
/// Q# in a real child: what does not end, finds no memory or is killed costs its own job. A job that runs beside it goes
/// on, and the next one gives what it gave before.
/// </summary>
public sealed class QSharpFaultTests : IAsyncLifetime
{
    private readonly Service _service = new();
    private string _beside = "";
    private JsonNode _before = null!;
    private IReadOnlyList<int> _children = [];

    private Client Client => _service.Client;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found through /proc.");
        await _service.StartAsync();
        await _service.RequireAsync("qaoa");
        _before = await Client.SolveAsync(Healthy);
        _before.State().Should().Be("succeeded");
        // Both slots at work: then both children have warmed up, and no instance of Q# is theirs any more.
        _beside = await Client.SubmitAsync(Bodies.LongJob());
        var other = await Client.SubmitAsync(Bodies.LongJob());
        await Client.UntilIncumbentAsync(_beside);
        await Client.UntilIncumbentAsync(other);
        await Client.CancelAsync(other);
        await Client.EndAsync(other);
        _children = Children.Of(_service, "child");
        _children.Should().HaveCount(2);
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("\"timeSeconds\":1", "time")]
    [InlineData("\"cpuSeconds\":0.2", "cpu")]
    public async Task What_a_budget_ends_in_is_interrupted_and_its_child_goes_on(string budget, string stoppedBy)
    {
        // The smaller one ends in the compilation; the larger one, on a fast machine, in the first state.
        var job = await Client.SolveAsync(Bodies.LongCompilation(seed: 1, budget));

        AssertEndedInTime(job, stoppedBy);
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeFalse("it was interrupted");
        Children.Of(_service, "child").Should().Equal(_children);
        _children.Sum(Children.QSharpMappings).Should().Be(0, "the interrupted instance was given back");
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_child_that_does_not_hear_its_stop_is_killed()
    {
        var (id, child) = await CompilingAsync(seed: 20, timeSeconds: 5);
        using (var stop = Process.Start("/bin/sh", ["-c", $"kill -STOP {child}"]))
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);

        var job = await Client.EndAsync(id);

        AssertEndedInTime(job, "time");
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeTrue();
        job["metrics"]!["wallSeconds"]!.GetValue<double>().Should().BeInRange(5, 60);
        await AssertUnharmedAsync();
        AssertReplaced(child);
    }

    [Fact]
    public async Task A_child_killed_while_Q_sharp_compiles_fails_that_job_alone()
    {
        var (id, child) = await CompilingAsync(seed: 30, timeSeconds: 60);
        using (var process = Process.GetProcessById(child))
            process.Kill();

        var job = await Client.EndAsync(id);

        job.State().Should().Be("failed");
        job["error"]!
            .ToJsonString()
            .Should()
            .Be(
                """{"code":"solverCrashed","message":"The solver process ended with exit code 137.","retryable":true}"""
            );
        job["attempt"]!.GetValue<int>().Should().Be(1);
        AssertNothingFound(job);
        var runs = (await Client.GetAsync($"/v1/runs?job={id}")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Should().ContainSingle().Which!["state"]!.GetValue<string>().Should().Be("failed");
        await AssertUnharmedAsync();
        AssertReplaced(child);
    }

    [Fact]
    public async Task A_compilation_beyond_the_memory_of_its_budget_fails_that_job_alone()
    {
        // States of 14 qubits are 0.9 MB and fit; what Q# compiles in does not.
        var job = await Client.SolveAsync(
            Bodies.Job(
                Bodies.Dense(14),
                "qaoa",
                """
                "options":{"layers":16,"variant":"multiAngle"},"budget":{"memoryMegabytes":16,"evaluations":50}
                """
            )
        );

        job.State().Should().Be("failed");
        job["error"]!["code"]!.GetValue<string>().Should().Be("memoryExceeded");
        job["error"]!["message"]!
            .GetValue<string>()
            .Should()
            .MatchRegex(@"^The run added \d{8,} bytes to its process; its limit is 16000000 bytes");
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeTrue();
        AssertNothingFound(job);
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_system_that_refuses_Q_sharp_its_memory_fails_that_job_alone()
    {
        // The module reserves 4 GiB of addresses.
        foreach (var child in _children)
            LimitAddresses(child, SizeOf(child) + (512L << 20));
        var job = await Client.SolveAsync(Bodies.LongCompilation(seed: 4, "\"timeSeconds\":60"));
        foreach (var child in _children)
            LimitAddresses(child, -1);

        job.State().Should().Be("failed");
        job["error"]!["code"]!.GetValue<string>().Should().Be("solverError");
        job["error"]!["message"]!
            .GetValue<string>()
            .Should()
            .StartWith("QSharpModuleException: The Q# module could not be started: ");
        AssertNothingFound(job);
        Children.Of(_service, "child").Should().Equal(_children, "the child itself is well");
        await AssertUnharmedAsync();
    }

    /// <summary>Without a clock, which on a busy machine would end it before it is checked against Q#.</summary>
    private static string Healthy => Bodies.Job(Bodies.Dense(6), "qaoa", "\"seed\":5,\"budget\":{\"evaluations\":200}");

    /// <summary>
    /// A job whose child has an instance of Q# at this moment. Where a busy machine let the compilation pass unseen, that of
    /// another circuit is looked for.
    /// </summary>
    private async Task<(string Id, int Child)> CompilingAsync(ulong seed, int timeSeconds)
    {
        var (job, child) = ("", 0);
        await Until.TrueAsync(
            async () =>
            {
                job = await Client.SubmitAsync(Bodies.LongCompilation(seed++, $"\"timeSeconds\":{timeSeconds}"));
                var submitted = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(submitted).TotalSeconds < Math.Min(timeSeconds, 10))
                {
                    if ((child = _children.FirstOrDefault(id => Children.QSharpMappings(id) > 0)) != 0)
                        return true;
                    await Task.Delay(5, TestContext.Current.CancellationToken);
                }
                await Client.PostAsync($"/v1/jobs/{job}/cancel", null);
                await Client.EndAsync(job);
                return false;
            },
            "Q# is at work"
        );
        return (job, child);
    }

    private static void AssertEndedInTime(JsonNode job, string stoppedBy)
    {
        job.State().Should().Be("succeeded", "the end of a budget is no error");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be(stoppedBy);
        AssertNothingFound(job);
    }

    private static void AssertNothingFound(JsonNode job)
    {
        job["result"]!["status"]!.GetValue<string>().Should().Be("unknown");
        job["result"]!["solution"].Should().BeNull();
        job["metrics"]!["evaluations"]!.GetValue<long>().Should().Be(0, "it did not come to its first state");
    }

    private void AssertReplaced(int child)
    {
        var now = Children.Of(_service, "child");
        now.Should().HaveCount(2).And.NotContain(child);
        now.Should().Contain(_children.Where(c => c != child), "the other one is the same process");
    }

    /// <summary>The job beside still runs, in its first attempt, and the next qaoa job gives what it gave before.</summary>
    private async Task AssertUnharmedAsync()
    {
        var after = await Client.SolveAsync(Healthy);
        after.State().Should().Be("succeeded");
        foreach (var member in new[] { "objective", "status", "solution", "samples" })
            (after["result"]![member]?.ToJsonString()).Should().Be(_before["result"]![member]?.ToJsonString());
        foreach (var member in new[] { "expectation", "angles", "overlapWithQSharp", "evaluations" })
            (after["metrics"]![member]?.ToJsonString()).Should().Be(_before["metrics"]![member]?.ToJsonString());
        (await Client.JobAsync(_beside)).State().Should().Be("running");
        await Client.CancelAsync(_beside);
        var beside = await Client.EndAsync(_beside);
        beside.State().Should().Be("cancelled");
        beside["attempt"]!.GetValue<int>().Should().Be(1);
        beside["result"]!["solution"].Should().NotBeNull();
    }

    private static long SizeOf(int process) =>
        1024
        * long.Parse(
            File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmSize:", StringComparison.Ordinal))[
                7..^3
            ],
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <param name="bytes">-1 for no limit.</param>
    private static void LimitAddresses(int process, long bytes)
    {
        const int addressSpace = 9;
        var limit = new Limit { Soft = bytes, Hard = -1 };
        SetLimit(process, addressSpace, in limit, IntPtr.Zero).Should().Be(0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public long Soft;
        public long Hard;
    }

    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int SetLimit(int process, int resource, in Limit limit, IntPtr old);
}
