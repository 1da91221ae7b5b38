using System.Text.Json.Nodes;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>Events of a benchmark: <c>state</c>, <c>progress {done, total}</c>, <c>done</c>.</summary>
internal static class BenchmarkEvents
{
    /// <summary>Appends to the events of a tracked benchmark.</summary>
    public static void Append(QaiwDbContext db, BenchmarkRow benchmark, string kind, JsonObject data) =>
        db.Events.Add(
            new EventRow
            {
                Tenant = benchmark.Tenant,
                Subject = benchmark.Id,
                Sequence = ++benchmark.LastEvent,
                Kind = kind,
                Data = data.ToJsonString(StrictJson.Options),
            }
        );
}
