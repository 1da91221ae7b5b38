using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

/// <summary>Summaries with every figure filled by hand: reports are tested apart from the statistics that fill them.</summary>
public static class SomeFigures
{
    public const string Hostile = "</script><script>alert(1)</script><!-- \"&amp;' {a|b} \u0007\u2028=1";

    /// <summary>Runs of every kind: answers of all sizes of gap, and instances that a solver refuses.</summary>
    public static Benchmark Benchmark(
        int instances = 6,
        int seeds = 4,
        IReadOnlyList<Entrant>? entrants = null,
        Func<Suite, Suite>? change = null
    ) =>
        SomeBenchmark.Of(
            (i, e, seed) =>
                e.Name == "cp-sat" && i == 1
                    ? new()
                    {
                        State = RunState.Unsupported,
                        Error = new("doesNotFit", "needs 42 variables")
                        {
                            Needed = 42,
                            Limit = 24,
                            Unit = "variables",
                        },
                    }
                    : new()
                    {
                        Gap = 0.1 * seed + (e.Role == EntrantRole.Candidate ? 30 : 0.02 * i),
                        Seconds = 0.1 * seed,
                    },
            entrants,
            instances,
            seeds,
            change
        );

    public static BenchmarkSummary Summary(Benchmark benchmark)
    {
        var summary = BenchmarkSummary.Of(benchmark);
        return summary with
        {
            Figures = summary.Figures with
            {
                Profiles =
                [
                    .. benchmark.Entrants.Select(
                        (e, k) => new PerformanceProfile(e.Name, [new(1 + k, 0.5), new(4 + k, 1)])
                    ),
                ],
                Anytime =
                [
                    .. benchmark.Entrants.Select(e => new AnytimeCurve(
                        e.Name,
                        [new(0.001, null, 0), new(0.01, 20, 0.5), new(0.1, 0.5, 1)]
                    )),
                ],
                Scaling =
                [
                    .. benchmark.Entrants.Select(e => new ScalingCurve(
                        e.Name,
                        "seconds",
                        "s",
                        [
                            .. benchmark.Instances.Select(i => new ScalingPoint(
                                i.Name,
                                i.NumVariables,
                                0.01 * i.NumVariables
                            )),
                        ],
                        new(0.01, 1, 0.8, 1.2, 0.9, benchmark.Instances.Count),
                        null
                    )),
                ],
            },
        };
    }

    /// <summary>The same benchmark with a hostile name wherever a client can put one.</summary>
    public static BenchmarkSummary HostileSummary()
    {
        Entrant[] entrants = [SomeBenchmark.Candidate(Hostile), SomeBenchmark.Baseline("tabu" + Hostile)];
        var benchmark = Benchmark(entrants: entrants, change: s => s with { Name = Hostile });
        return Summary(
            benchmark with
            {
                Instances = [.. benchmark.Instances.Select(i => i with { Name = i.Name + Hostile })],
                Runs =
                [
                    .. benchmark.Runs.Select(r =>
                        r with
                        {
                            Cell = r.Cell! with { Instance = r.Cell.Instance + Hostile },
                        }
                    ),
                ],
            }
        );
    }
}
