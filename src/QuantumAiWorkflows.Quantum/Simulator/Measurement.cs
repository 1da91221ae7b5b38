using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Shots of a state in two arrays, shape [2^n] each.</summary>
internal static class Measurement
{
    /// <summary>
    /// Measures all qubits <paramref name="shots"/> times. Exact: sorted uniform numbers, drawn sorted as normalized sums
    /// of exponential ones, walk along the cumulative distribution once. O(2^n + shots).
    /// </summary>
    /// <returns>How often each index came, ascending by index; only those that did.</returns>
    public static List<(int Index, int Occurrences)> Sample(
        ReadOnlySpan<double> real,
        ReadOnlySpan<double> imaginary,
        Xoshiro256 random,
        int shots
    )
    {
        var positions = new double[shots];
        var sum = 0.0;
        for (var k = 0; k < shots; k++)
            positions[k] = sum -= Math.Log(1 - random.NextDouble());
        sum -= Math.Log(1 - random.NextDouble());

        var norm = 0.0;
        for (var z = 0; z < real.Length; z++)
            norm += real[z] * real[z] + imaginary[z] * imaginary[z];

        var counts = new List<(int, int)>();
        var cumulative = 0.0;
        var last = 0;
        var drawn = 0;
        for (var z = 0; z < real.Length && drawn < shots; z++)
        {
            var probability = real[z] * real[z] + imaginary[z] * imaginary[z];
            if (probability == 0)
                continue;
            last = z;
            cumulative += probability;
            var before = drawn;
            while (drawn < shots && positions[drawn] * norm < cumulative * sum)
                drawn++;
            if (drawn > before)
                counts.Add((z, drawn - before));
        }
        // A position within rounding of the norm's end belongs to the last index with a probability.
        if (drawn < shots)
            counts.Add((last, shots - drawn));
        return counts;
    }
}
