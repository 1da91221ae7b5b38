using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// A fixed piece of work, about 50 ms on a machine of 2024, whose time tells how fast the machine is at the moment: timed
/// before every block of a benchmark, it shows a machine that throttles, drifts or is busy. Arithmetic that depends on
/// itself, and reads all over a megabyte, as solvers do: a slower clock and a crowded cache both show.
/// </summary>
public static class Sentinel
{
    /// <summary>The median of an odd number of pieces: one interruption does not make a slow machine.</summary>
    private const int Pieces = 5;

    private const int Words = 1 << 17;
    private const int Steps = 2_200_000;

    private static readonly ulong[] Table = Fill();

    /// <summary>Seconds of one piece, the median of five. Blocks its thread for all of them.</summary>
    public static double Measure() =>
        Descriptive.Median([
            .. Enumerable
                .Range(0, Pieces)
                .Select(_ =>
                {
                    var began = Stopwatch.GetTimestamp();
                    var result = Work();
                    var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                    // The result is used, so that the work cannot be optimized away.
                    return result == 0 ? double.Epsilon + seconds : seconds;
                }),
        ]);

    /// <summary>The work itself; gives the same number every time. Compiled in full at once: the first reading is no slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong Work()
    {
        var (state, sum) = (0x9E3779B97F4A7C15UL, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            state = BitOperations.RotateLeft(state, 23) * 0xD1342543DE82EF95UL + Table[state & (Words - 1)];
            sum = sum * 0.999999 + (state >> 12) * (1.0 / (1L << 52));
        }
        return state ^ BitConverter.DoubleToUInt64Bits(sum);
    }

    private static ulong[] Fill()
    {
        var table = new ulong[Words];
        var state = 1UL;
        for (var k = 0; k < Words; k++)
            table[k] = state = BitOperations.RotateLeft(state ^ (ulong)k, 17) * 0x9E3779B97F4A7C15UL;
        return table;
    }
}
