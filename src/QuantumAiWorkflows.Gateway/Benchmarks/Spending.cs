using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Runs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>Stops benchmarks that have spent their suite's <c>maxCost</c>. What it remembers can be read again from storage.</summary>
internal sealed class Spending(Store store, JobControl control, Pricing pricing)
{
    /// <summary>By benchmark: the cost of every run that has been read.</summary>
    private readonly Dictionary<string, Dictionary<string, double>> _costs = new(StringComparer.Ordinal);

    /// <summary>
    /// Cancels the queued runs of a benchmark whose finished ones have cost as much as its suite allows. Called when a
    /// run has ended, so that what ran in between is spent, too: the limit is passed by at most the runs of that while.
    /// </summary>
    public async Task StopIfSpentAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        if (BenchmarkSpec.Of(row).Suite.MaxCost is not { } limit)
            return;
        var spent = await SpentAsync(row, cancellation);
        if (SuiteBudget.Reason(limit, spent, pricing.Default) is { } reason)
            await control.CancelQueuedAsync(row.Tenant, row.Id, SuiteBudget.CostReached, reason);
    }

    public void Forget(string benchmarkId) => _costs.Remove(benchmarkId);

    private async Task<double> SpentAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        if (!_costs.TryGetValue(row.Id, out var known))
            _costs.Add(row.Id, known = new(StringComparer.Ordinal));
        await using var db = store.Open();
        var runs = db.Runs.Where(r => r.Tenant == row.Tenant && r.BenchmarkId == row.Id);
        var ids = await runs.Select(r => r.Id).ToListAsync(cancellation);
        foreach (var batch in ids.Where(id => !known.ContainsKey(id)).Chunk(500))
        await foreach (
            var run in runs.Where(r => batch.Contains(r.Id)).AsAsyncEnumerable().WithCancellation(cancellation)
        )
            known.Add(run.Id, Prices.TotalOfRun(RunEndpoints.Read(run), pricing.Default));
        return ExactSum.Of(known.Values);
    }
}
