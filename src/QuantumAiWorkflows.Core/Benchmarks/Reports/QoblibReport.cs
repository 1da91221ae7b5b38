using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// The table of a QOBLIB submission (arXiv:2504.03832): one row per instance and entrant, the 30 columns that its checker
/// asks for, in its order. What is not known is N/A: who submits has to fill in the names. Runtimes are seconds, averages
/// over the runs that started, without the queue.
/// </summary>
public static class QoblibReport
{
    public const string Unknown = "N/A";

    public static IReadOnlyList<string> Columns { get; } =
    [
        "Problem",
        "Submitter",
        "Affiliation",
        "Date",
        "Reference",
        "Best Objective Value",
        "Optimality Bound",
        "Modeling Approach",
        "# Decision Variables",
        "# Binary Variables",
        "# Integer Variables",
        "# Continuous Variables",
        "# Non-Zero Coefficients",
        "Coefficients Type",
        "Coefficients Range",
        "Workflow",
        "Algorithm Type",
        "Paradigm",
        "# Runs",
        "# Feasible Runs",
        "# Successful Runs",
        "Success Threshold",
        "Hardware Specifications",
        "Total Runtime",
        "Time to Solution",
        "CPU Runtime",
        "GPU Runtime",
        "QPU Runtime",
        "Other HW Runtime",
        "Remarks",
    ];

    /// <param name="problems">By id; those that are no longer stored are absent.</param>
    public static string Of(Benchmark benchmark, IReadOnlyDictionary<string, Problem> problems)
    {
        var results = new Results(benchmark);
        using var text = new CsvText();
        text.Row(Columns);
        foreach (var instance in benchmark.Instances)
        foreach (var entrant in benchmark.Entrants)
            text.Row(Row(results[instance, entrant], problems.GetValueOrDefault(instance.ProblemId)));
        return text.ToString();
    }

    private static string[] Row(EntrantRuns cell, Problem? problem)
    {
        var started = cell.Runs.Where(r => r.HasStarted()).ToArray();
        var model = problem is QuboProblem qubo ? Model.Of(qubo) : Model.Unknown;
        var last = started.Length == 0 ? (DateTimeOffset?)null : started.Max(r => r.CompletedAt);
        return
        [
            cell.Instance.Name,
            Unknown,
            Unknown,
            last?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Unknown,
            Unknown,
            Float(BenchmarkMetrics.Find("objectiveBest").Measure(cell).Value),
            Float(Bound(cell)),
            model.Approach,
            Integer(cell.Instance.NumVariables),
            model.Binary,
            model.Integers,
            model.Continuous,
            model.NonZero,
            model.CoefficientsType,
            model.CoefficientsRange,
            Workflow(cell, started),
            cell.Entrant.IgnoresSeed ? "Deterministic" : "Stochastic",
            ParadigmOf(cell, started),
            Integer(cell.Runs.Count),
            Integer(cell.Feasible.Count()),
            Integer(Successful(cell)),
            Float(cell.TargetGapPercent / 100),
            Hardware(started),
            Float(Mean(started.Select(r => (double?)r.Metrics.WallSeconds))),
            Float(Mean(cell.Feasible.Select(TimeToBest))),
            Float(Mean(started.Select(r => r.Metrics.CpuSeconds))),
            Unknown,
            Float(Mean(started.Select(r => r.Usage.QpuSecond))),
            Unknown,
            Remarks(cell),
        ];
    }

    /// <summary>The tightest that stands, in the problem's sense; equal to the best objective it is a proof.</summary>
    private static double? Bound(EntrantRuns cell)
    {
        var bounds = cell.Runs.Where(r => r is { Bound: not null, BoundRefuted: false }).Select(r => r.Bound!.Value);
        var standing = bounds.ToArray();
        return standing.Length == 0 ? null
            : cell.Instance.Sense == Sense.Minimize ? standing.Max()
            : standing.Min();
    }

    /// <summary>QOBLIB asks for runs near the entrant's own best, not near the optimum.</summary>
    private static int Successful(EntrantRuns cell) =>
        (int)Math.Round((new SuccessRate(SuccessTarget.OwnBest).Measure(cell).Value ?? 0) * cell.Runs.Count);

    /// <summary>When the run found what it ended with; all of its time where that was not recorded.</summary>
    private static double? TimeToBest(RunRecord run) =>
        run.Trace.Where(p => p.Feasible && p.Objective == run.Objective).Select(p => (double?)p.ElapsedSeconds).Min()
        ?? run.Metrics.WallSeconds;

    /// <summary>What ran, not what the solver is called. A simulator is not hardware, however good.</summary>
    private static string ParadigmOf(EntrantRuns cell, RunRecord[] started)
    {
        var ran = started.Select(r => r.Solver).ToArray();
        var isQuantum =
            ran.Length == 0 ? cell.Entrant.Paradigm == Paradigm.Quantum : ran.Any(s => s.Paradigm == Paradigm.Quantum);
        return !isQuantum ? "Classical"
            : ran.Any(s => s.EvidenceLevel is EvidenceLevel.SmallHardware or EvidenceLevel.ScaledHardware)
                ? "Quantum Hardware"
            : "Quantum Simulator";
    }

    private static string Workflow(EntrantRuns cell, RunRecord[] started)
    {
        var versions = started.Select(r => r.Solver.Version).Distinct().Order(StringComparer.Ordinal).ToArray();
        var options = started.Select(r => r.Options?.ToJsonString()).OfType<string>().Distinct().ToArray();
        return $"{cell.Entrant.SolverId} {string.Join(", ", versions)}{(options.Length == 1 ? $", options {options[0]}" : "")}".TrimEnd();
    }

    private static string Hardware(RunRecord[] started)
    {
        var machines = started
            .Select(r => r.Environment)
            .Select(e =>
                $"{e.CpuModel}, {e.Cores} cores, {(e.MemoryBytes / 1e9).ToString("0.#", CultureInfo.InvariantCulture)} GB, {e.Os}"
            )
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return machines.Length == 0 ? Unknown : string.Join("; ", machines);
    }

    private static string Remarks(EntrantRuns cell)
    {
        var reference = cell.Reference is { } known
            ? $"reference {Float(known.Objective)} ({known.Source})"
            : "no reference";
        var unrun = cell.Runs.Count(r => !r.HasStarted());
        return $"{reference}; success within the threshold of the entrant's own best, as a share of the scale of docs/verdict.md"
            + (unrun == 0 ? "" : $"; {unrun} runs were refused or lost and are in no average");
    }

    private static double? Mean(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToArray();
        return known.Length == 0 ? null : ExactSum.Mean(known);
    }

    private static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Float(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>Columns about the model; all N/A for a family that this report has no words for.</summary>
    private sealed record Model(
        string Approach,
        string Binary,
        string Integers,
        string Continuous,
        string NonZero,
        string CoefficientsType,
        string CoefficientsRange
    )
    {
        public static Model Unknown { get; } =
            new(
                QoblibReport.Unknown,
                QoblibReport.Unknown,
                QoblibReport.Unknown,
                QoblibReport.Unknown,
                QoblibReport.Unknown,
                QoblibReport.Unknown,
                QoblibReport.Unknown
            );

        /// <summary>A spin has two values and counts as binary.</summary>
        public static Model Of(QuboProblem problem)
        {
            var terms = problem.Terms;
            var coefficients = terms.Linear.Where(v => v != 0).Concat(terms.Value).ToArray();
            return new(
                problem.Vartype == Vartype.Binary ? "QUBO" : "Ising",
                Integer(problem.NumVariables),
                "0",
                "0",
                Integer(coefficients.Length),
                terms.IsIntegral ? "Integer" : "Continuous",
                coefficients.Length == 0
                    ? QoblibReport.Unknown
                    : $"[{Float(coefficients.Min())}, {Float(coefficients.Max())}]"
            );
        }
    }
}
