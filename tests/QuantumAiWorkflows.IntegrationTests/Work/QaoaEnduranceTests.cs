using System.Globalization;

namespace QuantumAiWorkflows.IntegrationTests.Work;

/// <summary>
/// A child solves one qaoa job after the other, each with a circuit of its own to compile and to check against Q#, and
/// its memory stays flat. A compiler instance that is not given back is 20 MB or more. The full form:
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
        var child = Children.Of(_service, "child").Should().ContainSingle().Subject;

        var megabytes = new List<double>();
        for (var k = 0; k < Jobs; k++)
        {
            var job = await _service.Client.SolveAsync(Bodies.Job(Bodies.Dense(6, seed: (ulong)k), "qaoa"));
            job.State().Should().Be("succeeded");
            var metrics = job["metrics"]!;
            metrics["overlapWithQSharp"]!.GetValue<double>().Should().BeApproximately(1, 1e-9);
            megabytes.Add(metrics["baselineMemoryBytes"]!.GetValue<long>() / 1e6);
        }

        Children.Of(_service, "child").Should().Equal([child], "it is the same process all along");
        var (early, late) = (Quarter(megabytes, 1), Quarter(megabytes, 3));
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Jobs} jobs; median MB at their start in each quarter: {string.Join(", ", Enumerable.Range(0, 4).Select(q => Quarter(megabytes, q).ToString("F1", CultureInfo.InvariantCulture)))}"
            )
        );
        // The first quarter warms up: code, caches, the heap's size.
        late.Should().BeLessThan(early + 40);
    }

    private static double Quarter(List<double> values, int quarter) =>
        values.Skip(quarter * values.Count / 4).Take(values.Count / 4).Order().ElementAt(values.Count / 8);
}
