using QuantumAiWorkflows.Quantum.Noise;

namespace QuantumAiWorkflows.UnitTests.Quantum.Noise;

public class ReadoutTests
{
    [Fact]
    public void Turned_bits_keep_the_sum_and_mix_a_certain_result_binomially()
    {
        var probabilities = new double[8];
        probabilities[0b101] = 1;

        Readout.TurnBits(probabilities, 0.1);

        probabilities.Sum().Should().BeApproximately(1, 1e-15);
        probabilities[0b101].Should().BeApproximately(0.9 * 0.9 * 0.9, 1e-15);
        probabilities[0b100].Should().BeApproximately(0.1 * 0.9 * 0.9, 1e-15);
        probabilities[0b010].Should().BeApproximately(0.1 * 0.1 * 0.1, 1e-15);
    }
}
