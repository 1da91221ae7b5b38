using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// Runs compare only when problem, evaluator and budget are the same: anything else would be a comparison of the
/// differences between those.
/// </summary>
public static class ComparisonGuard
{
    /// <summary>
    /// Null when the runs may be compared; answered with 409 otherwise. Warm-up and calibration are not compared; runs without a cell are
    /// one instance.
    /// </summary>
    public static ComparisonRefusal? Check(IEnumerable<RunRecord> runs)
    {
        var first = new Dictionary<string, RunRecord>(StringComparer.Ordinal);
        RunRecord? any = null;
        foreach (var run in runs.Where(r => r.Cell is not { IsCompared: false }).OrderBy(r => r.Id))
        {
            any ??= run;
            var instance = run.Cell?.Instance ?? "";
            if (!first.TryGetValue(instance, out var other))
                first.Add(instance, other = run);
            if (run.Problem.Id != other.Problem.Id)
                return new(
                    ComparisonDifference.ProblemId,
                    instance,
                    other.Problem.Id,
                    run.Problem.Id,
                    other.Id,
                    run.Id
                );
            if (run.Problem.EvaluatorVersion != other.Problem.EvaluatorVersion)
                return new(
                    ComparisonDifference.EvaluatorVersion,
                    instance,
                    other.Problem.EvaluatorVersion,
                    run.Problem.EvaluatorVersion,
                    other.Id,
                    run.Id
                );
            if (run.Budget != any.Budget)
                return new(
                    ComparisonDifference.Budget,
                    instance,
                    any.Budget.ToString(),
                    run.Budget.ToString(),
                    any.Id,
                    run.Id
                );
        }
        return null;
    }
}

public enum ComparisonDifference
{
    ProblemId,
    EvaluatorVersion,
    Budget,
}

/// <summary>Why runs may not be compared: the first difference found, with the two runs that have it.</summary>
/// <param name="Instance">Name in the suite; empty for plain jobs.</param>
public sealed record ComparisonRefusal(
    ComparisonDifference Difference,
    string Instance,
    string Left,
    string Right,
    Guid LeftRun,
    Guid RightRun
)
{
    public string Detail =>
        $"Runs {LeftRun} and {RightRun}{(Instance.Length == 0 ? "" : $" on {Instance}")} differ in {Difference switch
        {
            ComparisonDifference.ProblemId => "problem",
            ComparisonDifference.EvaluatorVersion => "evaluator version",
            _ => "budget",
        }}: {Left} and {Right}.";
}
