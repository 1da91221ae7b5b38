using System.Globalization;

namespace QuantumAiWorkflows.IntegrationTests.Work;

/// <summary>
/// A child solves one qaoa job after the other, each with a circuit of its own to compile and to check against Q#, and
/// its memory stays flat. A compiler instance that is not given back is 20 MB or more, and seen at once in the process's
/// mappings. The full form:
/// <c>QAIW_QAOA_JOBS=1000 dotnet test --project tests/QuantumAiWorkflows.IntegrationTests -- --filter-class "*QaoaEndurance*"</c>
/// </summary>
public sealed class QaoaEnduranceTests : IAsyncLifetime
{
    private static readonly int Jobs = int.Parse(
        Environment.GetEnvironmentVariable("QAIW_QAOA_JOBS") ?? "24",
        CultureInfo.InvariantCulture
    );

    private readonly Service _service = new(("Qaiw:Slots", "1"));

    public async ValueTask InitializeAsync() => await _service.StartAsync();

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_child_keeps_its_memory_over_many_qaoa_jobs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory at the start of a run is measured on Linux only.");
        await _service.RequireAsync("qaoa");
        // The catalogue comes from the desk; the slot's child may be slower to start.
        await Until.TrueAsync(() => Children.Of(_service, "child").Count > 0, "the child has started");
        var child = Children.Of(_service, "child").Should().ContainSingle().Subject;

        // What is counted after each job is there to be counted while Q# works. It is the first of the jobs: after 1,000 a
        // child is replaced.
        var first = await _service.Client.SubmitAsync(
            Bodies.Job(
                Bodies.Dense(8),
                "qaoa",
                """
                "options":{"executionPath":"qsharp-simulator","maxEvaluations":1000000},"budget":{"timeSeconds":600}
                """
            )
        );
        await Until.TrueAsync(() => Children.QSharpMappings(child) > 0, "Q# is at work");
        await _service.Client.CancelAsync(first);
        await _service.Client.EndAsync(first);
        // On a busy machine an evaluation can be longer than the grace of a cancel: then another child takes its place.
        await _service.Client.SolveAsync(Bodies.Job(Bodies.Dense(6), "random", "\"budget\":{\"evaluations\":10}"));
        child = Children.Of(_service, "child").Should().ContainSingle().Subject;

        var (megabytes, cpuSeconds) = (new List<double>(), new List<double>());
        for (var k = 1; k < Jobs; k++)
        {
            // Without a clock: on a busy machine one would end a run before it is checked against Q#.
            var job = await _service.Client.SolveAsync(
                Bodies.Job(Bodies.Dense(6, seed: (ulong)k), "qaoa", "\"budget\":{\"evaluations\":200}")
            );
            job.State().Should().Be("succeeded", job.ToJsonString());
            var metrics = job["metrics"]!;
            metrics["overlapWithQSharp"].Should().NotBeNull(job.ToJsonString());
            metrics["overlapWithQSharp"]!.GetValue<double>().Should().BeApproximately(1, 1e-9);
            Children.QSharpMappings(child).Should().Be(0, "job {0} gave its instances of Q# back", k);
            megabytes.Add(metrics["baselineMemoryBytes"]!.GetValue<long>() / 1e6);
            cpuSeconds.Add(metrics["cpuSeconds"]!.GetValue<double>());
        }

        Children.Of(_service, "child").Should().Equal([child], "it is the same process all along");
        var (early, late) = (Quarter(megabytes, 1), Quarter(megabytes, 3));
        var quarters = Enumerable.Range(0, 4).Select(q => Shown(Quarter(megabytes, q)));
        var marks = new[] { 1, 100, 500, Jobs - 1 }
            .Where(k => k < Jobs)
            .Select(k => $"{Shown(megabytes[k - 1])} at {k}");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Jobs} jobs; median MB at their start in each quarter: {string.Join(", ", quarters)}; {string.Join(", ", marks)}; CPU seconds of a job: mean {Shown(cpuSeconds.Average())}, most {Shown(cpuSeconds.Max())}"
        );
        // The first quarter warms up: code, caches, the heap's size.
        late.Should().BeLessThan(early + 40);
    }

    private static string Shown(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static double Quarter(List<double> values, int quarter) =>
        values.Skip(quarter * values.Count / 4).Take(values.Count / 4).Order().ElementAt(values.Count / 8);
}
