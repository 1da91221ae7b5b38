using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// A fixed kernel whose time tells how fast the machine is at the moment: read before every block of a benchmark, which
/// takes about 50 ms, it shows a machine that throttles or drifts, and times of two benchmarks are divided by it.
/// Arithmetic that depends on itself, and reads all over a megabyte, as solvers do.
/// </summary>
/// <remarks>
/// The fastest of many short pieces, because it is compared with CPU times, and those hardly feel a neighbour: 1 to 3 %
/// with two of them on two cores. The median of five long pieces felt the same neighbours by 40 to 170 % on the wall clock
/// and by up to 66 % on the CPU clock; the fastest of these by up to 35 %. A piece of about 1 ms falls between two
/// interruptions, and the fastest then stays within 2 %. That a machine is busy shows in the CPU time of a run against
/// its wall time instead.
/// </remarks>
public static class Sentinel
{
    private const int Pieces = 40;

    /// <summary>Of the kernel, about 10 ms on a machine of 2024, which a piece is a tenth of.</summary>
    private const int Steps = 2_200_000;
    private const int PieceSteps = Steps / 10;
    private const int Words = 1 << 17;

    private static readonly ulong[] Table = Fill();

    /// <summary>Seconds of the kernel at the speed of its fastest piece. Blocks its thread for four kernels.</summary>
    public static double Measure()
    {
        var (fastest, result) = (TimeSpan.MaxValue, 0UL);
        for (var piece = 0; piece < Pieces; piece++)
        {
            var began = Stopwatch.GetTimestamp();
            result ^= Work();
            var elapsed = Stopwatch.GetElapsedTime(began);
            fastest = elapsed < fastest ? elapsed : fastest;
        }
        // Or the work could be optimized away.
        GC.KeepAlive(result);
        return fastest.TotalSeconds * Steps / PieceSteps;
    }

    /// <summary>One piece; gives the same number every time. Compiled in full at once: the first reading is no slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong Work()
    {
        var (state, sum) = (0x9E3779B97F4A7C15UL, 1.0);
        for (var step = 0; step < PieceSteps; step++)
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
