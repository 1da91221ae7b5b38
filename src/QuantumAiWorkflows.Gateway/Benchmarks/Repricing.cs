using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>A finished benchmark at other prices: computed again from its records, without another run.</summary>
internal sealed class Repricing(BenchmarkReader reader, Pricing pricing)
{
    public static (string Name, string Help) Query { get; } =
        ("priceList", "id of a price list to compute every cost, and the verdict, with");

    /// <summary>Null when the request names no list: then the stored summary is the answer.</summary>
    public PriceList? Ask(QueryReader query) =>
        query.OneOf(Query.Name, pricing.Ids) is { } id ? pricing.Find(id) : null;

    /// <param name="summary">As it was stored when the benchmark ended.</param>
    public async Task<BenchmarkSummary> OfAsync(
        BenchmarkRow row,
        JsonNode summary,
        PriceList? prices,
        CancellationToken cancellation
    )
    {
        BenchmarkSummary stored;
        try
        {
            stored = summary.Deserialize<BenchmarkSummary>(StrictJson.Options)!;
        }
        catch (JsonException)
        {
            // From a version whose summaries had other members: the records are all there to compute a new one from.
            var again = await reader.LoadAsync(row, cancellation, prices);
            return BenchmarkSummary.Of(again, await EarlierAsync(row, again.Suite, prices, cancellation));
        }
        if (prices is null || prices.Ref == stored.PriceList)
            return stored;
        var benchmark = await reader.LoadAsync(row, cancellation, prices);
        // Other prices are no other try: what has been benchmarked since the end must not change alpha.
        if (stored.Verdicts.Count > 0)
            benchmark = benchmark with { CandidatesTried = stored.Verdicts[0].CandidatesTried };
        return BenchmarkSummary.Of(benchmark, await EarlierAsync(row, benchmark.Suite, prices, cancellation));
    }

    private async Task<Benchmark?> EarlierAsync(
        BenchmarkRow row,
        Suite suite,
        PriceList? prices,
        CancellationToken cancellation
    )
    {
        if (suite.Gate?.CompareWith is not { } id)
            return null;
        var (earlier, _) = await reader.FindAsync(row.Tenant, id.ToString(), cancellation);
        return earlier is null ? null : await reader.LoadAsync(earlier, cancellation, prices);
    }
}
