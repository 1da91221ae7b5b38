using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// One pass over all variables in order, flipping i with probability min(1, exp(-Δ/T)) (Metropolis et al., "Equation of
/// state calculations by fast computing machines", J. Chem. Phys. 21, 1953). Said the other way round: flip when
/// Δ ≤ T·E with E exponential. So eight thresholds are drawn at once, and where no Δ of eight is within reach of the
/// largest possible threshold, which is nearly everywhere on a cold sweep, nothing is drawn at all.
/// </summary>
internal static class MetropolisSweep
{
    /// <summary>A sweep at a temperature in units of the fields. Returns the number of flips.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run<T>(LocalFields<T> fields, double temperature, ref RandomLanes random)
        where T : unmanaged, INumber<T>
    {
        Span<T> limits = stackalloc T[LocalFields.Lanes];
        Span<T> thresholds = stackalloc T[LocalFields.Lanes];
        limits.Fill(T.CreateTruncating(Math.Min(RandomLanes.LargestExponential * temperature, Highest)));
        var lanes = random;
        var flips = 0;
        for (var block = 0; block < fields.Padded; block += LocalFields.Lanes)
        {
            if (AtMost(fields, block, limits) == 0)
                continue;
            Scale(lanes.NextExponential(), (float)temperature, thresholds);
            flips += FlipBlock(fields, block, thresholds);
        }
        random = lanes;
        return flips;
    }

    /// <summary>A pass that flips whatever strictly lowers the energy. Returns the number of flips; 0 at a local minimum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Descend<T>(LocalFields<T> fields)
        where T : unmanaged, INumber<T>
    {
        var flips = 0;
        for (var block = 0; block < fields.Padded; block += LocalFields.Lanes)
            flips += FlipBlock(fields, block, fields.Below.AsSpan(block, LocalFields.Lanes));
        return flips;
    }

    /// <summary>
    /// What <see cref="Run"/> does, one variable at a time, with the thresholds given [padded]: the specification.
    /// </summary>
    public static int RunScalar<T>(LocalFields<T> fields, ReadOnlySpan<T> thresholds)
        where T : unmanaged, INumber<T>
    {
        var flips = 0;
        for (var i = 0; i < fields.Padded; i++)
            if (fields.Delta(i) <= thresholds[i])
            {
                fields.Flip(i);
                flips++;
            }
        return flips;
    }

    /// <summary>Thresholds T·E in units of the fields; whole ones rounded down, which decides no comparison differently.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<T>(Vector256<float> exponentials, float temperature, Span<T> thresholds)
        where T : unmanaged, INumber<T>
    {
        var scaled = exponentials * temperature;
        if (typeof(T) == typeof(int))
        {
            var whole = Vector256.ConvertToInt32Native(Vector256.Min(scaled, Vector256.Create((float)Highest)));
            whole.CopyTo(MemoryMarshal.Cast<T, int>(thresholds));
        }
        else
        {
            var (low, high) = Vector256.Widen(scaled);
            var target = MemoryMarshal.Cast<T, double>(thresholds);
            low.CopyTo(target);
            high.CopyTo(target[4..]);
        }
    }

    /// <summary>Below <see cref="LocalFields{T}.Wall"/> and, as a float, below the largest int.</summary>
    private const double Highest = 1 << 29;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FlipBlock<T>(LocalFields<T> fields, int block, ReadOnlySpan<T> thresholds)
        where T : unmanaged, INumber<T>
    {
        var accepted = AtMost(fields, block, thresholds);
        if (accepted == 0)
            return 0;

        // The first flip may change any later one of the block. Loading the vectors again would stall on the scattered
        // stores just made, so the rest goes one by one.
        var flips = 0;
        for (var lane = BitOperations.TrailingZeroCount(accepted); lane < LocalFields.Lanes; lane++)
            if (fields.Delta(block + lane) <= thresholds[lane])
            {
                fields.Flip(block + lane);
                flips++;
            }
        return flips;
    }

    /// <summary>Bit k is set when flipping variable block + k changes the energy by at most limits[k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AtMost<T>(LocalFields<T> fields, int block, ReadOnlySpan<T> limits)
        where T : unmanaged, INumber<T>
    {
        ref var field = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(fields.Field), block);
        ref var sign = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(fields.Sign), block);
        ref var limit = ref MemoryMarshal.GetReference(limits);
        var mask = 0u;
        for (var at = 0; at < LocalFields.Lanes; at += Vector256<T>.Count)
        {
            var delta = Vector256.LoadUnsafe(ref field, (nuint)at) * Vector256.LoadUnsafe(ref sign, (nuint)at);
            var within = Vector256.LessThanOrEqual(delta, Vector256.LoadUnsafe(ref limit, (nuint)at));
            mask |= within.ExtractMostSignificantBits() << at;
        }
        return mask;
    }
}
