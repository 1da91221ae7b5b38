using QuantumAiWorkflows.Benchmarks;

namespace QuantumAiWorkflows.Calibration;

/// <summary>False and true adoptions in simulated suites. Every table has two numbers a cell: from records, from scores.</summary>
/// <param name="suites">A cell.</param>
internal sealed class JudgeExperiment(int suites)
{
    private static readonly (int Instances, int Seeds)[] Sizes =
    [
        (5, 5),
        (5, 10),
        (10, 5),
        (10, 10),
        (20, 5),
        (20, 10),
    ];

    private static readonly (int Instances, int Seeds)[] Designs =
    [
        (8, 10),
        (10, 10),
        (10, 20),
        (20, 5),
        (20, 10),
        (30, 10),
    ];

    private readonly List<string> _missed = [];

    /// <summary>What fell short of the required rates; empty when nothing did.</summary>
    public IReadOnlyList<string> Missed => _missed;

    public void Run()
    {
        EqualSolvers();
        OtherNulls();
        foreach (var world in new[] { World.Smooth, World.Heavy })
            Power(world);
        SeveralBaselines();
        SeveralCandidates();
    }

    private void EqualSolvers()
    {
        Table.Heading($"The same solver twice: % of {suites} suites, from records (from scores)");
        var rows = new List<string[]>();
        foreach (var world in World.All)
        foreach (var (n, seeds) in Sizes)
            Add(Planted.EqualSolvers(world, n, seeds));
        foreach (var world in new[] { World.Smooth, World.Censored })
            Add(Planted.EqualSolvers(world, 10, 10) with { Mode = CostMode.Budget });
        Table.Write(["setting", "instances", "seeds", "any win", "adopt", "keepClassical"], rows);

        void Add(Cell cell)
        {
            var (scores, records) = cell.Judge(suites);
            rows.Add([
                cell.World.Name + (cell.Mode == CostMode.Budget ? ", mode budget" : ""),
                $"{cell.Instances}",
                $"{cell.Seeds}",
                Both(records.AnyWin, scores.AnyWin),
                Both(records.Adopted, scores.Adopted),
                Both(records.Kept, scores.Kept),
            ]);
            Require(cell, records.Adopted <= 5 && scores.Adopted <= 5, records, scores);
        }
    }

    private void OtherNulls()
    {
        Table.Heading($"Nothing to adopt for other reasons: % adopt of {suites} suites, from records (from scores)");
        Table.Write(["truth", "n = 10, S = 10", "n = 20, S = 10"], Planted.Nulls.Select(Row));

        string[] Row(Plant plant) =>
            [
                plant.Name,
                .. new[] { 10, 20 }.Select(instances =>
                {
                    var (scores, records) = Planted.Of(plant, World.Smooth, instances, 10).Judge(suites);
                    return plant.IsOfScores
                        ? $"- ({Table.Number(scores.Adopted)})"
                        : Both(records.Adopted, scores.Adopted);
                }),
            ];
    }

    private void Power(World world)
    {
        Table.Heading(
            $"True advantages, setting {world.Name}: % adopt of {suites} suites (20 x 10; a quarter elsewhere), from records (from scores)"
        );
        var rows = new List<string[]>();
        foreach (var plant in Planted.Advantages)
        {
            var row = new List<string> { plant.Name };
            foreach (var (n, seeds) in Designs)
            {
                var cell = Planted.Of(plant, world, n, seeds);
                var isRequired = (n, seeds) == (20, 10);
                var (scores, records) = cell.Judge(isRequired ? suites : Math.Max(1, suites / 4));
                row.Add(Both(records.Adopted, scores.Adopted));
                if (isRequired && world == World.Smooth && plant.AtLeast is { } least)
                    Require(cell, records.Adopted >= least && scores.Adopted >= least, records, scores);
            }
            rows.Add([.. row]);
        }
        Table.Write(["planted", .. Designs.Select(d => $"n = {d.Instances}, S = {d.Seeds}")], rows);
    }

    private void SeveralBaselines()
    {
        Table.Heading($"Three baselines: % adopt of {suites} suites of 10 x 10, from records (from scores)");
        Table.Write(
            ["world", "adopt"],
            Planted.Worlds.Select(w =>
            {
                var (scores, records) = Planted.Of(w, World.Smooth, 10, 10).Judge(suites);
                return new[] { w.Name, Both(records.Adopted, scores.Adopted) };
            })
        );
    }

    private void SeveralCandidates()
    {
        Table.Heading(
            $"Several candidates, all equal to the baseline: % of {suites} suites of 10 x 10 in which one is adopted, from records (from scores)"
        );
        Table.Write(
            ["candidates", "adopt"],
            new[] { 1, 4, 8 }.Select(c =>
            {
                var (scores, records) = Planted.Candidates(c).Judge(suites);
                return new[] { $"{c}", Both(records.Adopted, scores.Adopted) };
            })
        );
    }

    private static string Both(double records, double scores) => $"{Table.Number(records)} ({Table.Number(scores)})";

    private void Require(Cell cell, bool holds, Tally records, Tally scores)
    {
        if (!holds)
            _missed.Add(
                $"{cell.Name}, {cell.World.Name}, {cell.Instances} x {cell.Seeds}: adopt {Both(records.Adopted, scores.Adopted)} %"
            );
    }
}
