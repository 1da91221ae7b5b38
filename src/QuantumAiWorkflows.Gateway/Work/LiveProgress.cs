using System.Diagnostics;
using QuantumAiWorkflows.Gateway.Storage;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// What there is to tell of a job while it runs: incumbents, and of a validation its stages. Told on a child's reading
/// thread, written together now and then, so that a search that improves a thousand times a second does not write as often.
/// </summary>
internal sealed class LiveProgress(JobLedger ledger, Claim claim, ILogger log)
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<Improvement> _points = [];
    private readonly List<string> _said = [];

    public void Found(Improvement point)
    {
        lock (_lock)
            _points.Add(point);
    }

    public void Say(string message)
    {
        lock (_lock)
            _said.Add(message);
    }

    /// <summary>What is not written yet; it is the caller's now.</summary>
    public Told Take()
    {
        lock (_lock)
        {
            var told = new Told([.. _points], [.. _said]);
            _points.Clear();
            _said.Clear();
            return told;
        }
    }

    /// <summary>
    /// Writes what comes until <paramref name="run"/> ends, a heartbeat where nothing does. What is left then, and what the
    /// database refused, is for the commit, which writes it with the result.
    /// </summary>
    public async Task WriteUntilAsync(Task run)
    {
        var lastWrite = Stopwatch.GetTimestamp();
        while (await Task.WhenAny(run, Task.Delay(FlushInterval)) != run)
        {
            var told = Take();
            if (told.IsNothing && Stopwatch.GetElapsedTime(lastWrite) < Heartbeat)
                continue;
            lastWrite = Stopwatch.GetTimestamp();
            try
            {
                // Not the owner any more: the run goes on to its end, and its commit will be refused.
                await ledger.ProgressAsync(claim, told);
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                log.NotWritten(e, claim.Job.Id);
                PutBack(told);
            }
        }
    }

    private void PutBack(Told told)
    {
        lock (_lock)
        {
            _points.InsertRange(0, told.Points);
            _said.InsertRange(0, told.Messages);
        }
    }
}
