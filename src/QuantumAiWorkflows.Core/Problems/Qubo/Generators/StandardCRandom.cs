namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>
/// The function <c>rand</c> as an example in the C standard has it: x ← 1103515245·x + 12345 mod 2^31, of which the upper 15 bits are
/// given out. For instances that were made with it, and nothing else: everything new draws from Xoshiro256.
/// </summary>
/// <param name="seed">As <c>srand</c> takes it; counts modulo 2^31.</param>
internal sealed class StandardCRandom(long seed)
{
    private uint _state = (uint)seed & int.MaxValue;

    /// <summary>In [0, 1), on a grid of 2^-15.</summary>
    public double Next()
    {
        _state = (_state * 1103515245u + 12345u) & int.MaxValue;
        return (_state >> 16) / 32768.0;
    }
}
