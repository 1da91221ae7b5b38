using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Calibration;

/// <summary>One cell of a table: a truth, and how large the suites are that look for it.</summary>
/// <param name="Name">Names the stream of random numbers: a cell comes out the same alone or among others.</param>
/// <param name="Entrants">Candidates first.</param>
public sealed record Cell(string Name, World World, IReadOnlyList<Traits> Entrants, int Instances, int Seeds)
{
    public CostMode Mode { get; init; } = CostMode.Target;

    public int Candidates { get; init; } = 1;

    /// <summary>Judges many suites on all cores, from scores and from records.</summary>
    public (Tally Scores, Tally Records) Judge(int suites)
    {
        var scores = new IReadOnlyList<Judged>[suites];
        var records = new IReadOnlyList<Judged>[suites];
        Parallel.For(
            0,
            suites,
            k =>
            {
                var drawn = Draw(k);
                scores[k] = Calibration.Judge.ByScores(drawn, Mode, Candidates);
                records[k] = Calibration.Judge.ByRecords(drawn, Mode, Candidates);
            }
        );
        return (new(scores), new(records));
    }

    private SimulatedSuite Draw(int suite) =>
        SimulatedSuite.Draw(
            Xoshiro256.FromSeed((ulong)suite, $"{Name}/{World.Name}/{Instances}/{Seeds}/{Mode}"),
            World,
            Entrants,
            Instances,
            Seeds
        );
}

/// <summary>How often what was decided.</summary>
/// <param name="Suites">By suite, then candidate.</param>
public sealed record Tally(IReadOnlyList<IReadOnlyList<Judged>> Suites)
{
    /// <summary>Percent of suites in which some candidate is adopted.</summary>
    public double Adopted => Percent(s => s.Any(j => j.Outcome == VerdictOutcome.Adopt));

    public double Kept => Percent(s => s.All(j => j.Outcome == VerdictOutcome.KeepClassical));

    public double AnyWin => Percent(s => s.Any(j => j.Wins.Count > 0));

    public double Won(string dimension) => Percent(s => s.Any(j => j.Wins.Contains(dimension)));

    private double Percent(Func<IReadOnlyList<Judged>, bool> of) => 100.0 * Suites.Count(of) / Suites.Count;
}
