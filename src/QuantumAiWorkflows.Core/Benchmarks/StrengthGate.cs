using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// How strong the baselines are on the calibration set. Strong: a seed-mean gap of at most 1 % to the best of all
/// classical solvers at ten times the budget, on 80 % of the instances; or optimality proved on 80 % of them. Where an
/// annealer of one sweep is as good, the instances are too easy to tell, and only proofs count.
/// </summary>
/// <param name="Discriminates">False when the one-sweep annealer passes, or could not run.</param>
/// <param name="Overlaps">A calibration instance is one of the suite's.</param>
public sealed record StrengthGate(IReadOnlyList<StrengthRating> Ratings, bool Discriminates, bool Overlaps)
{
    private const double MaxGapPercent = 1;
    private const double Share = 0.8;

    public BaselineStrength this[string entrant] =>
        Ratings.FirstOrDefault(r => r.Entrant == entrant)?.Strength ?? BaselineStrength.Untested;

    /// <summary>Null when there was no calibration.</summary>
    /// <param name="runs">Of the benchmark; only those on calibration instances are looked at.</param>
    public static StrengthGate? Of(
        CalibrationSet? calibration,
        IEnumerable<RunRecord> runs,
        IEnumerable<BenchmarkInstance> suite
    )
    {
        if (calibration is null)
            return null;
        var cells = runs.Where(r => r.Cell is { Calibration: true })
            .GroupBy(r => (r.Cell!.Instance, r.Cell.Entrant, r.Seed))
            .Select(Results.Counted)
            .ToLookup(r => (r.Cell!.Instance, r.Cell.Entrant));
        var references = calibration.Instances.ToDictionary(i => i.Name, ReferenceOf);
        var discriminators = Rated(CalibrationRole.Discriminator);
        var discriminates =
            discriminators.Length > 0
            && discriminators.All(d => d.Within < Share * d.Instances && d.Proved < Share * d.Instances)
            && discriminators.Any(d => d.Answered > 0)
            && !calibration.Entrants.Where(e => e.Role == CalibrationRole.Discriminator).Any(WasCancelled);
        return new(
            [
                .. Rated(CalibrationRole.Baseline)
                    .Select(r =>
                        r with
                        {
                            Strength =
                                r.Answered == 0 && r.Refused == r.Instances ? BaselineStrength.Untested
                                : r.Proved >= Share * r.Instances || (discriminates && r.Within >= Share * r.Instances)
                                    ? BaselineStrength.Strong
                                : BaselineStrength.Weak,
                        }
                    ),
            ],
            discriminates,
            calibration.Instances.Any(c => suite.Any(i => i.ProblemId == c.ProblemId))
        );

        // Where a reference run was cancelled and nothing is proved, the best of the rest is no reference: whoever cancels
        // the strong solvers would make the weak ones look strong.
        KnownBest? ReferenceOf(BenchmarkInstance instance)
        {
            var best = KnownBest.Of(instance, calibration.Entrants.SelectMany(e => cells[(instance.Name, e.Name)]));
            return
                best is { Optimal: true }
                || !calibration
                    .Entrants.Where(e => e.Role == CalibrationRole.Reference)
                    .Any(e => cells[(instance.Name, e.Name)].Any(r => r.State == RunState.Cancelled))
                ? best
                : null;
        }

        bool WasCancelled(CalibrationEntrant entrant) =>
            calibration.Instances.Any(i => cells[(i.Name, entrant.Name)].Any(r => r.State == RunState.Cancelled));

        StrengthRating[] Rated(CalibrationRole role) =>
            [
                .. calibration
                    .Entrants.Where(e => e.Role == role)
                    .Select(e =>
                        StrengthRating.Of(
                            e,
                            [
                                .. calibration.Instances.Select(i =>
                                    (i, references[i.Name], cells[(i.Name, e.Name)].ToArray())
                                ),
                            ],
                            MaxGapPercent
                        )
                    ),
            ];
    }
}

/// <param name="Instances">Of the calibration set.</param>
/// <param name="Answered">Those with a feasible result of any seed.</param>
/// <param name="Within">Those with a seed-mean gap of at most 1 %, every seed answered.</param>
/// <param name="Proved">Those where every seed's run proved its answer optimal.</param>
/// <param name="Refused">Those that the solver does not take, or that have no run.</param>
/// <param name="MeanGapPercent">Over the instances with a reference that every seed answered; null when there is none.</param>
public sealed record StrengthRating(
    string Entrant,
    BaselineStrength Strength,
    int Instances,
    int Answered,
    int Within,
    int Proved,
    int Refused,
    double? MeanGapPercent
)
{
    internal static StrengthRating Of(
        CalibrationEntrant entrant,
        IReadOnlyList<(BenchmarkInstance Instance, KnownBest? Reference, RunRecord[] Runs)> cells,
        double maxGapPercent
    )
    {
        double[] gaps =
        [
            .. cells
                .Where(c =>
                    c.Reference is not null && c.Runs.Length >= entrant.Seeds && c.Runs.All(r => r.IsFeasibleResult())
                )
                .Select(c =>
                    ExactSum.Mean([.. c.Runs.Select(r => c.Reference!.GapPercent(c.Instance, r.Objective!.Value))])
                ),
        ];
        return new(
            entrant.Baseline ?? entrant.Name,
            BaselineStrength.Untested,
            cells.Count,
            cells.Count(c => c.Runs.Any(r => r.IsFeasibleResult())),
            gaps.Count(g => g <= maxGapPercent),
            cells.Count(c =>
                c.Runs.Length >= entrant.Seeds
                && c.Runs.All(r => r.IsFeasibleResult() && r.Status == ResultStatus.Optimal)
            ),
            cells.Count(c => c.Runs.All(r => r.State == RunState.Unsupported)),
            gaps.Length == 0 ? null : ExactSum.Mean(gaps)
        );
    }
}
