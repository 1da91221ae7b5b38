using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Noise;

namespace QuantumAiWorkflows.UnitTests.Quantum.Noise;

public class TrajectoryKernelsTests
{
    private static double[] Draw(int qubits, ulong seed, string part)
    {
        var random = Xoshiro256.FromSeed(seed, part);
        return [.. Enumerable.Range(0, 1 << qubits).Select(_ => 2 * random.NextDouble() - 1)];
    }

    [Fact]
    public void RotateX_agrees_with_its_scalar_specification() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 8], Gen.Double[-7, 7], Gen.ULong)
            .Sample(
                (qubits, at, angle, seed) =>
                {
                    var qubit = at % qubits;
                    var (re, im) = (Draw(qubits, seed, "re"), Draw(qubits, seed, "im"));
                    var (expectedRe, expectedIm) = ((double[])re.Clone(), (double[])im.Clone());

                    TrajectoryKernels.RotateX(re, im, qubit, angle);
                    TrajectoryKernels.RotateXScalar(expectedRe, expectedIm, qubit, angle);

                    for (var z = 0; z < re.Length; z++)
                    {
                        re[z].Should().BeApproximately(expectedRe[z], 1e-14);
                        im[z].Should().BeApproximately(expectedIm[z], 1e-14);
                    }
                },
                iter: 200
            );

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    public void Rotations_of_many_qubits_are_those_of_one_after_the_other(int qubits)
    {
        var gates = Enumerable.Range(0, qubits).Select(q => (Qubit: q, Angle: 0.3 * q - 1)).Reverse().ToArray();
        var (re, im) = (Draw(qubits, 5, "re"), Draw(qubits, 5, "im"));
        var (expectedRe, expectedIm) = ((double[])re.Clone(), (double[])im.Clone());

        TrajectoryKernels.RotateX(re, im, gates);
        foreach (var (qubit, angle) in gates)
            TrajectoryKernels.RotateXScalar(expectedRe, expectedIm, qubit, angle);

        for (var z = 0; z < re.Length; z++)
            (re[z], im[z])
                .Should()
                .Match<(double, double)>(a =>
                    Math.Abs(a.Item1 - expectedRe[z]) < 1e-12 && Math.Abs(a.Item2 - expectedIm[z]) < 1e-12
                );
    }

    [Fact]
    public void A_Hadamard_twice_is_nothing_and_once_on_a_0_is_uniform()
    {
        var values = Draw(4, 7, "re");
        var twice = (double[])values.Clone();
        TrajectoryKernels.Hadamard(twice, 2);
        TrajectoryKernels.Hadamard(twice, 2);
        twice.Zip(values, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-15);

        double[] zero = [1, 0, 0, 0];
        TrajectoryKernels.Hadamard(zero, 1);
        zero.Should().Equal(Math.Sqrt(0.5), 0, Math.Sqrt(0.5), 0);
    }

    [Fact]
    public void Turned_bits_keep_the_sum_and_mix_a_certain_result_binomially()
    {
        var probabilities = new double[8];
        probabilities[0b101] = 1;

        TrajectoryKernels.TurnBits(probabilities, 0.1);

        probabilities.Sum().Should().BeApproximately(1, 1e-15);
        probabilities[0b101].Should().BeApproximately(0.9 * 0.9 * 0.9, 1e-15);
        probabilities[0b100].Should().BeApproximately(0.1 * 0.9 * 0.9, 1e-15);
        probabilities[0b010].Should().BeApproximately(0.1 * 0.1 * 0.1, 1e-15);
    }
}
