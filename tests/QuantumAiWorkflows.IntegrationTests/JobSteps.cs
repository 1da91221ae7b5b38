using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>What tests do with jobs over and over.</summary>
public static class JobSteps
{
    /// <summary>Submits and waits for the end.</summary>
    public static async Task<JsonNode> SolveAsync(this Client client, string body)
    {
        var reply = await client.PostAsync("/v1/jobs", body, ("Prefer", "wait=60"));
        return reply.Status == HttpStatusCode.Accepted
            ? await client.EndAsync(reply.Json.Id())
            : reply.Must(HttpStatusCode.OK);
    }

    /// <summary>Submits and gives the id.</summary>
    public static async Task<string> SubmitAsync(this Client client, string body) =>
        (await client.PostAsync("/v1/jobs", body)).Must(HttpStatusCode.Accepted)["id"]!.GetValue<string>();

    /// <summary>The job once it has ended.</summary>
    public static async Task<JsonNode> EndAsync(this Client client, string id)
    {
        JsonNode job = null!;
        await Until.TrueAsync(
            async () =>
            {
                job = (await client.GetAsync($"/v1/jobs/{id}", ("Prefer", "wait=60"))).Must(HttpStatusCode.OK);
                return job.State() is not ("queued" or "running");
            },
            $"job {id} has ended"
        );
        return job;
    }

    public static async Task<JsonNode> JobAsync(this Client client, string id) =>
        (await client.GetAsync($"/v1/jobs/{id}")).Must(HttpStatusCode.OK);

    public static Task UntilStateAsync(this Client client, string id, string state) =>
        Until.TrueAsync(async () => (await client.JobAsync(id)).State() == state, $"job {id} is {state}");

    /// <summary>Waits until the job runs and its stream shows an answer.</summary>
    public static async Task UntilIncumbentAsync(this Client client, string id)
    {
        await foreach (var item in client.EventsAsync($"/v1/jobs/{id}/events"))
            if (item.Kind == "incumbent")
                return;
    }

    public static async Task CancelAsync(this Client client, string id) =>
        (await client.PostAsync($"/v1/jobs/{id}/cancel", null)).Status.Should().Be(HttpStatusCode.Accepted);

    public static string State(this JsonNode job) => job["state"]!.GetValue<string>();

    public static string Id(this JsonNode job) => job["id"]!.GetValue<string>();
}
