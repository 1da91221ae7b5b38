using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.UnitTests.Economics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class BenchmarkTcoTests
{
    [Fact]
    public void The_runtime_line_is_the_workload_times_the_recorded_usage_at_the_list_s_prices()
    {
        // 2 EUR a CPU second: tabu 0.4 s, qaoa 0.1 s, 50 solves a month for 12 months.
        var tco = Verdict(SomeSheet.Of()).Tco!;

        Runtime(tco, "ours").PresentValue.Should().BeApproximately(12 * 50 * 0.8, 1e-9);
        Runtime(tco, "quantum").PresentValue.Should().BeApproximately(12 * 50 * 0.2, 1e-9);
        tco.Comparisons.Single().NetPresentValueDifference.Should().BeApproximately(360, 1e-9);
        Runtime(tco, "quantum").Source.Should().Be("runs of qaoa in this benchmark, price list test 1");
    }

    [Fact]
    public void A_size_mix_weighs_the_instances()
    {
        // Sizes 8 to 12 in turn; instance i takes 0.1 s x (1 + size above 10). Three quarters of the solves are large.
        var mixed = Verdict(
            SomeSheet.Of(
                sizeMix: [new() { UpToVariables = 10, Share = 0.25 }, new() { UpToVariables = 12, Share = 0.75 }]
            ),
            (i, _) => i % 5 > 2 ? 0.2 : 0.1
        );

        Runtime(mixed.Tco!, "ours").Amount.Should().BeApproximately(50 * 2 * (0.25 * 0.1 + 0.75 * 0.2), 1e-9);
    }

    [Fact]
    public void A_size_that_nobody_ran_leaves_the_cost_unknown_and_counts_against_the_candidate()
    {
        var verdict = Verdict(
            SomeSheet.Of(
                sizeMix: [new() { UpToVariables = 12, Share = 0.5 }, new() { UpToVariables = 99, Share = 0.5 }]
            )
        );

        Runtime(verdict.Tco!, "quantum").Amount.Should().BeNull();
        Runtime(verdict.Tco!, "quantum").Formula.Should().Be("Unknown: qaoa has no run with 13 to 99 variables.");
        verdict.Missing.Should().Equal(MissingEvidence.TcoNegative);
        verdict.Summary.Should().Contain("tcoNegative (what quantum or ours costs over 12 months cannot be told)");
    }

    [Theory]
    [InlineData(29, VerdictOutcome.Adopt)]
    [InlineData(30, VerdictOutcome.Inconclusive)]
    [InlineData(100, VerdictOutcome.Inconclusive)]
    public void A_candidate_that_costs_as_much_as_it_saves_is_not_adopted(double perMonth, VerdictOutcome outcome)
    {
        // It saves 30 EUR of runtime a month.
        var verdict = Verdict(SomeSheet.Of(quantumPerMonth: perMonth));

        verdict.Outcome.Should().Be(outcome);
        verdict.Missing.Contains(MissingEvidence.TcoNegative).Should().Be(outcome != VerdictOutcome.Adopt);
        if (perMonth == 100)
            verdict
                .Summary.Should()
                .Contain("over 12 months the cost of quantum exceeds its benefit against ours by 840 EUR");
        verdict.Limitations.Should().NotContain(l => l.Contains("cost of ownership"));
    }

    [Fact]
    public void The_worst_of_a_candidate_s_options_counts()
    {
        var sheet = SomeSheet.Of();
        var dear = SomeSheet.Of(quantumPerMonth: 100).Options[1] with { Name = "quantum, with support" };

        var verdict = Verdict(sheet with { Options = [.. sheet.Options, dear] });

        verdict.Missing.Should().Equal(MissingEvidence.TcoNegative);
        verdict.Summary.Should().Contain("the cost of quantum, with support exceeds its benefit");
    }

    [Fact]
    public void The_business_value_of_better_answers_is_its_benefit()
    {
        // Better by 1 unit of 10 EUR on every instance: 600 solves bring 6000, which pays 100 a month.
        var benchmark = Benchmark(
            SomeSheet.Of(quantumPerMonth: 100),
            (_, e) => e.Name == "qaoa" ? 0.1 : 0.4,
            gap: e => e.Name == "qaoa" ? 0 : 1
        );
        benchmark = benchmark with
        {
            Suite = benchmark.Suite with
            {
                BusinessValue = new()
                {
                    PerObjectiveUnit = 10,
                    Currency = "EUR",
                    Period = "solve",
                },
            },
        };

        var against = VerdictProcedure.Of(benchmark).Single().Tco!.Comparisons.Single();

        against.BenefitDifference.Should().BeApproximately(6000, 1e-6);
        against.NetPresentValueDifference.Should().BeApproximately(6000 + 360 - 1200, 1e-6);
        against.Low.Should().BeApproximately(against.NetPresentValueDifference!.Value, 1e-6, "no difference differs");
    }

    [Fact]
    public void As_hardware_takes_the_modelled_usage()
    {
        var benchmark = Benchmark(SomeSheet.Of(asHardware: true) with { Currency = "USD" }, (_, _) => 0.1);
        benchmark = benchmark with
        {
            Prices = PriceList.BuiltIn.Single(l => l.Id == "qpu-shots-superconducting"),
            Runs = [.. benchmark.Runs.Select(r => r.Solver.Id == "qaoa" ? SomeRun.AsCircuit(r, 9, 100, 10) : r)],
        };

        var summary = BenchmarkSummary.Of(benchmark);

        // 10 tasks of 0.30 and 1,000 shots of 0.0009.
        const double perSolve = 10 * 0.3 + 1000 * 0.0009;
        summary
            .Tco!.Options[1]
            .Costs.Single(c => c.Item == "cloudUsage")
            .Amount.Should()
            .BeApproximately(50 * perSolve, 1e-9);
        var qaoa = summary.Entrants.Single(e => e.Name == "qaoa");
        qaoa.CostAsHardware.Should().BeApproximately(perSolve, 1e-9);
        qaoa.Cost.Should().BeApproximately(0.1 * 0.0816 / 7200, 1e-12, "the simulation used CPU seconds");
        summary.Entrants.Single(e => e.Name == "tabu").CostAsHardware.Should().BeNull();
        summary.AsHardware!.Profile.Should().Be("superconducting");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void The_report_s_sheet_is_the_verdict_s_however_many_candidates_were_tried(int tried)
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, _) => new() { Gap = e.Name == "qaoa" ? 0.1 * i : 2 + 0.03 * i * i, Seconds = 0.1 },
            change: s =>
                s with
                {
                    CostOfOwnership = SomeSheet.Of(),
                    BusinessValue = new()
                    {
                        PerObjectiveUnit = 3,
                        Currency = "EUR",
                        Period = "day",
                    },
                }
        ) with
        {
            CandidatesTried = tried,
        };

        var summary = BenchmarkSummary.Of(benchmark);

        var comparison = summary.Tco!.Comparisons.Single();
        comparison.Low.Should().NotBeNull().And.BeLessThan(comparison.High!.Value);
        JsonSerializer
            .Serialize(summary.Tco, StrictJson.Options)
            .Should()
            .Be(JsonSerializer.Serialize(summary.Verdicts.Single().Tco, StrictJson.Options));
    }

    [Fact]
    public void Promises_never_enter_the_verdict()
    {
        var benchmark = Benchmark(SomeSheet.Of(quantumPerMonth: 29), (_, e) => e.Name == "qaoa" ? 0.1 : 0.4);
        var promising = benchmark with
        {
            Suite = benchmark.Suite with { FutureRelevance = "A million qubits next year, for free." },
        };

        Json(VerdictProcedure.WithThresholds(promising.Results()))
            .Should()
            .Be(Json(VerdictProcedure.WithThresholds(benchmark.Results())));
        var report = MarkdownReport.Of(BenchmarkSummary.Of(promising));
        report
            .Should()
            .Contain("## Future relevance (not part of the verdict)\n\nA million qubits next year, for free.");
    }

    [Fact]
    public void The_order_of_runs_does_not_matter()
    {
        var benchmark = Benchmark(
            SomeSheet.Of(quantumPerMonth: 3),
            (i, e) => (e.Name == "qaoa" ? 0.1 : 0.4) * (1 + i / 9.0)
        );
        var reversed = benchmark with { Runs = [.. benchmark.Runs.Reverse()] };

        Json(VerdictProcedure.WithThresholds(reversed.Results()))
            .Should()
            .Be(Json(VerdictProcedure.WithThresholds(benchmark.Results())));
    }

    private static TcoAmount Runtime(TcoResult tco, string option) =>
        tco.Options.Single(o => o.Name == option).Costs.Single(c => c.Item == "simulatorRuntime");

    private static Verdict Verdict(CostOfOwnership sheet, Func<int, Entrant, double>? seconds = null) =>
        VerdictProcedure.Of(Benchmark(sheet, seconds ?? ((_, e) => e.Name == "qaoa" ? 0.1 : 0.4))).Single();

    private static Benchmark Benchmark(
        CostOfOwnership sheet,
        Func<int, Entrant, double> seconds,
        Func<Entrant, double>? gap = null
    ) =>
        SomeBenchmark.Of(
            (i, e, _) => new() { Gap = gap?.Invoke(e) ?? 0, Seconds = seconds(i, e) },
            change: s => s with { CostOfOwnership = sheet }
        );

    private static string Json(IReadOnlyList<Verdict> verdicts) =>
        JsonSerializer.Serialize(verdicts, StrictJson.Options);
}
