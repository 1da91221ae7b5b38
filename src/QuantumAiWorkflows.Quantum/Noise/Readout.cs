namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>Bits that are read the wrong way round.</summary>
internal static class Readout
{
    /// <summary>
    /// What it makes of the probabilities of results, shape [2^n], in place, when each bit is turned with this
    /// probability. The channel is symmetric: done to values of results, it makes each the mean of what is read instead.
    /// </summary>
    public static void TurnBits(Span<double> values, double probability)
    {
        if (probability == 0)
            return;
        for (var stride = 1; stride < values.Length; stride *= 2)
        for (var block = 0; block < values.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
        {
            var (p, q) = (values[z], values[z + stride]);
            (values[z], values[z + stride]) = (p + probability * (q - p), q + probability * (p - q));
        }
    }
}
