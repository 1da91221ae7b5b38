using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class SuiteBudgetTests
{
    [Theory]
    [InlineData(null, 1e9, false)]
    [InlineData(2.0, 1.999, false)]
    [InlineData(2.0, 2.0, true)]
    [InlineData(2.0, 2.5, true)]
    public void Stops_when_what_was_spent_reaches_the_limit(double? limit, double spent, bool stops) =>
        (SuiteBudget.Reason(limit, spent, SomeBenchmark.Tariff) is not null).Should().Be(stops);

    [Fact]
    public void The_reason_has_the_numbers() =>
        SuiteBudget
            .Reason(2, 2.5, SomeBenchmark.Tariff)
            .Should()
            .Be("The finished runs of this benchmark cost 2.5 EUR by price list test 1; the suite's maxCost is 2.");

    [Fact]
    public void Runs_cancelled_for_it_leave_the_design_incomplete_and_a_limitation()
    {
        var stopped = Stopped(
            SomeBenchmark.Of((_, e, _) => new() { Seconds = e.Role == EntrantRole.Candidate ? 0.1 : 0.4 })
        );

        var summary = BenchmarkSummary.Of(stopped);

        summary.Verdicts.Single().Missing.Should().Contain(MissingEvidence.IncompleteDesign);
        summary.Verdicts.Single().Outcome.Should().Be(VerdictOutcome.Inconclusive);
        const string limitation =
            "Stopped by its budget: 3 planned runs were cancelled. The finished runs of this benchmark cost 2.5 EUR by price list test 1; the suite's maxCost is 2.";
        summary
            .Limitations.Should()
            .Contain(limitation)
            .And.NotContain("Some planned runs have no record, or were cancelled.");
        MarkdownReport.Of(summary).Should().Contain($"- {limitation}");
    }

    [Fact]
    public void Without_a_candidate_the_report_says_so_too()
    {
        var stopped = Stopped(SomeBenchmark.Of((_, _, _) => new(), [SomeBenchmark.Baseline()]));

        BenchmarkSummary
            .Of(stopped)
            .Limitations.Should()
            .Contain(l => l.StartsWith("Stopped by its budget: 3 planned"));
    }

    [Fact]
    public void Runs_cancelled_by_hand_are_another_matter()
    {
        var benchmark = SomeBenchmark.Of(
            (i, _, seed) => new() { State = i == 0 && seed == 1 ? RunState.Cancelled : RunState.Succeeded }
        );

        SuiteBudget.Limitation(benchmark).Should().BeNull();
    }

    private static Benchmark Stopped(Benchmark benchmark) =>
        benchmark with
        {
            Runs =
            [
                .. benchmark.Runs.Select(
                    (r, k) =>
                        k >= benchmark.Runs.Count - 3
                            ? r with
                            {
                                State = RunState.Cancelled,
                                Error = new(SuiteBudget.CostReached, SuiteBudget.Reason(2, 2.5, SomeBenchmark.Tariff)!),
                            }
                            : r
                ),
            ],
        };
}
