namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>Both slots of a service at work, so that whatever comes next waits in the queue.</summary>
public sealed class BusySlots : IAsyncDisposable
{
    private readonly Client _client;
    private readonly List<string> _jobs = [];

    private BusySlots(Client client) => _client = client;

    public static async Task<BusySlots> TakeAsync(Client client, int slots = 2)
    {
        var busy = new BusySlots(client);
        for (var i = 0; i < slots; i++)
            busy._jobs.Add(await client.SubmitAsync(Bodies.LongJob(more: "\"priority\":9")));
        foreach (var job in busy._jobs)
            await client.UntilStateAsync(job, "running");
        return busy;
    }

    /// <summary>Frees the slots.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var job in _jobs)
            await _client.CancelAsync(job);
        foreach (var job in _jobs)
            await _client.EndAsync(job);
    }
}
