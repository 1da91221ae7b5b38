using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>All that a report of a finished benchmark shows; its JSON is the JSON report, its tables are every other one.</summary>
public sealed record BenchmarkSummary
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required SuitePurpose Purpose { get; init; }

    /// <summary>Of the suite, taken before the first run.</summary>
    public required string SuiteHash { get; init; }
    public required SolveBudget Budget { get; init; }
    public required IReadOnlyList<long> Seeds { get; init; }
    public required Comparison Comparison { get; init; }
    public required PriceListRef PriceList { get; init; }
    public required string Currency { get; init; }

    /// <summary>Every distinct one; more than one means that times do not compare.</summary>
    public required IReadOnlyList<RunEnvironment> Environments { get; init; }
    public required IReadOnlyList<EntrantSummary> Entrants { get; init; }
    public required IReadOnlyList<InstanceSummary> Instances { get; init; }
    public required IReadOnlyList<Verdict> Verdicts { get; init; }
    public required GateResult Gate { get; init; }

    /// <summary>How strong the baselines are on the calibration set; null when there was none.</summary>
    public required StrengthGate? Strength { get; init; }

    /// <summary>What running it again showed; null for a benchmark that is no replay.</summary>
    public required ReplaySummary? Replay { get; init; }

    /// <summary>Whether the machine was quiet enough.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Mandatory: of all verdicts, or of the suite where there is no candidate.</summary>
    public required IReadOnlyList<string> Limitations { get; init; }

    /// <summary>How the costs as on hardware were modelled; null when no run simulated a circuit.</summary>
    public HardwareModel? AsHardware { get; init; }

    /// <summary>The suite's cost sheet over all instances; null without one.</summary>
    public TcoResult? Tco { get; init; }

    /// <summary>What the suite says of the future. Shown apart: no verdict knows of it.</summary>
    public string? FutureRelevance { get; init; }

    /// <summary>What pictures are drawn from.</summary>
    public required ReportFigures Figures { get; init; }

    /// <summary>What the metrics mean.</summary>
    public required IReadOnlyList<MetricDescription> Metrics { get; init; }

    public static BenchmarkSummary Of(Benchmark benchmark, Benchmark? earlier = null)
    {
        var results = new Results(benchmark);
        var verdicts = VerdictProcedure.WithThresholds(results);
        var prices = benchmark.Prices;
        return new()
        {
            Id = benchmark.Id,
            Name = benchmark.Suite.Name,
            Purpose = benchmark.Suite.Purpose,
            SuiteHash = benchmark.Suite.Hash,
            Budget = benchmark.Suite.Budget,
            Seeds = benchmark.Suite.Seeds,
            Comparison = benchmark.Suite.Comparison,
            PriceList = new(prices.Id, prices.Version, prices.Hash),
            Currency = prices.Currency,
            Environments =
            [
                .. benchmark
                    .Runs.OrderBy(r => r.Id)
                    .Select(r =>
                        r.Environment with
                        {
                            LoadBefore = null,
                            OthersLoad = null,
                            SentinelSeconds = null,
                            OtherRuns = 0,
                        }
                    )
                    .Distinct(),
            ],
            Entrants = [.. benchmark.Entrants.Select(e => EntrantSummary.Of(results, e))],
            Instances = [.. benchmark.Instances.Select(i => InstanceSummary.Of(results, i))],
            Verdicts = verdicts,
            Strength = benchmark.Strength,
            Replay = ReplaySummary.From(benchmark, verdicts),
            Machine = Machine.Of(results),
            Gate = GateResult.Of(results, verdicts, earlier is null ? null : new Results(earlier)),
            Limitations =
                verdicts.Count > 0
                    ? [.. verdicts.SelectMany(v => v.Limitations).Distinct()]
                    :
                    [
                        "No entrant is a candidate: the tables compare, but nothing was tested and there is no verdict.",
                        .. new[] { SuiteBudget.Limitation(benchmark) }.OfType<string>(),
                    ],
            AsHardware = HardwareModel.Of(benchmark),
            Tco = BenchmarkTco.Of(results, benchmark.Instances, VerdictProcedure.AlphaOf(benchmark).Alpha),
            FutureRelevance = benchmark.Suite.FutureRelevance,
            Figures = ReportFigures.Of(results),
            Metrics =
            [
                .. BenchmarkMetrics.All.Select(m => new MetricDescription(m.Id, m.Unit, m.Definition, m.Source)),
            ],
        };
    }
}

public sealed record MetricDescription(string Id, string Unit, string Definition, string Source);
