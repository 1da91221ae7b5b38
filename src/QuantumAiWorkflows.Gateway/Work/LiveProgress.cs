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

    private readonly List<Improvement> _points = [];
    private readonly List<string> _said = [];

    public void Found(Improvement point)
    {
        lock (_points)
            _points.Add(point);
    }

    public void Say(string message)
    {
        lock (_said)
            _said.Add(message);
    }

    /// <summary>The incumbents that are not written yet; they are the caller's now.</summary>
    public List<Improvement> TakePoints() => Take(_points);

    /// <summary>
    /// Writes what comes until <paramref name="run"/> ends, a heartbeat where nothing does. The last incumbents are left
    /// for the commit, which writes them with the result; what was said last has only this way.
    /// </summary>
    public async Task WriteUntilAsync(Task run)
    {
        var lastWrite = Stopwatch.GetTimestamp();
        while (await Task.WhenAny(run, Task.Delay(FlushInterval)) != run)
        {
            var (fresh, said) = (Take(_points), Take(_said));
            if (fresh.Count == 0 && said.Count == 0 && Stopwatch.GetElapsedTime(lastWrite) < Heartbeat)
                continue;
            lastWrite = Stopwatch.GetTimestamp();
            await WriteAsync(fresh, said);
        }
        if (Take(_said) is { Count: > 0 } last)
            await WriteAsync([], last);
    }

    /// <summary>Not the owner any more: the run goes on to its end, and its commit will be refused.</summary>
    private async Task WriteAsync(List<Improvement> fresh, List<string> said)
    {
        try
        {
            await ledger.ProgressAsync(claim, fresh, said);
        }
        catch (Exception e) when (Store.IsOutage(e))
        {
            log.NotWritten(e, claim.Job.Id);
            Return(_points, fresh);
            Return(_said, said);
        }
    }

    private static List<T> Take<T>(List<T> gathered)
    {
        lock (gathered)
        {
            List<T> taken = [.. gathered];
            gathered.Clear();
            return taken;
        }
    }

    private static void Return<T>(List<T> gathered, List<T> taken)
    {
        lock (gathered)
            gathered.InsertRange(0, taken);
    }
}
