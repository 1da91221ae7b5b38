using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Shots of a state in two arrays, shape [2^n] each.</summary>
internal static class Measurement
{
    private const int Block = 4096;

    /// <summary>Measures all qubits <paramref name="shots"/> times (<see cref="ShotWalk"/>).</summary>
    /// <returns>How often each index came, ascending by index; only those that did.</returns>
    public static List<(int Index, int Occurrences)> Sample(
        ReadOnlySpan<double> real,
        ReadOnlySpan<double> imaginary,
        Xoshiro256 random,
        int shots
    )
    {
        var norm = 0.0;
        for (var z = 0; z < real.Length; z++)
            norm += real[z] * real[z] + imaginary[z] * imaginary[z];
        var walk = new ShotWalk(random, shots, norm);
        var probabilities = new double[Math.Min(Block, real.Length)];
        for (var first = 0; first < real.Length; first += probabilities.Length)
        {
            for (var k = 0; k < probabilities.Length; k++)
            {
                var (a, b) = (real[first + k], imaginary[first + k]);
                probabilities[k] = a * a + b * b;
            }
            walk.Pass(first, probabilities);
        }
        return walk.Counts().ConvertAll(c => ((int)c.Index, c.Occurrences));
    }
}
