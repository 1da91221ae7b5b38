using System.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>A 2×2 complex matrix: what a gate does to one qubit. Rows and columns in the order |0⟩, |1⟩.</summary>
internal readonly record struct Unitary2(Complex M00, Complex M01, Complex M10, Complex M11)
{
    private static readonly double Half = Math.Sqrt(0.5);

    public static Unitary2 Identity { get; } = new(1, 0, 0, 1);

    public static Unitary2 X { get; } = new(0, 1, 1, 0);

    public static Unitary2 H { get; } = new(Half, Half, Half, -Half);

    /// <summary>exp(-i·angle·X/2).</summary>
    public static Unitary2 Rx(double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        return new(cos, new(0, -sin), new(0, -sin), cos);
    }

    /// <summary>exp(-i·angle·Y/2), a real matrix.</summary>
    public static Unitary2 Ry(double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        return new(cos, -sin, sin, cos);
    }

    /// <summary>exp(-i·angle·Z/2).</summary>
    public static Unitary2 Rz(double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        return new(new(cos, -sin), 0, 0, new(cos, sin));
    }

    /// <summary>True for <see cref="Rx"/> at any angle, and no other gate.</summary>
    public bool IsXRotation => M00 == M11 && M01 == M10 && M00.Imaginary == 0 && M01.Real == 0;

    public Unitary2 Adjoint =>
        new(Complex.Conjugate(M00), Complex.Conjugate(M10), Complex.Conjugate(M01), Complex.Conjugate(M11));

    /// <summary>First <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Unitary2 operator *(Unitary2 a, Unitary2 b) =>
        new(
            a.M00 * b.M00 + a.M01 * b.M10,
            a.M00 * b.M01 + a.M01 * b.M11,
            a.M10 * b.M00 + a.M11 * b.M10,
            a.M10 * b.M01 + a.M11 * b.M11
        );

    /// <summary>Σ over rows and columns of M·w, for weights of the same shape.</summary>
    public Complex Dot(Unitary2 w) => M00 * w.M00 + M01 * w.M01 + M10 * w.M10 + M11 * w.M11;
}
