using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// The optimum of a component by dynamic programming over a tree decomposition: at a variable's turn everything that it occurs in
/// is added up to a table over its neighbours, once with the variable at 0 and once at 1; the lesser is a table of a
/// later turn, and which one it was is kept for the way back. O(2^width) a variable, in whole numbers, so exact.
/// </summary>
/// <remarks>
/// R. Dechter, Bucket elimination: a unifying framework for reasoning, Artificial Intelligence 113, 1999; for quadratic
/// 0-1 functions Y. Crama, P. Hansen, B. Jaumard, The basic algorithm for pseudo-Boolean programming revisited, Discrete
/// Applied Mathematics 29, 1990.
/// </remarks>
internal static class BucketElimination
{
    /// <summary>A function of some variables: bit k of a cell's number is the value of the k-th of them.</summary>
    private readonly record struct Function(int[] Scope, long[] Cells);

    /// <summary>An optimal value of each variable of the order, in that order; null when it was stopped.</summary>
    public static bool[]? Solve(WorkingQubo qubo, EliminationOrder order, Func<bool> shouldStop)
    {
        var waiting = new List<Function>?[order.Variables.Length];
        var choices = new ulong[order.Variables.Length][];
        for (var k = 0; k < order.Variables.Length; k++)
        {
            if (shouldStop())
                return null;
            var around = order.Neighbours[k];
            var (zero, one) = (new long[1 << around.Length], new long[1 << around.Length]);
            FillField(qubo, order, k, one);
            foreach (var function in waiting[k] ?? [])
                AddHalves(function.Cells, Steps(function.Scope, around), zero, one);
            waiting[k] = null;
            choices[k] = new ulong[(zero.Length + 63) / 64];
            TakeLesser(zero, one, choices[k]);
            if (around is [var first, ..])
                (waiting[order.Position[first]] ??= []).Add(new(around, zero));
        }
        return Trace(order, choices);
    }

    /// <summary>What setting the variable of turn k to 1 adds, for all values of those around it.</summary>
    private static void FillField(WorkingQubo qubo, EliminationOrder order, int k, long[] one)
    {
        var (i, around) = (order.Variables[k], order.Neighbours[k]);
        var weights = new long[around.Length];
        for (var half = qubo.First(i); half >= 0; half = qubo.Next(half))
            // An interaction belongs to the turn of its earlier end.
            if (order.Position[qubo.End(half)] > k)
                weights[Array.IndexOf(around, qubo.End(half))] = qubo.Weight(half);
        one[0] = qubo.Linear[i];
        for (var bit = 0; bit < weights.Length; bit++)
        for (var cell = 0; cell < 1 << bit; cell++)
            one[cell + (1 << bit)] = one[cell] + weights[bit];
    }

    /// <summary>
    /// How far the number of a function's cell moves when the number over <paramref name="around"/> goes up by one and
    /// its lowest 0, which becomes 1, is bit k: that bit's place, less those of the bits below, which become 0. The function's
    /// first variable is the one whose turn it is, and its cells lie in pairs.
    /// </summary>
    private static int[] Steps(int[] scope, int[] around)
    {
        var steps = new int[around.Length + 1];
        var below = 0;
        for (var (k, at) = (0, 1); k < around.Length; k++)
        {
            var isInScope = at < scope.Length && scope[at] == around[k];
            var place = isInScope ? 1 << at++ : 0;
            steps[k] = place - below;
            below += place;
        }
        return steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddHalves(long[] cells, int[] steps, long[] zero, long[] one)
    {
        var at = 0;
        for (var cell = 0; cell < zero.Length; cell++)
        {
            zero[cell] += cells[at];
            one[cell] += cells[at + 1];
            at += steps[BitOperations.TrailingZeroCount(~cell)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeLesser(long[] zero, long[] one, ulong[] choices)
    {
        for (var cell = 0; cell < zero.Length; cell++)
            if (one[cell] < zero[cell])
            {
                zero[cell] = one[cell];
                choices[cell >> 6] |= 1UL << (cell & 63);
            }
    }

    private static bool[] Trace(EliminationOrder order, ulong[][] choices)
    {
        var values = new bool[order.Variables.Length];
        for (var k = values.Length - 1; k >= 0; k--)
        {
            var cell = 0;
            for (var bit = 0; bit < order.Neighbours[k].Length; bit++)
                if (values[order.Position[order.Neighbours[k][bit]]])
                    cell |= 1 << bit;
            values[k] = (choices[k][cell >> 6] >> (cell & 63) & 1) != 0;
        }
        return values;
    }
}
