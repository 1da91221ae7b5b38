using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

/// <summary>Vector kernels of the engine against the scalar ones that specify them, at both widths and precisions.</summary>
public unsafe class BlockKernelTests
{
    private static readonly Gen<(int Bits, int First, int End, double Tan)> Ranges =
        from bits in Gen.Int[6, 14]
        from first in Gen.Int[0, bits]
        from end in Gen.Int[0, bits]
        from tan in Gen.Double[-1, 1]
        // A range begins with all bits of a lane or with none.
        select (bits, first < 4 ? 0 : first, Math.Max(end, 4), tan);

    [Fact]
    public void Rotations_agree_with_their_scalar_specification() =>
        Ranges.Sample(
            r =>
            {
                Rotation<Lanes512<double>, double, Vector512<double>>(r, 1e-13);
                Rotation<Lanes256<double>, double, Vector256<double>>(r, 1e-13);
                Rotation<SingleLane<double>, double, double>(r, 1e-13);
                Rotation<Lanes512<float>, float, Vector512<float>>(r, 1e-4);
                Rotation<Lanes256<float>, float, Vector256<float>>(r, 1e-4);
            },
            iter: 100
        );

    [Fact]
    public void Slopes_and_rotations_of_both_states_agree_with_their_scalar_specifications() =>
        Ranges.Sample(
            r =>
            {
                Slope<Lanes512<double>, double, Vector512<double>>(r, 1e-13);
                Slope<Lanes256<double>, double, Vector256<double>>(r, 1e-13);
                Slope<SingleLane<double>, double, double>(r, 1e-13);
                Slope<Lanes512<float>, float, Vector512<float>>(r, 1e-5);
                Slope<Lanes256<float>, float, Vector256<float>>(r, 1e-5);
            },
            iter: 100
        );

    [Fact]
    public void Sines_and_cosines_agree_with_the_librarys() =>
        Gen.Int[1, 40]
            .Select(Gen.Double[-1, 1], Gen.Int[-3, 12])
            .Sample(
                (length, scale, exponent) =>
                {
                    using var angles = Values<double>(length, length);
                    using var results = new NativeArray<double>(4L * length);
                    var factor = scale * Math.Pow(10, exponent);
                    var x = results.First;
                    VectorSinCos.FillScalar(angles.First, factor, x, x + length, length);
                    VectorSinCos.Fill(angles.First, factor, x + 2 * length, x + 3 * length, length);
                    for (var i = 0; i < 2 * length; i++)
                        x[i + 2 * length].Should().BeApproximately(x[i], 3e-16);
                },
                iter: 1000
            );

    private static void Rotation<TLanes, T, TVector>((int Bits, int First, int End, double Tan) r, double tolerance)
        where TLanes : ILanes<T, TVector>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
    {
        using var expected = Values<T>(1 << r.Bits, 1);
        using var actual = Values<T>(1 << r.Bits, 1);
        var tan = T.CreateTruncating(r.Tan);
        MixerSweep<TLanes, T, TVector>.RotateScalar(expected.First, r.Bits, r.First, r.End, tan);
        MixerSweep<TLanes, T, TVector>.Rotate(actual.First, r.Bits, r.First, r.End, tan);
        for (var z = 0; z < 1 << r.Bits; z++)
            double.CreateTruncating(T.Abs(actual.First[z] - expected.First[z]))
                .Should()
                .BeLessThan(tolerance * (1 << (r.Bits / 2)), $"{r}");
    }

    private static void Slope<TLanes, T, TVector>((int Bits, int First, int End, double Tan) r, double tolerance)
        where TLanes : ILanes<T, TVector>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
    {
        var length = 1 << r.Bits;
        using var bra = Values<T>(length, 1);
        using var ket = Values<T>(length, 2);
        using var expectedBra = Values<T>(length, 1);
        using var expectedKet = Values<T>(length, 2);
        var tan = T.CreateTruncating(r.Tan);
        var expected = AdjointSweep<TLanes, T, TVector>.SlopeScalar(bra.First, ket.First, r.Bits, r.First, r.End);
        MixerSweep<TLanes, T, TVector>.RotateScalar(expectedBra.First, r.Bits, r.First, r.End, tan);
        MixerSweep<TLanes, T, TVector>.RotateScalar(expectedKet.First, r.Bits, r.First, r.End, tan);

        AdjointSweep<TLanes, T, TVector>
            .SlopeAndRotate(bra.First, ket.First, r.Bits, r.First, r.End, tan)
            .Should()
            .BeApproximately(expected, tolerance * length, $"{r}");

        for (var z = 0; z < length; z++)
        {
            Difference(bra.First[z], expectedBra.First[z]).Should().BeLessThan(tolerance * length, $"{r}");
            Difference(ket.First[z], expectedKet.First[z]).Should().BeLessThan(tolerance * length, $"{r}");
        }

        static double Difference(T a, T b) => double.CreateTruncating(T.Abs(a - b));
    }

    private static NativeArray<T> Values<T>(int length, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "values");
        var values = new NativeArray<T>(length);
        for (var i = 0; i < length; i++)
            values.First[i] = T.CreateTruncating(2 * random.NextDouble() - 1);
        return values;
    }
}
