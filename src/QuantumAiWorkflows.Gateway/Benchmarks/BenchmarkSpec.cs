using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>What a benchmark runs: the suite as it was posted, and what the recorder added. Fixed at submission.</summary>
internal sealed record BenchmarkSpec(Suite Suite, IReadOnlyList<PlannedEntrant> Entrants, CalibrationSet? Calibration)
{
    private const double WarmUpCpuSeconds = 2;

    public static BenchmarkSpec Of(BenchmarkRow row)
    {
        var suite = JsonSerializer.Deserialize<Suite>(row.Suite, StrictJson.Options)!;
        return new(
            suite,
            row.Entrants.Length == 0
                ? [.. suite.Solvers.Select(s => new PlannedEntrant(s))]
                : JsonSerializer.Deserialize<PlannedEntrant[]>(row.Entrants, StrictJson.Options)!,
            row.Calibration is null
                ? null
                : JsonSerializer.Deserialize<CalibrationSet>(row.Calibration, StrictJson.Options)
        );
    }

    /// <summary>One budget for all entrants. A suite that limits nothing gets CPU seconds, the fair clock on one machine.</summary>
    public static SolveBudget BudgetOf(Suite suite)
    {
        // Shots end a run only of those that count them, so they are no limit for all.
        var limited = suite.Budget.OrDefaultTime(countsShots: false);
        return limited == suite.Budget ? limited : suite.Budget with { CpuSeconds = limited.TimeSeconds };
    }

    /// <summary>What is asked of a run.</summary>
    /// <param name="longest">The server's limit of seconds for one solve; references never ask for more.</param>
    public StoredRequest RequestOf(string entrant, bool warmUp, bool calibration, double longest)
    {
        var budget = BudgetOf(Suite);
        if (calibration)
        {
            var asked = Calibration!.Entrants.First(e => e.Name == entrant);
            return new(asked.Options, Scaled(budget, asked.BudgetFactor, longest), 0, false, null)
            {
                Encoding = asked.Encoding,
            };
        }
        // A warm-up is there to compile: the suite's budget may be shorter than that takes.
        if (warmUp)
            budget = budget with { CpuSeconds = Math.Max(budget.CpuSeconds ?? 0, WarmUpCpuSeconds), MaxCost = null };
        var solver = Entrants.First(e => e.Solver.Entrant == entrant).Solver;
        return new(solver.Options, budget, 0, false, null) { Encoding = solver.Encoding };
    }

    private static SolveBudget Scaled(SolveBudget budget, double factor, double longest) =>
        factor == 1
            ? budget
            : budget with
            {
                CpuSeconds = Seconds(budget.CpuSeconds, factor, longest),
                TimeSeconds = Seconds(budget.TimeSeconds, factor, longest),
                DeterministicSeconds = Seconds(budget.DeterministicSeconds, factor, longest),
                Evaluations = budget.Evaluations is { } count ? (long)Math.Min(9e15, factor * count) : null,
                Shots = budget.Shots is { } shots ? (int)Math.Min(10_000_000, factor * shots) : null,
                MaxCost = factor * budget.MaxCost,
            };

    private static double? Seconds(double? seconds, double factor, double longest) =>
        seconds is { } s ? Math.Max(s, Math.Min(longest, factor * s)) : null;
}
