using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// A good answer in some hundredths of a second, for exact methods to start from: one-flip descents, the first from all
/// bits 0, then by turns from a random assignment and from the best one with an eighth of its bits flipped. Exact solvers
/// may need seconds for a first answer of a dense problem, and that one is poor.
/// </summary>
internal static class LocalOptimum
{
    /// <summary>Coefficients read in all, about; a descent reads each one twice or more.</summary>
    private const long Work = 2_000_000;

    private const int MostRounds = 500;

    public static sbyte[] Of(QuboProblem problem, SolveContext context)
    {
        var random = context.CreateRandom("start");
        var fields = LocalFields.Real(problem, memoryMegabytes: 0);
        var rounds = Math.Clamp(Work / (problem.NumVariables + 2 * problem.NumInteractions), 1, MostRounds);
        var best = new sbyte[problem.NumVariables];
        var bits = new sbyte[problem.NumVariables];
        Descend(fields, context);
        fields.CopyBits(best);
        var least = problem.Model.Energy(best);
        for (var round = 1; round < rounds && !context.ShouldStop(); round++)
        {
            if (round % 2 == 1)
                random.FillBits(bits);
            else
                Perturb(best, bits, random);
            fields.Reset(bits);
            Descend(fields, context);
            fields.CopyBits(bits);
            var energy = problem.Model.Energy(bits);
            if (energy < least)
            {
                least = energy;
                bits.CopyTo(best, 0);
            }
        }
        return best;
    }

    private static void Descend(LocalFields<double> fields, SolveContext context)
    {
        while (!context.ShouldStop() && MetropolisSweep.Descend(fields) > 0) { }
    }

    private static void Perturb(sbyte[] from, sbyte[] bits, Xoshiro256 random)
    {
        from.CopyTo(bits, 0);
        for (var k = 0; k <= bits.Length / 8; k++)
            bits[random.NextInt32(bits.Length)] ^= 1;
    }
}
