using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Reports.Html;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class ReportTests
{
    private static readonly Benchmark Benchmark = Made();
    private static readonly BenchmarkSummary Summary = BenchmarkSummary.Of(Benchmark);

    [Fact]
    public void The_markdown_report_shows_conditions_strength_and_replay()
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, s) => new() { Seconds = (e.Name == "qaoa" ? 0.1 : 0.11) * (1 + 0.1 * ((7 * s + i) % 10)) }
        );
        var stored = benchmark.Runs.Take(12).ToArray();
        benchmark = benchmark with
        {
            Strength = new(
                [new("tabu", BaselineStrength.Strong, 10, 10, 9, 2, 0, 0.25)],
                Discriminates: true,
                Overlaps: false
            ),
            ReplayOf = new(
                SomeBenchmark.Id(77),
                new Dictionary<string, VerdictOutcome> { ["qaoa"] = VerdictOutcome.Adopt }
            ),
            Replays =
            [
                .. stored.Select(
                    (run, k) => new ReplayPair(run, k == 0 ? run with { Objective = run.Objective + 1 } : run)
                ),
            ],
        };

        var text = MarkdownReport.Of(BenchmarkSummary.Of(benchmark));

        text.Should().Contain("Against ").And.Contain("costAdjusted ").And.Contain("win ");
        text.Should()
            .Contain("| tabu | strong | 10 | 9 | 2 | 0.25 |")
            .And.Contain("An annealer of one sweep does not pass.");
        text.Should().Contain($"Of 12 runs of benchmark `{SomeBenchmark.Id(77)}`, 91.67 % [");
        text.Should().Contain(": **the verdict flipped**.");
        text.Should().Contain($"runs `{stored[0].Id}` and `{stored[0].Id}`");
    }

    [Fact]
    public void Intervals_of_effects_are_headed_by_their_confidence_and_dimensions_by_their_unit()
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, s) => new() { Gap = e.Name == "qaoa" ? 0.1 : 0.5 + 0.01 * i },
            change: s => s with { Comparison = s.Comparison with { SolutionSpace = true } }
        );
        var one = BenchmarkSummary.Of(benchmark);
        var five = BenchmarkSummary.Of(benchmark with { CandidatesTried = 5 });

        MarkdownReport.Of(one).Should().Contain("| effect [90 %] |").And.Contain("| solutionSpace, instances |");
        MarkdownReport.Of(five).Should().Contain("| effect [98 %] |").And.NotContain("| effect [90 %] |");
        HtmlReport.Of(five, ChartLibrary.Missing("not here")).Text.Should().Contain("effect [98 %]");
    }

    [Fact]
    public void The_conditions_have_runtime_and_commit_so_that_the_table_can_be_made_again()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), instances: 1, seeds: 1);
        benchmark = benchmark with
        {
            Runs =
            [
                .. benchmark.Runs.Select(r =>
                    r with
                    {
                        Environment = r.Environment with { DotNet = ".NET 10.0.1", GitCommit = "abc123" },
                    }
                ),
            ],
        };
        var summary = BenchmarkSummary.Of(benchmark);

        MarkdownReport.Of(summary).Should().MatchRegex(@"(?m)^- Machine: [^\n]*, \.NET 10\.0\.1, .*, commit abc123\.$");
        HtmlReport.Of(summary, ChartLibrary.Missing("not here")).Text.Should().NotContain(".NET .NET");
    }

    [Fact]
    public void The_table_ranks_entrants_by_how_often_they_met_the_target_then_how_soon()
    {
        var benchmark = SomeBenchmark.Of(
            (_, e, s) =>
                e.Name switch
                {
                    "tabu" => new() { FoundAt = 0.02 },
                    "cp-sat" => new() { FoundAt = 0.01 },
                    "qaoa" => new() { Gap = s <= 3 ? 5 : 0, FoundAt = 0.001 },
                    _ => new() { State = RunState.Unsupported, Error = new("doesNotFit", "too large") },
                },
            instances: 1
        );

        var text = TableReport.Of(BenchmarkSummary.Of(benchmark));

        text.Should()
            .Contain(
                """
                ## i0 (8 variables, reference -100, proven)

                | solver | best | mean | success, % | time to target, s | without a result |
                | --- | --- | --- | --- | --- | --- |
                | cp-sat | -100 | -100 | 100 | 0.01 |  |
                | tabu | -100 | -100 | 100 | 0.02 |  |
                | qaoa | -100 | -98.5 | 70 | 0.001 |  |
                | ablation | - | - | 0 | - | too large |
                """
            );
    }

    [Fact]
    public void The_table_says_why_a_solver_does_not_take_one_instance_of_several()
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, _) =>
                i == 0 && e.Name == "cp-sat"
                    ? new() { State = RunState.Unsupported, Error = new("doesNotFit", "too large") }
                    : new(),
            instances: 2
        );

        TableReport.Of(BenchmarkSummary.Of(benchmark)).Should().Contain("| cp-sat | - | - | 0 | - | too large |");
    }

    [Fact]
    public void The_table_says_which_runs_of_a_cancelled_benchmark_are_not_there()
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, seed) =>
                new() { State = i == 1 || (e.Name == "tabu" && seed > 7) ? RunState.Cancelled : RunState.Succeeded },
            instances: 2
        );

        TableReport
            .Of(BenchmarkSummary.Of(benchmark))
            .Should()
            .Contain("| tabu | -100 | -100 | 70 | 0.1 | 3 of 10: cancelled. |")
            .And.Contain("| tabu | - | - | 0 | - | cancelled. |");
    }

    [Fact]
    public void A_waived_rule_stands_in_the_gate_with_its_reason()
    {
        var rule = new ScoringRule
        {
            Name = "model risk",
            Metric = "wallSeconds",
            Max = 1e-6,
            Waiver = "a trial without users",
        };
        var text = MarkdownReport.Of(
            BenchmarkSummary.Of(
                SomeBenchmark.Of((_, _, _) => new(), change: s => s with { Gate = new() { Rules = [rule] } })
            )
        );

        text.Should().Contain("| passed | model risk: not kept. Waived: a trial without users |");
    }

    [Fact]
    public void The_summary_of_an_entrant_has_quality_runtime_and_cost_over_all_instances()
    {
        var tabu = Summary.Entrants.Single(e => e.Name == "tabu");

        tabu.MeanGapPercent.Should().BeApproximately(0.5, 1e-9);
        tabu.SuccessRate.Value.Should().Be(1);
        tabu.SuccessRate.Intervals[0].Low.Should().BeApproximately(40 / (40 + 1.959964 * 1.959964), 1e-6);
        tabu.WallSeconds.Should().BeApproximately(0.3, 1e-12);
        tabu.Cost.Should().BeApproximately(0.6, 1e-12);
        tabu.CostPerSolved.Should().BeApproximately(0.6, 1e-12);
        tabu.PeakMemoryBytes.Should().Be(50_000_000);
        tabu.Tts99Seconds.Should().BeApproximately(0.3, 1e-9);
        tabu.Coverage.Should().Be(1);
        tabu.Uncovered.Should().BeEmpty();
    }

    [Fact]
    public void What_an_entrant_could_not_run_stands_with_its_reason_and_numbers()
    {
        var qaoa = Summary.Entrants.Single(e => e.Name == "qaoa");

        qaoa.Coverage.Should().Be(0.75);
        qaoa.Uncovered.Should()
            .Equal(new UncoveredRuns(RunState.Unsupported, "needs 42 qubits, the limit is 24", 42, 24, "qubits", 10));
        qaoa.Tts99Seconds.Should().BeNull("one instance was never solved");
        qaoa.InstancesSolved.Should().Be(3);
    }

    [Theory]
    [InlineData(null, 1e-300, -4e307, 4e307)]
    [InlineData(1e150, -4e307, 4e307, 1e-300)]
    [InlineData(-1e150, 1e300, 1e300, 1e300)]
    [InlineData(0.0, 4e307, 1e300, 4e307)]
    public void Extreme_objectives_leave_a_summary_that_can_be_written(
        double? reference,
        double first,
        double second,
        double third
    )
    {
        double[] objectives = [first, second, third];
        var ordinary = SomeBenchmark.Of((_, _, _) => new(), instances: 7, seeds: 3);
        var extreme = ordinary with
        {
            Instances =
            [
                .. ordinary.Instances.Select(i =>
                    i with
                    {
                        Reference = reference is { } r ? new() { Objective = r } : null,
                        GapOrigin = 1e-300,
                        WorstObjective = 1e-299,
                    }
                ),
            ],
            Runs =
            [
                .. ordinary.Runs.Select(r =>
                    r with
                    {
                        Objective = objectives[(int)(r.Seed % 3)],
                        Bound = -4e307,
                        Trace = [],
                    }
                ),
            ],
        };

        var summary = BenchmarkSummary.Of(extreme, ordinary);

        var json = JsonSerializer.Serialize(summary, StrictJson.Options);
        json.Should().NotContainAny("NaN", "Infinity");
        MarkdownReport.Of(summary).Should().NotContainAny("NaN", "Infinity", "∞");
        foreach (var run in extreme.Runs)
            JsonSerializer.Serialize(run, StrictJson.Options).Should().NotBeEmpty();
        summary.Entrants.Should().OnlyContain(e => Math.Abs(e.MeanGapPercent!.Value) <= KnownBest.MaxGapPercent);
    }

    [Fact]
    public void Conditions_have_the_options_of_an_entrant_cut_where_they_are_long()
    {
        var entrants = Benchmark.Entrants.ToArray();
        entrants[0] = entrants[0] with { Options = JsonSerializer.SerializeToElement(new { variant = "<xyRing>" }) };
        entrants[1] = entrants[1] with
        {
            Options = JsonSerializer.SerializeToElement(new { groups = new int[1][] { new int[1000] } }),
        };
        var summary = BenchmarkSummary.Of(Benchmark with { Entrants = entrants });

        MarkdownReport.Of(summary).Should().Contain("options {\"variant\":").And.NotContain("<xyRing>");
        var html = HtmlConditions.Of(summary).ToString();
        html.Should().Contain("xyRing").And.NotContain("<xyRing>");
        html.Should().MatchRegex("groups[^<]{250,300}[.]{3}</code>");
        JsonSerializer.Serialize(summary, StrictJson.Options).Should().Contain("\"options\":{\"variant\"");
    }

    [Fact]
    public void Markdown_has_the_verdict_tables_limitations_and_conditions()
    {
        var text = MarkdownReport.Of(Summary);

        text.Should()
            .StartWith(
                "# Benchmark made-up\n\n**inconclusive** (qaoa, evidence level idealSimulator): Inconclusive on these 4 qubo instances"
            );
        foreach (
            var section in new[]
            {
                "Entrants",
                "Runs without a result",
                "Instances",
                "Limitations",
                "Conditions",
                "Gate: failed",
            }
        )
            text.Should().Contain($"## {section}");
        text.Should()
            .Contain(
                "| tabu | baseline | classical | 0.5 | 100 [91.24, 100] | 100 | 0.3 | 0.3 | 50 | 0.6 | 0.3 | 100 |"
            );
        text.Should().Contain("| qaoa | 10 | unsupported | needs 42 qubits, the limit is 24 | 42 qubits | 24 qubits |");
        text.Should().Contain("not reached (3 of 4 solved)");
        text.Should()
            .Contain(Benchmark.Suite.Hash)
            .And.Contain("some CPU")
            .And.Contain("\"cpuSeconds\":1")
            .And.Contain("Seeds: 1, 2, 3");
        foreach (var limitation in Summary.Limitations)
            text.Should().Contain(limitation);
    }

    [Fact]
    public void Names_cannot_break_out_of_a_table_or_run_as_a_formula()
    {
        var hostile = Benchmark with { Suite = Benchmark.Suite with { Name = "=cmd|' /c'!A1\n<script>\",x [y](z)" } };
        var summary = BenchmarkSummary.Of(hostile);

        MarkdownReport.Of(summary).Should().StartWith("# Benchmark =cmd\\|' /c'!A1 &lt;script>\",x [y]\\(z)\n");
        CsvReport.Of(summary).Split("\r\n")[1].Should().StartWith("\"'=cmd|' /c'!A1\n<script>\"\",x [y](z)\",i0,");
    }

    [Fact]
    public void A_name_turns_no_sentence_round_and_sends_nothing_to_a_terminal()
    {
        var hostile = Benchmark with { Suite = Benchmark.Suite with { Name = "a\u202Eb\u0000c\u001B[31m\u2067d" } };
        var summary = BenchmarkSummary.Of(hostile);

        string[] reports =
        [
            MarkdownReport.Of(summary),
            CsvReport.Of(summary),
            JunitReport.Of(summary),
            HtmlReport.Of(summary, new ChartLibrary(null, "absent")).Text,
        ];

        reports
            .Should()
            .AllSatisfy(r => r.Should().Contain("[31m").And.NotMatchRegex("[\\u202E\\u2067\\u0000\\u001B]"));
    }

    [Fact]
    public void Csv_has_a_row_for_each_instance_entrant_and_metric_and_the_verdict_with_its_limitations()
    {
        var rows = CsvReport.Of(Summary).TrimEnd().Split("\r\n");

        rows[0].Should().Be("benchmark,instance,entrant,metric,value,unit,low,high,interval,note");
        rows.Where(r => !r.Contains("whatWouldChange."))
            .Should()
            .HaveCount(1 + 4 * 4 * Summary.Metrics.Count + 1 + Summary.Limitations.Count);
        rows.Should().Contain("made-up,i0,tabu,wallSeconds,0.3,seconds,,,,");
        rows.Should().ContainSingle(r => r.StartsWith("made-up,,qaoa,verdict,inconclusive,,,,verdict-1,"));
        rows.Count(r => r.StartsWith("made-up,,,limitation,", StringComparison.Ordinal))
            .Should()
            .Be(Summary.Limitations.Count);
    }

    [Fact]
    public void Json_is_the_summary_and_has_no_number_that_json_cannot_write()
    {
        var json = JsonSerializer.SerializeToElement(Summary, StrictJson.Options);

        json.GetProperty("verdicts")[0].GetProperty("outcome").GetString().Should().Be("inconclusive");
        json.GetProperty("limitations").GetArrayLength().Should().BeGreaterThan(3);
        json.GetProperty("instances")[0]
            .GetProperty("entrants")
            .GetProperty("tabu")
            .GetProperty("tts99")
            .GetProperty("value")
            .GetDouble()
            .Should()
            .BeApproximately(0.3, 1e-12);
        json.GetProperty("gate").GetProperty("passed").GetBoolean().Should().BeFalse();
        json.GetProperty("entrants")[0].GetProperty("uncovered")[0].GetProperty("needed").GetDouble().Should().Be(42);
    }

    [Fact]
    public void A_suite_without_a_candidate_still_has_a_limitation()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), [SomeBenchmark.Baseline()], instances: 1, seeds: 1);

        var summary = BenchmarkSummary.Of(benchmark);

        summary.Verdicts.Should().BeEmpty();
        summary.Limitations.Should().ContainSingle();
    }

    private static Benchmark Made() =>
        SomeBenchmark.Of(
            (i, e, _) =>
                e.Role != EntrantRole.Candidate ? new() { Gap = 0.5, Seconds = 0.3 }
                : i == 3
                    ? new()
                    {
                        State = RunState.Unsupported,
                        Error = new("doesNotFit", "needs 42 qubits, the limit is 24")
                        {
                            Needed = 42,
                            Limit = 24,
                            Unit = "qubits",
                        },
                    }
                : new() { Gap = 0.5, Seconds = 0.3 },
            instances: 4,
            change: s => s with { Gate = new() { RequireVerdict = VerdictOutcome.Adopt } }
        );
}
