using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// What the candidate's answers are worth more than a baseline's, in money (requirement H-09): the objective differences
/// per instance, seeds averaged, times the declared worth of a unit. Only runs with a feasible answer have an objective.
/// </summary>
public sealed record BusinessValueEstimate
{
    public required string Baseline { get; init; }
    public required string Currency { get; init; }

    /// <summary>What one solve stands for, as the suite says.</summary>
    public required string Period { get; init; }

    /// <summary>Money per period, Hodges-Lehmann; above 0 the candidate is worth more. Null: <see cref="Note"/> says why.</summary>
    public double? Amount { get; init; }

    public double? Low { get; init; }
    public double? High { get; init; }

    /// <summary>Of the interval, 1 - 2 alpha; null without one.</summary>
    public double? Confidence { get; init; }

    /// <summary>Instances where both sides have a feasible answer.</summary>
    public required int Instances { get; init; }

    public string? Note { get; init; }

    public static BusinessValueEstimate Of(
        Results results,
        IReadOnlyList<BenchmarkInstance> instances,
        Entrant candidate,
        Entrant baseline,
        BusinessValue value,
        double alpha
    )
    {
        double[] money =
        [
            .. instances
                .Select(i => Improvement(i, results[i, candidate], results[i, baseline]) * value.PerObjectiveUnit)
                .OfType<double>(),
        ];
        var estimate = new BusinessValueEstimate
        {
            Baseline = baseline.Name,
            Currency = value.Currency,
            Period = value.Period,
            Instances = money.Length,
        };
        if (!money.All(double.IsFinite))
            return estimate with { Note = "The differences are too large for money." };
        var (low, high) = money.Length == 0 ? (null, null) : new WalshAverages(money).Interval(alpha);
        if (low is null)
            return estimate with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{money.Length} instances with a feasible answer on both sides allow no interval at alpha {alpha:G3}: at least {Fewest(alpha)} are needed."
                ),
            };
        return estimate with
        {
            Amount = new WalshAverages(money).Median,
            Low = low,
            High = high,
            Confidence = 1 - 2 * alpha,
        };
    }

    /// <summary>In the problem's own sense: above 0 the candidate's mean objective is better.</summary>
    private static double? Improvement(BenchmarkInstance instance, EntrantRuns candidate, EntrantRuns baseline)
    {
        if (Mean(candidate) is not { } ours || Mean(baseline) is not { } theirs)
            return null;
        return instance.Sense == Sense.Minimize ? theirs - ours : ours - theirs;
    }

    private static double? Mean(EntrantRuns runs)
    {
        double[] objectives = [.. runs.Feasible.Select(r => r.Objective!.Value)];
        return objectives.Length == 0 ? null : ExactSum.Mean(objectives);
    }

    /// <summary>Instances below which no interval has this coverage; 5 at alpha 0.05.</summary>
    private static int Fewest(double alpha) => (int)Math.Ceiling(-Math.Log2(alpha));
}
