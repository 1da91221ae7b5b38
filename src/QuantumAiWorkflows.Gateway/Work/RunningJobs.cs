using System.Collections.Concurrent;
using QuantumAiWorkflows.Gateway.Storage;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>The jobs that run in this process, and the rule of the exclusive lane.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<string, Entry> _byId = new(StringComparer.Ordinal);

    private sealed record Entry(JobRow Job, CancellationTokenSource Cancel);

    public int Count => _byId.Count;

    public IReadOnlyCollection<string> Ids => [.. _byId.Keys];

    /// <summary>
    /// A benchmark's run shares the machine only with runs of its own benchmark, up to the lane's width; a plain job
    /// never runs beside a benchmark's.
    /// </summary>
    public bool MayRun(JobRow job)
    {
        var running = _byId.Values.Select(e => e.Job).ToList();
        return job.Lane == 0
            ? running.TrueForAll(r => r.Lane == 0)
            : running.Count < job.Lane && running.TrueForAll(r => r.Lane > 0 && r.BenchmarkId == job.BenchmarkId);
    }

    public void Add(JobRow job, CancellationTokenSource cancel) => _byId[job.Id] = new(job, cancel);

    public void Remove(string id) => _byId.TryRemove(id, out _);

    /// <summary>Asks a running job to end with what it has; false when it does not run here.</summary>
    public bool Cancel(string tenant, string id)
    {
        if (!_byId.TryGetValue(id, out var entry) || entry.Job.Tenant != tenant)
            return false;
        entry.Cancel.Cancel();
        return true;
    }
}
