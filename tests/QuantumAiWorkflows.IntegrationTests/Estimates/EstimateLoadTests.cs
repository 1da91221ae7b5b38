using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Estimates;

/// <summary>An estimate takes seconds at the sizes where it still routes and asks Microsoft's estimator.</summary>
public sealed class EstimateLoadTests(SharedService service)
{
    [Fact]
    public async Task Jobs_are_checked_while_a_large_estimate_is_made()
    {
        await service.RequireAsync("qaoa");
        // Nearly as many couplings as the estimator takes, in 16 layers.
        var pairs = new JsonArray();
        for (var i = 0; i < 100; i++)
        for (var j = i + 1; j < 100; j++)
            pairs.Add(new JsonArray(i, j, 1 + (i + j) % 7));
        var body = new JsonObject
        {
            ["problem"] = new JsonObject { ["family"] = "qubo", ["terms"] = pairs },
            ["solver"] = "qaoa",
            ["options"] = new JsonObject { ["layers"] = 16 },
        };
        var estimate = service.Client.PostAsync("/v1/estimates", body.ToJsonString());

        var whileItWasMade = 0;
        while (!estimate.IsCompleted)
        {
            var check = await service.Client.PostAsync(
                "/v1/jobs",
                Bodies.Job(Bodies.Small, "qaoa", "\"options\":{\"maxQubits\":2}")
            );
            check.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
            whileItWasMade += estimate.IsCompleted ? 0 : 1;
        }

        (await estimate).Must(HttpStatusCode.OK)["machine"]!["fits"]!.GetValue<bool>().Should().BeFalse();
        whileItWasMade
            .Should()
            .BeGreaterThan(2, "the first may overtake the estimate's request, but none waits for it");
    }
}
