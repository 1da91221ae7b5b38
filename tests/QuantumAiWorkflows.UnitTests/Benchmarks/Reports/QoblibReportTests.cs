using System.Globalization;
using System.Text.Json;
using CsvHelper;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class QoblibReportTests
{
    private const string Header =
        "Problem,Submitter,Affiliation,Date,Reference,Best Objective Value,Optimality Bound,Modeling Approach,# Decision Variables,# Binary Variables,# Integer Variables,# Continuous Variables,# Non-Zero Coefficients,Coefficients Type,Coefficients Range,Workflow,Algorithm Type,Paradigm,# Runs,# Feasible Runs,# Successful Runs,Success Threshold,Hardware Specifications,Total Runtime,Time to Solution,CPU Runtime,GPU Runtime,QPU Runtime,Other HW Runtime,Remarks";

    private static readonly string[] Floats =
    [
        "Best Objective Value",
        "Optimality Bound",
        "Success Threshold",
        "Total Runtime",
        "Time to Solution",
        "CPU Runtime",
        "GPU Runtime",
        "QPU Runtime",
        "Other HW Runtime",
    ];

    [Fact]
    public void The_header_is_that_of_the_checker_byte_for_byte()
    {
        QoblibReport.Columns.Should().HaveCount(30);
        Text(SomeFigures.Benchmark()).Split("\r\n")[0].Should().Be(Header);
    }

    [Fact]
    public void Every_cell_has_the_type_of_its_column()
    {
        Entrant[] entrants = [SomeBenchmark.Candidate(), SomeBenchmark.Baseline("cp-sat")];
        var benchmark = SomeFigures.Benchmark(instances: 3, seeds: 2, entrants);
        var rows = Rows(benchmark, WithModel(benchmark));

        rows.Should().HaveCount(3 * 2);
        foreach (var row in rows)
        foreach (var (column, cell) in row)
        {
            if (column.StartsWith('#') && cell is not ("" or "N/A"))
                int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    .Should()
                    .BeTrue($"{column}: {cell}");
            if (Floats.Contains(column) && cell is not ("" or "N/A"))
                double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    .Should()
                    .BeTrue($"{column}: {cell}");
            if (column == "Paradigm")
                cell.Should().BeOneOf("Classical", "Quantum Simulator", "Quantum Hardware");
        }
        rows.Should().Contain(r => r["Best Objective Value"] == "N/A", "cp-sat refuses one instance");
        rows.Should().Contain(r => r["Total Runtime"] != "N/A");
    }

    [Fact]
    public void A_row_says_what_was_run_and_leaves_open_what_nobody_told()
    {
        var benchmark = SomeBenchmark.Of(
            (_, _, seed) =>
                new()
                {
                    Gap = seed == 1 ? 0 : 2,
                    Seconds = 0.2 * seed,
                    FoundAt = 0.1 * seed,
                },
            [SomeBenchmark.Candidate()],
            instances: 1,
            seeds: 3
        );
        var row = Rows(benchmark, WithModel(benchmark)).Single();

        row["Problem"].Should().Be("i0");
        row["Submitter"].Should().Be("N/A");
        row["Affiliation"].Should().Be("N/A");
        row["Date"].Should().Be("1970-01-01");
        row["Best Objective Value"].Should().Be("-100");
        row["Optimality Bound"].Should().Be("N/A");
        row["Modeling Approach"].Should().Be("QUBO");
        row["# Binary Variables"].Should().Be("3");
        row["# Non-Zero Coefficients"].Should().Be("3", "one linear and two quadratic");
        row["Coefficients Type"].Should().Be("Integer");
        row["Coefficients Range"].Should().Be("[-3, 2]");
        row["Algorithm Type"].Should().Be("Stochastic");
        row["Paradigm"].Should().Be("Quantum Simulator");
        row["# Runs"].Should().Be("3");
        row["# Feasible Runs"].Should().Be("3");
        row["# Successful Runs"].Should().Be("1", "the others are 2 % off the entrant's own best");
        row["Success Threshold"].Should().Be("0.01");
        Number(row["Total Runtime"]).Should().BeApproximately(0.4, 1e-12);
        Number(row["Time to Solution"]).Should().BeApproximately(0.2, 1e-12);
        Number(row["CPU Runtime"]).Should().BeApproximately(0.4, 1e-12);
        row["GPU Runtime"].Should().Be("N/A");
        row["QPU Runtime"].Should().Be("N/A");
        row["Hardware Specifications"].Should().Be("some CPU, 2 cores, 8 GB, linux");
    }

    [Fact]
    public void Successful_is_near_the_entrants_own_best_even_when_that_is_far_from_the_reference()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new() { Gap = 20 }, [SomeBenchmark.Baseline()], 1, 4);

        Rows(benchmark, [])[0]["# Successful Runs"].Should().Be("4");
    }

    [Theory]
    [InlineData(Sense.Minimize, "-101")]
    [InlineData(Sense.Maximize, "110")]
    public void The_bound_is_the_tightest_that_was_not_refuted(Sense sense, string tightest)
    {
        var instance = SomeBenchmark.Instance(sense: sense);
        var bare = SomeBenchmark.Of((_, _, _) => new(), [SomeBenchmark.Baseline()], 1, 3);
        double[] bounds = sense == Sense.Minimize ? [-120, -101, -90] : [130, 110, 90];
        var benchmark = bare with
        {
            Instances = [instance],
            Runs =
            [
                .. bare.Runs.Select(
                    (r, k) =>
                        r with
                        {
                            Objective = instance.Reference!.Objective,
                            Bound = bounds[k],
                            BoundRefuted = k == 2,
                        }
                ),
            ],
        };

        Rows(benchmark, [])[0]["Optimality Bound"].Should().Be(tightest);
    }

    [Fact]
    public void An_unknown_model_leaves_its_columns_at_not_available()
    {
        var row = Rows(SomeFigures.Benchmark(instances: 1, seeds: 1), [])[0];

        foreach (
            var column in new[]
            {
                "Modeling Approach",
                "# Binary Variables",
                "# Non-Zero Coefficients",
                "Coefficients Type",
            }
        )
            row[column].Should().Be("N/A");
        row["# Decision Variables"].Should().Be("8");
    }

    private static string Text(Benchmark benchmark) => QoblibReport.Of(benchmark, new Dictionary<string, Problem>());

    private static Dictionary<string, Problem> WithModel(Benchmark benchmark)
    {
        var problem = ProblemFamily.ReadAny(
            JsonElement.Parse(
                """{"family":"qubo","coo":{"numVariables":3,"row":[0,0,1],"col":[0,1,2],"value":[-1,2,-3]}}"""
            ),
            "",
            new FaultList()
        )!;
        return benchmark.Instances.ToDictionary(i => i.ProblemId, _ => problem);
    }

    private static List<Dictionary<string, string>> Rows(Benchmark benchmark, Dictionary<string, Problem> problems)
    {
        using var reader = new StringReader(QoblibReport.Of(benchmark, problems));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.HeaderRecord!.ToDictionary(c => c, c => csv.GetField(c)!));
        return rows;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
