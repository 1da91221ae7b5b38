using System.Globalization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>The suite's cost sheet with what its runs recorded: usage at the benchmark's prices, and business value.</summary>
internal static class BenchmarkTco
{
    /// <summary>Null when the suite has no sheet.</summary>
    /// <param name="alpha">Of the business value's interval.</param>
    public static TcoResult? Of(Results results, IReadOnlyList<BenchmarkInstance> instances, double alpha)
    {
        if (results.Benchmark.Suite.CostOfOwnership is not { } sheet)
            return null;
        var reference = EntrantOf(results, sheet.Options.First(o => o.Kind == TcoKind.Classical));
        return Tco.Of(
            sheet,
            option =>
                EntrantOf(results, option) is { } entrant
                    ? Recorded(results, instances, sheet, option, entrant, reference, alpha)
                    : null
        );
    }

    private static Entrant? EntrantOf(Results results, TcoOption option) =>
        option.Entrant is null ? null : results.Benchmark.Entrants.FirstOrDefault(e => e.Name == option.Entrant);

    private static TcoRecorded Recorded(
        Results results,
        IReadOnlyList<BenchmarkInstance> instances,
        CostOfOwnership sheet,
        TcoOption option,
        Entrant entrant,
        Entrant? reference,
        double alpha
    )
    {
        var (cost, formula) = CostPerSolve(results, instances, sheet, option, entrant);
        var suite = results.Benchmark.Suite;
        var benefit =
            suite.BusinessValue is { } value && reference is not null && reference != entrant
                ? Benefit(BusinessValueEstimate.Of(results, instances, entrant, reference, value, alpha), value)
                : null;
        var prices =
            option.AsHardware && !results.Benchmark.Prices.PricesQpu ? PriceList.DefaultQpu : results.Benchmark.Prices;
        return new(
            cost,
            formula,
            $"runs of {entrant.Name} in this benchmark, price list {prices.Id} {prices.Version}",
            benefit
        );
    }

    /// <summary>Mean over instances of the mean over runs, weighed by the size mix; or null and why.</summary>
    private static (double? Cost, string Formula) CostPerSolve(
        Results results,
        IReadOnlyList<BenchmarkInstance> instances,
        CostOfOwnership sheet,
        TcoOption option,
        Entrant entrant
    )
    {
        var prices = results.Benchmark.Prices;
        if (prices.Currency != sheet.Currency)
            return (null, $"Unknown: the price list is in {prices.Currency}, this sheet in {sheet.Currency}.");
        var byInstance = instances
            .Select(i => (i.NumVariables, Cost: MeanCost(results[i, entrant], option, sheet)))
            .Where(i => i.Cost is not null)
            .ToArray();
        var mix = sheet.Workload.SizeMix ?? [new SizeShare { UpToVariables = int.MaxValue, Share = 1 }];
        var (sum, above) = (0.0, 0);
        foreach (var part in mix)
        {
            double[] costs =
            [
                .. byInstance
                    .Where(i => i.NumVariables > above && i.NumVariables <= part.UpToVariables)
                    .Select(i => i.Cost!.Value),
            ];
            if (costs.Length == 0 && part.Share > 0)
                return (
                    null,
                    option.AsHardware
                        ? $"Unknown: {entrant.Name} has no run of a simulated circuit to model with {above + 1} to {part.UpToVariables} variables."
                        : $"Unknown: {entrant.Name} has no run with {above + 1} to {part.UpToVariables} variables."
                );
            if (costs.Length > 0)
                sum += part.Share * ExactSum.Mean(costs);
            above = part.UpToVariables;
        }
        var what = option.AsHardware ? "modelled for a quantum processor" : "as run";
        return (
            sum,
            string.Create(
                CultureInfo.InvariantCulture,
                $"mean cost of a run {what}, {sum:G6} {sheet.Currency}, x {sheet.Workload.SolvesPerMonth:G6} solves each month"
            )
        );
    }

    private static double? MeanCost(EntrantRuns cell, TcoOption option, CostOfOwnership sheet)
    {
        double[] costs =
        [
            .. cell
                .Runs.Where(r => r.HasStarted())
                .Select(r => option.AsHardware ? OnHardware(r) : Prices.TotalOfRun(r, cell.Prices))
                .OfType<double>(),
        ];
        return costs.Length == 0 ? null : ExactSum.Mean(costs);

        // The list that prices a QPU may be another one than the benchmark's, in another currency.
        double? OnHardware(RunRecord run) =>
            Prices.AsHardware(run, cell.Prices) is { } cost && cost.Currency == sheet.Currency ? cost.Total : null;
    }

    private static TcoRecordedBenefit Benefit(BusinessValueEstimate estimate, BusinessValue value) =>
        new(
            estimate.Amount,
            estimate.Low,
            estimate.High,
            estimate.Amount is { } amount
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{amount:G6} {value.Currency} per solve [{estimate.Low:G6}, {estimate.High:G6}] over {estimate.Baseline}: objective difference x {value.PerObjectiveUnit:G6}"
                )
                : $"Nothing credited. {estimate.Note}",
            $"{estimate.Instances} paired instances of this benchmark"
        );
}
