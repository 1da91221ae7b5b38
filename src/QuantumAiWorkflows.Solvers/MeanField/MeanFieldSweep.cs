using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.MeanField;

/// <summary>
/// One pass over variables in order, in <see cref="SpinLanes.Lanes"/> states at once: each mean moves towards
/// m[i] = -tanh((h[i] + Σ J[i, j]·m[j] + noise) / T), which sees the means already changed. Without noise and damping this is
/// coordinate descent of the free energy, so it never rises and the fixed points are its stationary points.
/// </summary>
/// <param name="Inverse">1/T, in the unit of <see cref="SpinLanes"/>.</param>
/// <param name="Noise">Half the width of the uniform noise on a field.</param>
/// <param name="Damping">Share of a mean that is replaced.</param>
internal readonly record struct MeanFieldSweep(float Inverse, float Noise, float Damping)
{
    /// <summary>tanh is 1 in single precision from here on.</summary>
    private const float Saturated = 10;

    /// <param name="temperature">In the unit of <see cref="SpinLanes"/>.</param>
    /// <param name="deviation">Standard deviation of the noise.</param>
    /// <param name="damping">See <see cref="MeanFieldOptions.Damping"/>.</param>
    public static MeanFieldSweep Of(double temperature, double deviation, double damping) =>
        new((float)(1 / temperature), (float)(Math.Sqrt(3) * deviation), (float)damping);

    /// <summary>Variables <paramref name="from"/> to <paramref name="end"/>; <paramref name="means"/> has shape [n, Lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(SpinLanes lanes, Span<float> means, int from, int end, ref RandomLanes random)
    {
        ref var m = ref MemoryMarshal.GetReference(means);
        var (inverse, noise, damping) = (
            Vector256.Create(-Inverse),
            Vector256.Create(Noise),
            Vector256.Create(Damping)
        );
        var drawn = random;
        for (var i = from; i < end; i++)
        {
            var (low, high) = lanes.Field(i, ref m);
            if (Noise > 0)
            {
                low = Vector256.FusedMultiplyAdd(noise, drawn.NextUniform(), low);
                high = Vector256.FusedMultiplyAdd(noise, drawn.NextUniform(), high);
            }
            ref var own = ref Unsafe.Add(ref m, i * (nint)SpinLanes.Lanes);
            Damped(Vector256.LoadUnsafe(ref own), Tanh(inverse * low), damping).StoreUnsafe(ref own);
            Damped(Vector256.LoadUnsafe(ref own, 8), Tanh(inverse * high), damping).StoreUnsafe(ref own, 8);
        }
        random = drawn;
    }

    /// <summary>What <see cref="Run"/> does without noise, one mean at a time: its specification.</summary>
    public void RunScalar(SpinLanes lanes, Span<float> means)
    {
        for (var i = 0; i < lanes.Count; i++)
        for (var lane = 0; lane < SpinLanes.Lanes; lane++)
        {
            ref var mean = ref means[i * SpinLanes.Lanes + lane];
            var wanted = Math.Tanh(-Inverse * lanes.FieldScalar(i, means, lane));
            mean = (float)(mean + Damping * (wanted - mean));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Damped(Vector256<float> mean, Vector256<float> wanted, Vector256<float> damping) =>
        Vector256.FusedMultiplyAdd(damping, wanted - mean, mean);

    /// <summary>1 - 2 / (exp(2z) + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Tanh(Vector256<float> z)
    {
        var limit = Vector256.Create(Saturated);
        var bounded = Vector256.MaxNative(-limit, Vector256.MinNative(limit, z));
        return Vector256<float>.One - Vector256.Create(2f) / (Vector256.Exp(bounded + bounded) + Vector256<float>.One);
    }
}
