using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.ClosedForm;

/// <summary>Sines and cosines of many angles.</summary>
internal static class Trigonometry
{
    /// <summary>Of factor·values[k]. All spans have one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SinCos(ReadOnlySpan<double> values, double factor, Span<double> sin, Span<double> cos)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        var by = Vector256.Create(factor);
        var k = 0;
        for (; k <= values.Length - Vector256<double>.Count; k += Vector256<double>.Count)
        {
            var (s, c) = Vector256.SinCos(by * Vector256.LoadUnsafe(ref from, (nuint)k));
            s.CopyTo(sin[k..]);
            c.CopyTo(cos[k..]);
        }
        for (; k < values.Length; k++)
            (sin[k], cos[k]) = Math.SinCos(factor * values[k]);
    }
}
