namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Wakes the dispatcher. The rows are the queue; a wake-up that is lost costs one sweep interval, nothing else.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _wake.WaitAsync(atMost, cancellation);

    public void Dispose() => _wake.Dispose();
}
