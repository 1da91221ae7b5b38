using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks;

/// <param name="Stored">The run of the benchmark.</param>
/// <param name="Rerun">The same solver, problem, seed, options and budget once more.</param>
public sealed record ReplayPair(RunRecord Stored, RunRecord Rerun)
{
    /// <summary>False once an answer of the two was erased: what stays of a run are its figures, and they do not tell.</summary>
    public bool CanBeCompared => !IsErased(Stored) && !IsErased(Rerun);

    private static bool IsErased(RunRecord run) => run is { Objective: not null, Solution: null };
}

/// <summary>Whether a run came out the same when it was run again. Times never matter, answers do.</summary>
/// <param name="Difference">The first one, in words; null when the run was reproduced.</param>
/// <param name="EndedByClock">
/// Either of the two was stopped by a CPU or wall budget: how far a solver gets in a second differs from run to run, so a
/// difference then is no defect of the solver. Only what a count or the solver itself ends has to replay bit for bit.
/// </param>
public sealed record Replay(string? Difference, bool EndedByClock)
{
    /// <summary>Of the objective, relative: sums in another order on another processor differ in the last digits.</summary>
    private const double Tolerance = 1e-9;

    public bool IsReproduced => Difference is null;

    /// <exception cref="ArgumentException">The second run is none of the same problem and seed.</exception>
    public static Replay Of(ReplayPair pair)
    {
        var (stored, rerun) = pair;
        foreach (
            var (member, was, got) in new (string, object, object)[]
            {
                ("problem", stored.Problem.Id, rerun.Problem.Id),
                ("seed", stored.Seed, rerun.Seed),
            }
        )
            if (!Equals(was, got))
                throw new ArgumentException(
                    $"A replay has the same {member}: expected {was}, got {got}.",
                    nameof(pair)
                );
        return new(FirstDifference(stored, rerun), IsByClock(stored) || IsByClock(rerun));
    }

    private static string? FirstDifference(RunRecord stored, RunRecord rerun)
    {
        // An automatic choice may fall on another solver in another build; that is no reproduction.
        if (stored.Solver.Id != rerun.Solver.Id)
            return $"solver {rerun.Solver.Id}, was {stored.Solver.Id}";
        if (stored.State != rerun.State)
            return $"state {JsonNames.Of(rerun.State)}, was {JsonNames.Of(stored.State)}";
        if (stored.Status != rerun.Status)
            return $"status {JsonNames.Of(rerun.Status)}, was {JsonNames.Of(stored.Status)}";
        if (!AreEqual(stored.Objective, rerun.Objective))
            return $"objective {Number(rerun.Objective)}, was {Number(stored.Objective)}";
        // The answers of a benchmark that was erased are gone, its objectives are not: what is left is compared.
        if (stored is { Objective: not null, Solution: null })
            return null;
        return Canonical(stored.Solution) == Canonical(rerun.Solution)
            ? null
            : "another solution of the same objective";
    }

    private static bool AreEqual(double? stored, double? rerun) =>
        stored is { } a && rerun is { } b
            ? a == b || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b))
            : stored is null && rerun is null;

    private static bool IsByClock(RunRecord run) => run.StoppedBy is StoppedBy.Cpu or StoppedBy.Time;

    /// <summary>RFC 8785; null where the run has no answer.</summary>
    internal static string? Canonical(JsonObject? solution) =>
        solution is null ? null : CanonicalJson.Value(JsonSerializer.SerializeToElement(solution));

    private static string Number(double? value) => value is { } number ? CanonicalJson.Number(number) : "none";
}
