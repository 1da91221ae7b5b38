using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>What a baseline's schema cannot say. Files are written by us but edited by anybody.</summary>
internal static class RegressionBaselineRules
{
    /// <summary>Wall seconds, CPU seconds, objective.</summary>
    private const int Columns = 3;

    public static void Check(RegressionBaseline baseline, string at, FaultList faults)
    {
        CheckUnique(baseline.Instances, i => i.ProblemId, $"{at}/instances", "problemId", faults);
        CheckUnique(baseline.Entrants, e => e.Name, $"{at}/entrants", "name", faults);
        var cells = new Dictionary<(int, int, long), int>();
        for (var i = 0; i < baseline.Runs.Count && !faults.IsFull; i++)
        {
            var (run, place) = (baseline.Runs[i], $"{at}/runs/{i}");
            CheckIndex(run.Instance, baseline.Instances.Count, $"{place}/instance", "instance", faults);
            CheckIndex(run.Entrant, baseline.Entrants.Count, $"{place}/entrant", "entrant", faults);
            if (!cells.TryAdd((run.Instance, run.Entrant, run.Seed), i))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    place,
                    $"Instance {run.Instance}, entrant {run.Entrant} and seed {run.Seed} stand at positions {cells[(run.Instance, run.Entrant, run.Seed)]} and {i}; each must be unique."
                );
            if (run.Feasible != run.Objective is not null)
                faults.Add(
                    FaultCode.Conflict,
                    $"{place}/objective",
                    run.Feasible ? "A feasible run has an objective." : "A run that is not feasible has no objective."
                );
            CheckTrace(run.Trace, $"{place}/trace", faults);
        }
    }

    private static void CheckTrace(IReadOnlyList<double[]> trace, string at, FaultList faults)
    {
        for (var i = 0; i < trace.Count; i++)
            if (trace[i].Length != Columns)
                faults.Add(
                    FaultCode.LengthMismatch,
                    $"{at}/{i}",
                    $"Expected {Columns} numbers, [wall seconds, CPU seconds, objective], got {trace[i].Length}.",
                    trace[i].Length,
                    Columns
                );
            else if (Array.FindIndex(trace[i], 0, Columns - 1, seconds => seconds < 0) is >= 0 and var column)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{at}/{i}/{column}",
                    $"Expected seconds of at least 0, got {trace[i][column]:R}.",
                    trace[i][column],
                    0
                );
    }

    private static void CheckIndex(int index, int count, string at, string name, FaultList faults)
    {
        if (index >= count)
            faults.Add(
                FaultCode.IndexOutOfRange,
                at,
                $"Expected 0 <= {name} < {count}, got {index}.",
                index,
                count - 1
            );
    }

    private static void CheckUnique<T>(
        IReadOnlyList<T> items,
        Func<T, string> key,
        string at,
        string member,
        FaultList faults
    )
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
            if (!first.TryAdd(key(items[i]), i))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    $"{at}/{i}/{member}",
                    $"\"{key(items[i])}\" stands at positions {first[key(items[i])]} and {i}; each must be unique."
                );
    }
}
