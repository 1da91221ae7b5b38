using System.Net;

namespace QuantumAiWorkflows.IntegrationTests;

public sealed class ServiceTests(SharedService service)
{
    [Fact]
    public async Task Is_alive_and_ready()
    {
        (await service.Client.GetAsync("/health/live")).Must(HttpStatusCode.OK)["status"]!
            .GetValue<string>()
            .Should()
            .Be("healthy");
        var job = await service.Client.SolveAsync(Bodies.Job(Bodies.Small, "exhaustive"));
        Console.WriteLine(job.ToJsonString());
    }
}
