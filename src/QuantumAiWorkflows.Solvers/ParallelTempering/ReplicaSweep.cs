using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>
/// The sweep of <see cref="MetropolisSweep"/> on all replicas at once, each at its own temperature and with thresholds of its
/// own: replica r flips variable i when Δ ≤ floor(T[r]·E), E exponential.
/// </summary>
internal static class ReplicaSweep
{
    /// <summary>Updates the variables from <paramref name="first"/> to before <paramref name="end"/>, in order.</summary>
    /// <param name="temperatures">Of every lane, in units of the fields.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(
        ReplicaFields<T> fields,
        int first,
        int end,
        ReadOnlySpan<float> temperatures,
        ref RandomLanes random
    )
        where T : unmanaged, IBinaryInteger<T>
    {
        var lanes = random;
        Span<T> steps = stackalloc T[fields.Lanes];
        ref var step = ref MemoryMarshal.GetReference(steps);
        ref var temperature = ref MemoryMarshal.GetReference(temperatures);
        ref var field = ref MemoryMarshal.GetArrayDataReference(fields.Field);
        ref var mask = ref MemoryMarshal.GetArrayDataReference(fields.Mask);
        for (var i = first; i < end; i++)
        {
            ref var rowField = ref Unsafe.Add(ref field, (nint)(i * (long)fields.Lanes));
            ref var rowMask = ref Unsafe.Add(ref mask, (nint)(i * (long)fields.Lanes));
            var changed = Vector256<T>.Zero;
            for (nuint at = 0; at < (nuint)fields.Lanes; at += (nuint)Vector256<T>.Count)
            {
                var own = Vector256.LoadUnsafe(ref rowMask, at);
                var delta = (Vector256.LoadUnsafe(ref rowField, at) ^ own) - own;
                var flips = Vector256.LessThanOrEqual(delta, Thresholds<T>(ref temperature, at, ref lanes));
                // Where x was 0 its change is 1, where it was 1, which is a mask of -1, it is -1.
                (flips & (own | Vector256<T>.One)).StoreUnsafe(ref step, at);
                (own ^ flips).StoreUnsafe(ref rowMask, at);
                changed |= flips;
            }
            if (changed != Vector256<T>.Zero)
                fields.AddToNeighbours(i, ref step);
        }
        random = lanes;
    }

    /// <summary>What <see cref="Run"/> does, one replica at a time, with the thresholds given [n, lanes]: the specification.</summary>
    public static void RunScalar<T>(ReplicaFields<T> fields, ReadOnlySpan<T> thresholds)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < fields.Count; i++)
        for (var lane = 0; lane < fields.Lanes; lane++)
        {
            var (field, mask) = (fields.Field[i * fields.Lanes + lane], fields.Mask[i * fields.Lanes + lane]);
            if ((field ^ mask) - mask <= thresholds[i * fields.Lanes + lane])
                fields.Flip(i, lane);
        }
    }

    /// <summary>floor(T·E) of one vector of lanes, below half of the largest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Thresholds<T>(ref float temperature, nuint at, ref RandomLanes random)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) != typeof(short))
            return Eight(ref temperature, at, ref random, 1 << 29).As<int, T>();
        var low = Eight(ref temperature, at, ref random, ShortFields.HighestThreshold);
        return Vector256
            .Narrow(low, Eight(ref temperature, at + 8, ref random, ShortFields.HighestThreshold))
            .As<short, T>();

        static Vector256<int> Eight(ref float temperature, nuint at, ref RandomLanes random, float highest) =>
            Vector256.ConvertToInt32Native(
                Vector256.Min(
                    random.NextExponential() * Vector256.LoadUnsafe(ref temperature, at),
                    Vector256.Create(highest)
                )
            );
    }
}
