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
    /// <param name="compilesPerProblem">
    /// Whether the solver of this id compiles something per problem that later runs reuse: such an entrant runs once
    /// first on every instance, outside the comparison.
    /// </param>
    public static BenchmarkPlan Of(Suite suite, Func<string, bool> compilesPerProblem)
    {
        // From the suite's hash: the order is settled with the suite, and nobody can draw again until it suits them.
        var seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(suite.Hash)));
        var runs = new List<PlannedRun>();
        for (var block = 0; block < suite.Instances.Count; block++)
        {
            var instance = suite.Instances[block].Name;
            foreach (var solver in suite.Solvers.Where(s => compilesPerProblem(s.Id)))
                runs.Add(new(block, instance, solver.Entrant, suite.Seeds[0], WarmUp: true));

            var cells = suite
                .Solvers.SelectMany(_ => suite.Seeds, (s, k) => new PlannedRun(block, instance, s.Entrant, k))
                .ToArray();
            Xoshiro256.FromSeed(seed, $"plan/{block}").Shuffle<PlannedRun>(cells);
            runs.AddRange(cells);
        }
        return new(runs);
    }
}

/// <param name="Block">Index of the instance; the machine is measured between blocks.</param>
/// <param name="Entrant">Unique name of the solver entry.</param>
/// <param name="WarmUp">First in its block and counted nowhere.</param>
public sealed record PlannedRun(int Block, string Instance, string Entrant, long Seed, bool WarmUp = false);
