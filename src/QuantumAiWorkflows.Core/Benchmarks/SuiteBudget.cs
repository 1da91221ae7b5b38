using System.Globalization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// The limit on what a whole benchmark may cost. Runs that have begun end as they would; what is still queued when the
/// recorded cost reaches the limit is cancelled, each with a record that says so.
/// </summary>
public static class SuiteBudget
{
    /// <summary>Code of the error in the record of a run that was cancelled for it.</summary>
    public const string CostReached = "suiteCostReached";

    /// <summary>Why the rest is cancelled, with the numbers; null while there is money left.</summary>
    /// <param name="spent">By <paramref name="prices"/>, warm-up and repeated runs included.</param>
    public static string? Reason(double? maxCost, double spent, PriceList prices) =>
        maxCost is { } limit && spent >= limit
            ? $"The finished runs of this benchmark cost {Money(spent)} {prices.Currency} by price list {prices.Id} {prices.Version}; the suite's maxCost is {Money(limit)}."
            : null;

    /// <summary>Runs that the suite's limit kept from starting.</summary>
    public static int CancelledRuns(Benchmark benchmark) =>
        benchmark.Runs.Count(r => r.Cell is { WarmUp: false } && IsCancelledFor(r));

    public static bool IsCancelledFor(RunRecord run) => run.Error?.Code == CostReached;

    /// <summary>What a report has to say about it; null when the limit was not reached.</summary>
    public static string? Limitation(Benchmark benchmark) =>
        benchmark.Runs.FirstOrDefault(IsCancelledFor) is { } first
            ? $"Stopped by its budget: {CancelledRuns(benchmark)} planned runs were cancelled. {first.Error!.Message}"
            : null;

    private static string Money(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
