using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.UnitTests.Economics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class EconomicsReportTests
{
    private static readonly BenchmarkSummary Summary = BenchmarkSummary.Of(Made());

    [Fact]
    public void Markdown_shows_both_totals_of_a_quantum_entrant()
    {
        // 0.1 CPU seconds at 2 EUR; 10 tasks, which this list does not price, of 100 shots at 0.001 EUR.
        var text = MarkdownReport.Of(Summary);

        text.Should()
            .Contain(
                "| entrant | as it ran, EUR | modelled for a processor, EUR |\n| --- | --- | --- |\n| qaoa | 0.2 | 1 |\n"
            )
            .And.Contain("An estimate, nothing of it measured: hardware profile superconducting 2, price list test 1;");
    }

    [Fact]
    public void Markdown_says_what_would_change_what_it_is_worth_and_what_it_costs_to_have()
    {
        var text = MarkdownReport.Of(Summary);

        text.Should()
            .Contain("## Business value of qaoa\n\n5 [5, 5] EUR per day more than ")
            .And.Contain("## What would change the verdict of qaoa\n\n- **price**: At ")
            .And.Contain(
                "## Cost of ownership over 12 months, EUR\n\n| present value | ours | quantum |\n| --- | --- | --- |\n"
            )
            .And.Contain("| governance | 0 | 1200 |")
            .And.Contain("- quantum against ours: net present value ")
            .And.Contain("; it hangs most on ");
        text.Should().NotContainAny("NaN", "Infinity", "∞");
    }

    [Fact]
    public void Csv_has_a_row_for_each_of_them()
    {
        var rows = CsvReport.Of(Summary).Split("\r\n");

        rows.Should().ContainSingle(r => r.StartsWith("made-up,,qaoa,costAsHardware,1,EUR,,,,"));
        rows.Should()
            .ContainSingle(r => r.StartsWith("made-up,,qaoa,businessValue,5,EUR per day,5,5,signedRank,against "));
        rows.Should().ContainSingle(r => r.StartsWith("made-up,,qaoa,whatWouldChange.price,"));
        rows.Should().ContainSingle(r => r.StartsWith("made-up,,quantum,netPresentValueDifference,"));
        rows.Should().OnlyContain(r => r.Length == 0 || Fields(r) == 10);
    }

    /// <summary>Commas outside of quotes, and one more.</summary>
    private static int Fields(string row) =>
        1 + row.Split('"').Where((_, k) => k % 2 == 0).Sum(part => part.Count(c => c == ','));

    private static Benchmark Made()
    {
        var benchmark = SomeBenchmark.Of(
            (_, e, _) => new() { Gap = e.Name == "qaoa" ? 0 : 0.5, Seconds = e.Name == "qaoa" ? 0.1 : 0.4 },
            change: s =>
                s with
                {
                    CostOfOwnership = SomeSheet.Of(quantumPerMonth: 100),
                    BusinessValue = new()
                    {
                        PerObjectiveUnit = 10,
                        Currency = "EUR",
                        Period = "day",
                    },
                }
        );
        return benchmark with
        {
            Runs = [.. benchmark.Runs.Select(r => r.Solver.Id == "qaoa" ? SomeRun.AsCircuit(r, 9, 100, 10) : r)],
        };
    }
}
