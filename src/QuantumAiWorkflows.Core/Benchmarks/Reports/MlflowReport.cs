using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// Bodies for MLflow's <c>runs/log-batch</c>, within its limits. For each <c>run_name</c> make a run (<c>runs/create</c>
/// with name, start time), send its batches in order with the <c>run_id</c> that MLflow gave, and end it
/// (<c>runs/update</c> with status and end time).
/// </summary>
public static class MlflowReport
{
    public const int MaxMetrics = 1000;
    public const int MaxParams = 100;
    public const int MaxTags = 100;

    /// <summary>Of metrics, params and tags of one call together.</summary>
    public const int MaxEntries = 1000;

    public const int MaxKeyLength = 250;

    /// <summary>Less than any MLflow server takes, so that a batch stays far below 1 MB.</summary>
    public const int MaxValueLength = 500;

    public static MlflowLog Of(Benchmark benchmark, IReadOnlyList<Verdict> verdicts)
    {
        var results = new Results(benchmark);
        return new(
            benchmark.Suite.Name,
            [.. results.Cells.SelectMany(cell => cell.Runs.SelectMany(run => Batches(benchmark, cell, run, verdicts)))]
        );
    }

    private static IEnumerable<MlflowBatch> Batches(
        Benchmark benchmark,
        EntrantRuns cell,
        RunRecord run,
        IReadOnlyList<Verdict> verdicts
    )
    {
        var @params = new Queue<MlflowText>(Params(cell, run).DistinctBy(p => p.Key));
        var tags = new Queue<MlflowText>(Tags(benchmark, cell, run, verdicts));
        var metrics = new Queue<MlflowMetric>(Metrics(cell, run));
        do
        {
            var (p, t) = (Take(@params, MaxParams), Take(tags, MaxTags));
            yield return new()
            {
                RunName =
                    $"{cell.Entrant.Name} / {cell.Instance.Name} / {run.Seed.ToString(CultureInfo.InvariantCulture)}",
                StartTime = run.StartedAt.ToUnixTimeMilliseconds(),
                EndTime = run.CompletedAt.ToUnixTimeMilliseconds(),
                Status =
                    run.State == RunState.Succeeded ? "FINISHED"
                    : run.State == RunState.Cancelled ? "KILLED"
                    : "FAILED",
                Metrics = Take(metrics, Math.Min(MaxMetrics, MaxEntries - p.Count - t.Count)),
                Params = p,
                Tags = t,
            };
        } while (metrics.Count > 0 || @params.Count > 0 || tags.Count > 0);
    }

    /// <summary>Every incumbent is a step; what the whole run has stands at the last one.</summary>
    private static IEnumerable<MlflowMetric> Metrics(EntrantRuns cell, RunRecord run)
    {
        var trace = run.Trace.OrderBy(p => p.ElapsedSeconds).ToArray();
        var start = run.StartedAt.ToUnixTimeMilliseconds();
        for (var step = 0; step < trace.Length; step++)
        {
            var point = trace[step];
            var at = start + (long)(point.ElapsedSeconds * 1000);
            yield return new("objective", point.Objective, at, step);
            yield return new("elapsed_s", point.ElapsedSeconds, at, step);
            if (point.Feasible)
                yield return new("gap_percent", cell.GapPercent(point.Objective), at, step);
        }
        var (end, last) = (run.CompletedAt.ToUnixTimeMilliseconds(), Math.Max(0, trace.Length - 1));
        foreach (var (key, value) in Totals(cell, run, trace))
            if (value is { } known && double.IsFinite(known))
                yield return new(key, known, end, last);
    }

    private static IEnumerable<(string Key, double? Value)> Totals(EntrantRuns cell, RunRecord run, TracePoint[] trace)
    {
        var hasStarted = run.HasStarted();
        if (trace.Length == 0 && run.Objective is { } objective)
        {
            yield return ("objective", objective);
            if (run.IsFeasibleResult())
                yield return ("gap_percent", cell.GapPercent(objective));
        }
        yield return ("feasible", run.IsFeasibleResult() ? 1 : 0);
        yield return ("hit", cell.IsHit(run) ? 1 : 0);
        yield return ("tts_s", cell.FirstHit(run)?.ElapsedSeconds);
        yield return ("bound", run.Bound);
        yield return ("runtime_s", hasStarted ? run.Metrics.WallSeconds : null);
        yield return ("cpu_s", run.Metrics.CpuSeconds);
        yield return ("queue_s", hasStarted ? run.Metrics.QueueSeconds : null);
        yield return ("peak_memory_bytes", run.Metrics.PeakMemoryBytes);
        yield return ("evaluations", hasStarted ? run.Metrics.Evaluations : null);
        yield return ("shots", run.Metrics.Shots);
        yield return ("qubits", run.Quantum?.Qubits ?? run.Decomposition?.MaxQubits);
        yield return ("cost", hasStarted ? Prices.TotalOfRun(run, cell.Prices) : null);
    }

    private static IEnumerable<MlflowText> Params(EntrantRuns cell, RunRecord run)
    {
        yield return Text("solver", run.Solver.Id);
        yield return Text("solver_version", run.Solver.Version);
        yield return Text("entrant", cell.Entrant.Name);
        yield return Text("instance", cell.Instance.Name);
        yield return Text("family", cell.Instance.Family);
        yield return Text("num_variables", cell.Instance.NumVariables.ToString(CultureInfo.InvariantCulture));
        yield return Text("seed", run.Seed.ToString(CultureInfo.InvariantCulture));
        var budget = JsonSerializer.SerializeToNode(run.Budget, StrictJson.Options)!.AsObject();
        foreach (var (name, value) in budget)
            if (value is not null)
                yield return Text($"budget.{name}", value.ToJsonString());
        foreach (var (name, value) in run.Options ?? [])
            yield return Text(
                $"option.{name}",
                value is JsonValue v && v.TryGetValue(out string? s) ? s : value?.ToJsonString() ?? "null"
            );
    }

    private static IEnumerable<MlflowText> Tags(
        Benchmark benchmark,
        EntrantRuns cell,
        RunRecord run,
        IReadOnlyList<Verdict> verdicts
    )
    {
        yield return Text("run_id", run.Id.ToString());
        yield return Text("benchmark", benchmark.Id.ToString());
        yield return Text("suite_hash", benchmark.Suite.Hash);
        yield return Text("problem", cell.Instance.ProblemId);
        yield return Text("evaluator_version", run.Problem.EvaluatorVersion);
        yield return Text("paradigm", JsonNames.Of(run.Solver.Paradigm));
        yield return Text("role", JsonNames.Of(cell.Entrant.Role));
        yield return Text("state", JsonNames.Of(run.State));
        yield return Text("status", JsonNames.Of(run.Status));
        if (run.Solver.EvidenceLevel is { } level)
            yield return Text("evidence_level", JsonNames.Of(level));
        if (run.StoppedBy is { } stopped)
            yield return Text("stopped_by", JsonNames.Of(stopped));
        if (run.Error is { } error)
            yield return Text("error", $"{error.Code}: {error.Message}");
        if (run.Environment.GitCommit is { } commit)
            yield return Text("mlflow.source.git.commit", commit);
        // A baseline takes part in every verdict; its runs carry the most cautious.
        var own = verdicts.Where(v => v.Candidate == cell.Entrant.Name).ToArray();
        var said = own.Length > 0 ? own : verdicts;
        if (said.Count > 0)
            yield return Text("verdict", JsonNames.Of(said.Min(v => v.Outcome)));
        yield return Text("currency", cell.Prices.Currency);
    }

    private static MlflowText Text(string key, string value) => new(Key(key), Cut(value, MaxValueLength));

    /// <summary>MLflow takes letters, digits, underscore, dash, dot, space, colon and slash.</summary>
    private static string Key(string key) =>
        Cut(
            new string([
                .. key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ' ' or ':' ? c : '_'),
            ]),
            MaxKeyLength
        );

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        // Not through the middle of a surrogate pair.
        var keep = char.IsHighSurrogate(text[length - 4]) ? length - 4 : length - 3;
        return $"{text[..keep]}...";
    }

    private static List<T> Take<T>(Queue<T> all, int count)
    {
        var taken = new List<T>();
        while (taken.Count < count && all.TryDequeue(out var item))
            taken.Add(item);
        return taken;
    }
}

/// <param name="Batches">By run, in order; those of one run follow each other and share its name.</param>
public sealed record MlflowLog(
    [property: JsonPropertyName("experiment_name")] string ExperimentName,
    IReadOnlyList<MlflowBatch> Batches
);

/// <summary>One call of <c>runs/log-batch</c>; times in milliseconds since 1970.</summary>
public sealed record MlflowBatch
{
    /// <summary>Entrant, instance and seed.</summary>
    [JsonPropertyName("run_name")]
    public required string RunName { get; init; }

    [JsonPropertyName("start_time")]
    public required long StartTime { get; init; }

    [JsonPropertyName("end_time")]
    public required long EndTime { get; init; }

    /// <summary>FINISHED, FAILED or KILLED.</summary>
    public required string Status { get; init; }
    public required IReadOnlyList<MlflowMetric> Metrics { get; init; }
    public required IReadOnlyList<MlflowText> Params { get; init; }
    public required IReadOnlyList<MlflowText> Tags { get; init; }
}

public sealed record MlflowMetric(string Key, double Value, long Timestamp, int Step);

/// <summary>A param or a tag.</summary>
public sealed record MlflowText(string Key, string Value);
