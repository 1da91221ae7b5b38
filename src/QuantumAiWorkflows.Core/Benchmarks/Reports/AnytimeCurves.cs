using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// How good the answers are by when: the mean over instances of the mean over seeds, on a grid that all entrants share.
/// The grid, not the incumbents, sets the size, so a report of many runs with long traces stays small.
/// </summary>
public static class AnytimeCurves
{
    public const int MaxPoints = 60;

    public static IReadOnlyList<AnytimeCurve> Of(Results results)
    {
        var grid = Grid(results);
        return [.. results.Benchmark.Entrants.Select(e => new AnytimeCurve(e.Name, Points(results, e, grid)))];
    }

    /// <summary>From 1 ms, the floor of all times, to the longest run of anybody, in equal factors; empty without runs.</summary>
    private static double[] Grid(Results results)
    {
        var spent = results.Cells.SelectMany(c => c.Runs).Select(results.Clock.Spent).ToArray();
        if (spent.Length == 0)
            return [];
        const double first = ChargedCost.ShortestSeconds;
        var last = spent.Max();
        if (last <= first)
            return [first];
        var factor = Math.Pow(last / first, 1.0 / (MaxPoints - 1));
        // The last one exactly: an answer that comes with the end of the longest run is on the curve.
        return [.. Enumerable.Range(0, MaxPoints - 1).Select(k => first * Math.Pow(factor, k)), last];
    }

    private static AnytimePoint[] Points(Results results, Entrant entrant, double[] grid)
    {
        var cells = results.Benchmark.Instances.Select(i => results[i, entrant]).ToArray();
        double?[][][] gaps = [.. cells.Select(c => c.Runs.Select(r => GapsAt(c.IncumbentsOf(r), grid)).ToArray())];
        var runs = gaps.Sum(g => g.Length);
        return [.. grid.Select((seconds, k) => Point(seconds, k))];

        AnytimePoint Point(double seconds, int k)
        {
            double[][] known =
            [
                .. gaps.Select(g => g.Select(r => r[k]).OfType<double>().ToArray()).Where(g => g.Length > 0),
            ];
            return new(
                seconds,
                known.Length == 0 ? null : ExactSum.Mean([.. known.Select(ExactSum.Mean)]),
                runs == 0 ? 0 : (double)known.Sum(g => g.Length) / runs
            );
        }
    }

    /// <summary>Of the incumbent at each time of the grid; null before the first.</summary>
    private static double?[] GapsAt(IReadOnlyList<Incumbent> incumbents, double[] grid)
    {
        var gaps = new double?[grid.Length];
        var next = 0;
        double? gap = null;
        for (var k = 0; k < grid.Length; k++)
        {
            while (next < incumbents.Count && incumbents[next].Seconds <= grid[k])
                gap = incumbents[next++].GapPercent;
            gaps[k] = gap;
        }
        return gaps;
    }
}
