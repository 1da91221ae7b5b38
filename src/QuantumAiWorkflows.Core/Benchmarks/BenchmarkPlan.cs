using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// The order of a suite's runs. Instances are blocks, in the suite's order; inside a block (entrant, seed) cells stand in
/// random order, so that a machine that gets slower is no entrant's disadvantage: solver by solver, half of all
/// comparisons of equal solvers were decided by such a drift; like this, fewer than one in ten were (nominal).
/// </summary>
public sealed record BenchmarkPlan(IReadOnlyList<PlannedRun> Runs)
{
    /// <param name="entrants">The suite's solvers and those that the recorder added.</param>
    /// <param name="calibration">Runs before everything else; null for none.</param>
    /// <param name="compilesPerProblem">
    /// Whether an entrant compiles something per problem that later runs reuse: it then runs once first on every
    /// instance, outside the comparison.
    /// </param>
    public static BenchmarkPlan Of(
        Suite suite,
        IReadOnlyList<PlannedEntrant> entrants,
        CalibrationSet? calibration,
        Func<PlannedEntrant, bool> compilesPerProblem
    )
    {
        // From the suite's hash: the order is settled with the suite, and nobody can draw again until it suits them.
        var seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(suite.Hash)));
        var runs = new List<PlannedRun>();
        foreach (var instance in calibration?.Instances ?? [])
        {
            // References first, provers foremost: what is proved needs no other reference, and the rest is cancelled.
            foreach (var entrant in calibration!.Entrants.OrderBy(e => e.Role != CalibrationRole.Reference))
                for (var k = 1; k <= entrant.Seeds; k++)
                    runs.Add(new(-1, instance.Name, entrant.Name, k) { Calibration = entrant });
        }
        for (var block = 0; block < suite.Instances.Count; block++)
        {
            var instance = suite.Instances[block].Name;
            foreach (var entrant in entrants.Where(compilesPerProblem))
                runs.Add(new(block, instance, entrant.Solver.Entrant, suite.Seeds[0], WarmUp: true));

            var cells = entrants
                .SelectMany(_ => suite.Seeds, (e, k) => new PlannedRun(block, instance, e.Solver.Entrant, k))
                .ToArray();
            Xoshiro256.FromSeed(seed, $"plan/{block}").Shuffle<PlannedRun>(cells);
            runs.AddRange(cells);
        }
        return new(runs);
    }
}

/// <param name="Block">Index of the instance, -1 for calibration; the machine is measured between blocks.</param>
/// <param name="Entrant">Unique name of the entrant.</param>
/// <param name="WarmUp">First in its block and counted nowhere.</param>
public sealed record PlannedRun(int Block, string Instance, string Entrant, long Seed, bool WarmUp = false)
{
    /// <summary>The entrant of the calibration that this run is of; null for a run of the comparison.</summary>
    public CalibrationEntrant? Calibration { get; init; }
}
