using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class MlflowReportTests
{
    [Fact]
    public void The_shots_of_a_simulator_are_not_charged_here_either()
    {
        var benchmark = Change(
            SomeBenchmark.Of((_, _, _) => new() { Seconds = 0.3 }, [SomeBenchmark.Candidate()], 1, 1),
            r => r with { Usage = r.Usage with { Shot = 1024 } }
        );

        Total(Log(benchmark).Batches.Single(), "cost").Should().BeApproximately(0.6, 1e-12);
        BenchmarkSummary.Of(benchmark).Entrants.Single().Cost.Should().BeApproximately(0.6, 1e-12);
    }

    [Fact]
    public void A_run_has_its_options_as_params_its_incumbents_as_steps_and_its_totals()
    {
        var benchmark = Change(
            SomeBenchmark.Of((_, _, _) => new() { Gap = 0.5, Seconds = 0.3 }, [SomeBenchmark.Candidate()], 1, 1),
            r =>
                r with
                {
                    Options = new JsonObject { ["layers"] = 2, ["mixer"] = "x" },
                    StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000),
                    CompletedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_400),
                    Trace = [new(0.1, 0.1, -90, null, true), new(0.25, 0.25, -99.5, null, true)],
                }
        );

        var batch = Log(benchmark).Batches.Single();

        batch.RunName.Should().Be("qaoa / i0 / 1");
        batch.StartTime.Should().Be(1_700_000_000_000);
        batch.EndTime.Should().Be(1_700_000_000_400);
        batch.Status.Should().Be("FINISHED");
        batch
            .Metrics.Where(m => m.Key == "objective")
            .Should()
            .Equal(
                new MlflowMetric("objective", -90, 1_700_000_000_100, 0),
                new MlflowMetric("objective", -99.5, 1_700_000_000_250, 1)
            );
        Total(batch, "gap_percent").Should().BeApproximately(0.5, 1e-12);
        Total(batch, "feasible").Should().Be(1);
        Total(batch, "tts_s").Should().Be(0.25);
        Total(batch, "runtime_s").Should().Be(0.3);
        Total(batch, "cost").Should().BeApproximately(0.6, 1e-12);
        batch
            .Params.Should()
            .Contain(new MlflowText("option.layers", "2"))
            .And.Contain(new MlflowText("option.mixer", "x"));
        batch
            .Params.Should()
            .Contain(new MlflowText("seed", "1"))
            .And.Contain(new MlflowText("budget.cpuSeconds", "1"));
        batch
            .Tags.Should()
            .Contain(new MlflowText("problem", "sha256:0"))
            .And.Contain(new MlflowText("paradigm", "quantum"));
        batch.Tags.Should().Contain(t => t.Key == "verdict");
    }

    [Fact]
    public void A_run_that_never_started_has_failed_and_no_times()
    {
        var benchmark = SomeBenchmark.Of(
            (_, _, _) => new() { State = RunState.Unsupported, Error = new("doesNotFit", "too large") },
            [SomeBenchmark.Candidate()],
            1,
            1
        );

        var batch = Log(benchmark).Batches.Single();

        batch.Status.Should().Be("FAILED");
        batch.Metrics.Select(m => m.Key).Should().BeEquivalentTo("feasible", "hit");
        batch.Tags.Should().Contain(new MlflowText("error", "doesNotFit: too large"));
    }

    [Fact]
    public void Every_batch_keeps_the_limits_of_mlflow_and_nothing_is_lost()
    {
        var options = new JsonObject();
        for (var k = 0; k < 150; k++)
            options[$"option/{k} ünïcode\n"] = new string((char)0x4e00, 5000);
        var benchmark = Change(
            SomeBenchmark.Of((_, _, _) => new(), [SomeBenchmark.Candidate(SomeFigures.Hostile)], 1, 1),
            r =>
                r with
                {
                    Options = options,
                    Trace =
                    [
                        .. Enumerable
                            .Range(0, 1500)
                            .Select(k => new TracePoint(k * 1e-4, k * 1e-4, -k / 15.0, null, true)),
                    ],
                }
        );

        var batches = Log(benchmark).Batches;

        batches.Should().HaveCountGreaterThan(4).And.OnlyContain(b => b.RunName == batches[0].RunName);
        foreach (var batch in batches)
        {
            batch.Metrics.Count.Should().BeLessThanOrEqualTo(1000);
            batch.Params.Count.Should().BeLessThanOrEqualTo(100);
            batch.Tags.Count.Should().BeLessThanOrEqualTo(100);
            (batch.Metrics.Count + batch.Params.Count + batch.Tags.Count).Should().BeLessThanOrEqualTo(1000);
            JsonSerializer.SerializeToUtf8Bytes(batch).Length.Should().BeLessThan(1_000_000);
            batch.Params.Concat(batch.Tags).Should().NotContain(t => t.Value.Length > 500);
            batch
                .Params.Select(p => p.Key)
                .Concat(batch.Tags.Select(t => t.Key))
                .Concat(batch.Metrics.Select(m => m.Key))
                .Should()
                .NotContain(key =>
                    key.Length > 250 || !key.All(c => char.IsAsciiLetterOrDigit(c) || "_.: -/".Contains(c))
                );
        }
        batches.Sum(b => b.Metrics.Count(m => m.Key == "objective")).Should().Be(1500);
        batches
            .SelectMany(b => b.Params)
            .Count(p => p.Key.StartsWith("option.", StringComparison.Ordinal))
            .Should()
            .Be(150);
        batches.SelectMany(b => b.Params).Select(p => p.Key).Should().OnlyHaveUniqueItems("params are written once");
    }

    [Fact]
    public void Its_json_has_the_names_of_mlflow()
    {
        var json = JsonSerializer.SerializeToElement(Log(SomeFigures.Benchmark()), StrictJson.Options);

        json.GetProperty("experiment_name").GetString().Should().Be("made-up");
        var batch = json.GetProperty("batches")[0];
        foreach (var member in new[] { "run_name", "start_time", "end_time", "status", "metrics", "params", "tags" })
            batch.TryGetProperty(member, out _).Should().BeTrue(member);
        foreach (var member in new[] { "key", "value", "timestamp", "step" })
            batch.GetProperty("metrics")[0].TryGetProperty(member, out _).Should().BeTrue(member);
    }

    private static MlflowLog Log(Benchmark benchmark) =>
        MlflowReport.Of(benchmark, VerdictProcedure.Of(new Results(benchmark)));

    private static double Total(MlflowBatch batch, string key) => batch.Metrics.Last(m => m.Key == key).Value;

    private static Benchmark Change(Benchmark benchmark, Func<RunRecord, RunRecord> change) =>
        benchmark with
        {
            Runs = [.. benchmark.Runs.Select(change)],
        };
}
