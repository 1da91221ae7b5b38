using System.Numerics;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

/// <summary>Kernels of gates on one and two qubits, against their scalar specifications and against matrices.</summary>
public class GateKernelTests
{
    private static readonly Gen<double> Angle = Gen.Double[-7, 7];

    private static double[] Values(int qubits, string stream)
    {
        var random = Xoshiro256.FromSeed(5, stream);
        return [.. Enumerable.Range(0, 1 << qubits).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static Unitary2 SomeGate(double a, double b, double c) => Unitary2.Rz(a) * Unitary2.Ry(b) * Unitary2.Rx(c);

    private static void AssertClose(double[] actual, double[] expected) =>
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-13);

    [Fact]
    public void A_gate_on_one_qubit_agrees_with_its_scalar_specification() =>
        Gen.Int[1, 11]
            .SelectMany(n => Gen.Int[0, n - 1].Select(q => (Qubits: n, Qubit: q)))
            .Select(Angle, Angle, Angle, (at, a, b, c) => (at.Qubits, at.Qubit, Gate: SomeGate(a, b, c)))
            .Select(Gen.Bool, Angle, (t, isX, angle) => t with { Gate = isX ? Unitary2.Rx(angle) : t.Gate })
            .Sample(
                t =>
                {
                    var (re, im) = (Values(t.Qubits, "re"), Values(t.Qubits, "im"));
                    var (expectedRe, expectedIm) = (Values(t.Qubits, "re"), Values(t.Qubits, "im"));
                    OneQubitKernel.Apply(re, im, t.Qubit, t.Gate);
                    OneQubitKernel.ApplyScalar(expectedRe, expectedIm, t.Qubit, t.Gate);
                    AssertClose(re, expectedRe);
                    AssertClose(im, expectedIm);
                },
                iter: 200
            );

    [Fact]
    public void Overlaps_agree_with_their_scalar_specification() =>
        Gen.Int[1, 11]
            .SelectMany(n => Gen.Int[0, n - 1].Select(q => (Qubits: n, Qubit: q)))
            .Sample(
                t =>
                {
                    var bra = new StateSpans(Values(t.Qubits, "a"), Values(t.Qubits, "b"));
                    var ket = new StateSpans(Values(t.Qubits, "x"), Values(t.Qubits, "y"));
                    var (actual, expected) = (
                        OverlapKernel.Of(bra, ket, t.Qubit),
                        OverlapKernel.OfScalar(bra, ket, t.Qubit)
                    );
                    foreach (
                        var (a, b) in new[]
                        {
                            (actual.M00, expected.M00),
                            (actual.M01, expected.M01),
                            (actual.M10, expected.M10),
                            (actual.M11, expected.M11),
                        }
                    )
                        (a - b).Magnitude.Should().BeLessThan(1e-11);
                },
                iter: 100
            );

    [Fact]
    public void Only_rotations_about_X_are_taken_for_them()
    {
        Unitary2.Rx(0.3).IsXRotation.Should().BeTrue();
        Unitary2.Rx(-4).Adjoint.IsXRotation.Should().BeTrue();
        Unitary2.Identity.IsXRotation.Should().BeTrue("of angle 0");
        foreach (var other in new[] { Unitary2.X, Unitary2.H, Unitary2.Ry(0.3), Unitary2.Rz(0.3), SomeGate(1, 2, 3) })
            other.IsXRotation.Should().BeFalse();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void Gates_on_different_qubits_at_once_are_those_of_one_after_the_other(int qubits)
    {
        var gates = Enumerable
            .Range(0, qubits)
            .Select(q => (Qubit: q, Gate: q % 3 == 0 ? SomeGate(q, 0.4, -q) : Unitary2.Rx(0.3 * q - 1)))
            .Reverse()
            .ToArray();
        var (re, im) = (Values(qubits, "re"), Values(qubits, "im"));
        var (expectedRe, expectedIm) = (Values(qubits, "re"), Values(qubits, "im"));

        OneQubitKernel.ApplyAll(re, im, gates);
        foreach (var (qubit, gate) in gates)
            OneQubitKernel.ApplyScalar(expectedRe, expectedIm, qubit, gate);

        AssertClose(re, expectedRe);
        AssertClose(im, expectedIm);
    }

    [Fact]
    public void Rotations_about_XX_and_YY_agree_with_their_scalar_specification() =>
        Gen.Int[2, 10]
            .SelectMany(n => Gen.Shuffle(Enumerable.Range(0, n).ToArray(), 2).Select(q => (Qubits: n, Pair: q)))
            .Select(Angle, Angle, Gen.Bool, (at, xx, yy, isEqual) => (at.Qubits, at.Pair, xx, yy: isEqual ? xx : yy))
            .Sample(
                t =>
                {
                    var (re, im) = (Values(t.Qubits, "re"), Values(t.Qubits, "im"));
                    var (expectedRe, expectedIm) = (Values(t.Qubits, "re"), Values(t.Qubits, "im"));
                    TwoQubitKernel.RotateXxYy(re, im, t.Pair[0], t.Pair[1], t.xx, t.yy);
                    TwoQubitKernel.RotateXxYyScalar(expectedRe, expectedIm, t.Pair[0], t.Pair[1], t.xx, t.yy);
                    AssertClose(re, expectedRe);
                    AssertClose(im, expectedIm);
                },
                iter: 200
            );

    [Theory]
    [InlineData(0.7, 0.7)]
    [InlineData(0.7, -0.7)]
    [InlineData(1.9, 0)]
    [InlineData(-0.4, 2.3)]
    public void Rotations_about_XX_and_YY_are_the_product_of_their_exponentials(double xx, double yy)
    {
        // exp(-iθ/2·P) = cos - i·sin·P for both Pauli products P, on |q1 q0⟩.
        var (re, im) = (Values(2, "re"), Values(2, "im"));
        var state = re.Zip(im, (a, b) => new Complex(a, b)).ToArray();
        TwoQubitKernel.RotateXxYy(re, im, 0, 1, xx, yy);

        // XX|z⟩ = |~z⟩; YY|z⟩ = -|~z⟩ for equal bits, +|~z⟩ for different ones.
        Complex[] Rotate(Complex[] v, double angle, Func<int, double> sign) =>
            [
                .. Enumerable
                    .Range(0, 4)
                    .Select(z =>
                        Math.Cos(angle / 2) * v[z] - Complex.ImaginaryOne * Math.Sin(angle / 2) * sign(z ^ 3) * v[z ^ 3]
                    ),
            ];
        var expected = Rotate(Rotate(state, xx, _ => 1), yy, z => z is 0 or 3 ? -1 : 1);

        AssertClose(re, [.. expected.Select(a => a.Real)]);
        AssertClose(im, [.. expected.Select(a => a.Imaginary)]);
    }

    [Fact]
    public void Equal_angles_leave_equal_bits_alone_to_the_last_bit()
    {
        var (re, im) = (Values(5, "re"), Values(5, "im"));
        TwoQubitKernel.RotateXxYy(re, im, 3, 1, 0.7, 0.7);

        for (var z = 0; z < 32; z++)
            if ((z >> 3 & 1) == (z >> 1 & 1))
                (re[z], im[z]).Should().Be((Values(5, "re")[z], Values(5, "im")[z]));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    [InlineData(1, 3)]
    public void Controlled_gates_act_where_their_qubits_are_one(int first, int second)
    {
        var state = new GateState(4);
        for (var z = 0; z < 16; z++)
        {
            Prepare(z);
            state.FlipControlled(first, second);
            var flipped = (z >> first & 1) == 1 ? z ^ (1 << second) : z;
            state.Probability(flipped).Should().Be(1);

            Prepare(z);
            state.NegateBoth(first, second);
            state.Amplitude(z).Should().Be((z >> first & z >> second & 1) == 1 ? -Complex.One : Complex.One);
        }

        void Prepare(int z) =>
            state.PrepareProduct([
                .. Enumerable.Range(0, 4).Select(q => (z >> q & 1) == 1 ? Unitary2.X : Unitary2.Identity),
            ]);
    }

    [Fact]
    public void A_product_state_has_the_products_of_its_columns()
    {
        Unitary2[] gates = [SomeGate(0.3, 1.1, -0.4), Unitary2.H, SomeGate(2, 0.2, 0.9)];
        var state = new GateState(3);
        state.PrepareProduct(gates);

        for (var z = 0; z < 8; z++)
        {
            var expected = Complex.One;
            for (var q = 0; q < 3; q++)
                expected *= (z >> q & 1) == 1 ? gates[q].M10 : gates[q].M00;
            (state.Amplitude(z) - expected).Magnitude.Should().BeLessThan(1e-15);
        }
    }

    [Fact]
    public void A_Walsh_Hadamard_transform_sums_with_the_signs_of_its_definition()
    {
        var values = Values(6, "re");
        var transformed = (double[])values.Clone();
        WalshHadamard.Transform(transformed);

        for (var s = 0; s < 64; s++)
        {
            var expected = 0.0;
            for (var z = 0; z < 64; z++)
                expected += (BitOperations.PopCount((uint)(s & z)) & 1) == 0 ? values[z] : -values[z];
            transformed[s].Should().BeApproximately(expected, 1e-12);
        }
    }
}
