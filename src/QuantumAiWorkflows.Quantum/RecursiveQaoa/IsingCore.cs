using System.Numerics;
using QuantumAiWorkflows.Quantum.ClosedForm;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// The exact end of the recursion: all 2^n assignments in Gray code order, one spin changing at a time (Gray, US patent
/// 2632058, 1953). O(2^n·n); half of them where no field tells an assignment from its opposite.
/// </summary>
internal static class IsingCore
{
    /// <summary>
    /// Steps between two looks at the clock: about a millisecond, within which a core of the default size ends. Fields are
    /// then computed afresh, so that rounding does not add up.
    /// </summary>
    private const int PollPeriod = 1 << 16;

    /// <returns>Spins of the lowest energy seen, the first of equal ones; of the optimum unless it was interrupted.</returns>
    public static sbyte[] Minimum(IsingGraph graph, Func<bool> isOver)
    {
        var n = graph.Count;
        var couplings = new double[n * n];
        for (var i = 0; i < n; i++)
        for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
            couplings[i * n + graph.Column[e]] = graph.Weight[e];
        var spins = new sbyte[n];
        spins.AsSpan().Fill(1);
        var best = (sbyte[])spins.Clone();
        var fields = new double[n];
        Refresh(graph, couplings, spins, fields);

        // Energies relative to the first assignment's.
        var (energy, lowest) = (0.0, 0.0);
        var free = n > 0 && Array.TrueForAll(graph.Fields, f => f == 0) ? n - 1 : n;
        for (var step = 1L; step < 1L << free; step++)
        {
            var flipped = BitOperations.TrailingZeroCount(step);
            var change = -2 * spins[flipped];
            energy += change * fields[flipped];
            spins[flipped] = (sbyte)-spins[flipped];
            var row = couplings.AsSpan(flipped * n, n);
            for (var k = 0; k < n; k++)
                fields[k] += change * row[k];
            if (energy < lowest)
            {
                lowest = energy;
                spins.CopyTo(best, 0);
            }
            if (step % PollPeriod != 0)
                continue;
            if (isOver())
                break;
            Refresh(graph, couplings, spins, fields);
        }
        return best;
    }

    private static void Refresh(IsingGraph graph, double[] couplings, sbyte[] spins, double[] fields)
    {
        var n = spins.Length;
        for (var i = 0; i < n; i++)
        {
            fields[i] = graph.Fields[i];
            for (var k = 0; k < n; k++)
                fields[i] += couplings[i * n + k] * spins[k];
        }
    }
}
