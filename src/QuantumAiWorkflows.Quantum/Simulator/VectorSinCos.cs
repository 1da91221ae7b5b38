using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Sine and cosine of many angles, to 2 units of the last place of 1. The library's own vector functions are compiled twice in
/// a process's life, and the second code rounds otherwise than the first: a run would not replay bit for bit.
/// </summary>
internal static unsafe class VectorSinCos
{
    /// <summary>π/2 as a sum of three doubles.</summary>
    private const double QuarterTurn = 1.5707963267948966;
    private const double QuarterTurn2 = 6.123233995736766e-17;
    private const double QuarterTurn3 = -1.4973849048591833e-33;

    /// <summary>Up to here k·π/2 in three parts leaves an error far below the last place.</summary>
    private const double MostAngle = 1e8;

    /// <summary>cos and sin of factor·angles; all spans have one length.</summary>
    public static void Fill(ReadOnlySpan<double> angles, double factor, Span<double> cos, Span<double> sin)
    {
        fixed (
            double* a = angles,
                c = cos,
                s = sin
        )
            Fill(a, factor, c, s, angles.Length);
    }

    /// <summary>cos and sin of factor·angles, all of the shape [length].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(double* angles, double factor, double* cos, double* sin, int length)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
            for (; i + Vector256<double>.Count <= length; i += Vector256<double>.Count)
            {
                var angle = Vector256.Load(angles + i) * factor;
                if (!Vector256.LessThanAll(Vector256.Abs(angle), Vector256.Create(MostAngle)))
                    FillScalar(angles + i, factor, cos + i, sin + i, Vector256<double>.Count);
                else
                    Evaluate(angle, cos + i, sin + i);
            }
        FillScalar(angles + i, factor, cos + i, sin + i, length - i);
    }

    /// <summary>The specification of <see cref="Fill(double*, double, double*, double*, int)"/>.</summary>
    public static void FillScalar(double* angles, double factor, double* cos, double* sin, int length)
    {
        for (var i = 0; i < length; i++)
            (sin[i], cos[i]) = Math.SinCos(angles[i] * factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate(Vector256<double> angle, double* cos, double* sin)
    {
        var turns = Vector256.Round(angle * (1 / QuarterTurn));
        var x = MultiplyAdd(turns, -QuarterTurn, angle);
        x = MultiplyAdd(turns, -QuarterTurn2, x);
        x = MultiplyAdd(turns, -QuarterTurn3, x);
        // Taylor series: |x| <= π/4, where the first term left out is below 2^-58.
        var y = x * x;
        var s = Vector256.Create(1.0 / 355687428096000);
        s = MultiplyAdd(s, y, -1.0 / 1307674368000);
        s = MultiplyAdd(s, y, 1.0 / 6227020800);
        s = MultiplyAdd(s, y, -1.0 / 39916800);
        s = MultiplyAdd(s, y, 1.0 / 362880);
        s = MultiplyAdd(s, y, -1.0 / 5040);
        s = MultiplyAdd(s, y, 1.0 / 120);
        s = MultiplyAdd(s, y, -1.0 / 6);
        s = Vector256.MultiplyAddEstimate(s * y, x, x);
        var c = Vector256.Create(1.0 / 20922789888000);
        c = MultiplyAdd(c, y, -1.0 / 87178291200);
        c = MultiplyAdd(c, y, 1.0 / 479001600);
        c = MultiplyAdd(c, y, -1.0 / 3628800);
        c = MultiplyAdd(c, y, 1.0 / 40320);
        c = MultiplyAdd(c, y, -1.0 / 720);
        c = MultiplyAdd(c, y, 1.0 / 24);
        c = MultiplyAdd(c, y, -0.5);
        c = MultiplyAdd(c, y, 1.0);
        // A quarter turn is (cos, sin) → (-sin, cos); a half turn changes both signs. Quarters are counted modulo 4.
        var quarters = turns - 4 * Vector256.Floor(turns * 0.25);
        var isOdd =
            Vector256.Equals(quarters, Vector256.Create(1.0)) | Vector256.Equals(quarters, Vector256.Create(3.0));
        var isSinNegative = Vector256.GreaterThan(quarters, Vector256.Create(1.5));
        var isCosNegative =
            Vector256.Equals(quarters, Vector256.Create(1.0)) | Vector256.Equals(quarters, Vector256.Create(2.0));
        var sine = Vector256.ConditionalSelect(isOdd, c, s);
        var cosine = Vector256.ConditionalSelect(isOdd, s, c);
        Vector256.ConditionalSelect(isSinNegative, -sine, sine).Store(sin);
        Vector256.ConditionalSelect(isCosNegative, -cosine, cosine).Store(cos);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> MultiplyAdd(Vector256<double> a, double b, Vector256<double> c) =>
        Vector256.MultiplyAddEstimate(a, Vector256.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, double c) =>
        Vector256.MultiplyAddEstimate(a, b, Vector256.Create(c));
}
