using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// What would have to change for the statistics to say something else (requirement M-02): the least change of one
/// quantity of the candidate, everything else as measured, at which its outcome against all baselines becomes
/// <c>adopt</c>, or stops being it. Gates are not part of it: what is missing stays missing. No direction is taken for
/// granted: a grid over the whole range is looked at from the present value outwards, and the first change is narrowed
/// down by bisection.
/// </summary>
/// <param name="Parameter">price, speed, gap or missRate.</param>
/// <param name="Unit">What <paramref name="Current"/>, <paramref name="Threshold"/> and <paramref name="Range"/> are in.</param>
/// <param name="Threshold">Null: none in range.</param>
/// <param name="Range">Lowest and highest value that was tried.</param>
/// <param name="Outcome">Of the statistics beyond the threshold; the present one when there is none.</param>
public sealed record ChangeThreshold(
    string Parameter,
    string Unit,
    double Current,
    double? Threshold,
    IReadOnlyList<double> Range,
    VerdictOutcome Outcome,
    string Note
)
{
    private const double MostFactor = 1000;
    private const int StepsPerDirection = 24;
    private const int ShareSteps = 20;

    /// <summary>Narrows a grid step of a factor of 1.33 to 0.03 %, one of 5 % to 0.005 %.</summary>
    private const int Halvings = 10;

    /// <summary>An exact test takes time with the third power of the instances; beyond this the search would take minutes.</summary>
    public const int MostInstances = 100;

    /// <summary>The candidate beside one baseline.</summary>
    private sealed record Side(IReadOnlyList<PairScore> Pairs, Duel Duel);

    internal static IReadOnlyList<ChangeThreshold> Of(Case subject)
    {
        if (subject.Strongest is null || subject.Instances.Count > MostInstances)
            return [];
        // The worst baseline first: it mostly settles the question, and the others need not be asked.
        var sides = subject
            .Baselines.OrderBy(b => subject.Against(b).Outcome)
            .Select(b => new Side(subject.PairsWith(b), subject.Against(b)))
            .ToArray();
        return
        [
            Search(
                subject,
                sides,
                "price",
                "factor on what the candidate is charged",
                Factors(),
                (score, f) => score with { ExpectedCost = score.ExpectedCost * f, CostPerRun = score.CostPerRun * f }
            ),
            Search(
                subject,
                sides,
                "speed",
                "factor on the candidate's times, at the same cost",
                Factors(),
                (score, f) => score with { ExpectedTime = score.ExpectedTime * f }
            ),
            Search(
                subject,
                sides,
                "gap",
                "share of the candidate's gap to the reference that is taken away",
                Shares(),
                (score, s) => score with { Gap = score.Gap > 0 ? score.Gap * (1 - s) : score.Gap }
            ),
            Search(
                subject,
                sides,
                "missRate",
                "share of the candidate's missed runs that would hit the target, in the time they took",
                Shares(),
                WithFewerMisses
            ),
        ];
    }

    /// <summary>From 1 outwards in both directions, as steps of equal factors.</summary>
    private static Grid Factors()
    {
        var steps = Enumerable
            .Range(0, StepsPerDirection + 1)
            .Select(k => Math.Pow(MostFactor, (double)k / StepsPerDirection))
            .ToArray();
        return new(1, [steps, [.. steps.Select(f => 1 / f)]], [1 / MostFactor, MostFactor], IsLogarithmic: true);
    }

    private static Grid Shares() =>
        new(
            0,
            [
                [.. Enumerable.Range(0, ShareSteps + 1).Select(k => (double)k / ShareSteps)],
            ],
            [0, 1],
            IsLogarithmic: false
        );

    /// <param name="Ways">Each begins at <paramref name="Current"/>.</param>
    private sealed record Grid(
        double Current,
        IReadOnlyList<IReadOnlyList<double>> Ways,
        IReadOnlyList<double> Range,
        bool IsLogarithmic
    )
    {
        public double Between(double a, double b) => IsLogarithmic ? Math.Sqrt(a * b) : (a + b) / 2;
    }

    private static ChangeThreshold Search(
        Case subject,
        IReadOnlyList<Side> sides,
        string parameter,
        string unit,
        Grid grid,
        Func<InstanceScore, double, InstanceScore> change
    )
    {
        var isAdopted = subject.Statistics == VerdictOutcome.Adopt;
        for (var step = 1; step < grid.Ways[0].Count; step++)
            foreach (var way in grid.Ways)
                if (Adopts(way[step]) != isAdopted)
                    return Found(Narrow(way[step - 1], way[step]));
        return new(
            parameter,
            unit,
            grid.Current,
            null,
            grid.Range,
            subject.Statistics,
            $"None in range: no change of {parameter} alone from {Text(grid.Range[0])} to {Text(grid.Range[1])} makes the statistics {(isAdopted ? "say anything but adopt" : "say adopt")}.{(sides.Any(x => x.Duel.Tests.Any(t => t.IsWithheld)) ? " Dimensions are withheld, and stay open whatever changes." : "")}"
        );

        bool Adopts(double value) => sides.All(s => Judged(s, value) == VerdictOutcome.Adopt);

        VerdictOutcome Judged(Side side, double value) =>
            subject
                .Judge([.. side.Pairs.Select(p => p with { Candidate = change(p.Candidate, value) })], side.Duel)
                .Outcome;

        double Narrow(double same, double other)
        {
            for (var k = 0; k < Halvings; k++)
            {
                var middle = grid.Between(same, other);
                if (Adopts(middle) == isAdopted)
                    same = middle;
                else
                    other = middle;
            }
            // The side where the outcome is another one: what is reported is enough.
            return other;
        }

        ChangeThreshold Found(double value)
        {
            var outcome = sides.Min(s => Judged(s, value));
            return new(
                parameter,
                unit,
                grid.Current,
                value,
                grid.Range,
                outcome,
                $"At {Text(value)} instead of {Text(grid.Current)} ({unit}) the statistics say {JsonNames.Of(outcome)} instead of {JsonNames.Of(subject.Statistics)}; the gates stay as they are."
            );
        }
    }

    private static InstanceScore WithFewerMisses(InstanceScore score, double share)
    {
        if (share == 0 || score.Runs == score.Hits)
            return score;
        var hits = score.Hits + share * (score.Runs - score.Hits);
        return score with
        {
            ExpectedTime = score.MeanSeconds * score.Runs / hits,
            ExpectedCost = score.MeanSpent * score.Runs / hits,
            // Rounded up: it only says that somebody hit, so that the instance is one that tells something.
            Hits = (int)Math.Ceiling(hits),
        };
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
