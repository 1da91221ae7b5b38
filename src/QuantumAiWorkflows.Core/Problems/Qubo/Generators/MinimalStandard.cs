namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>
/// The random numbers of published instance generators: x ← 16807·x mod (2^31 - 1), known as GGUBFS and as the "minimal
/// standard" (Lewis, Goodman and Miller, IBM Systems Journal 8, 1969; Park and Miller, Communications of the ACM 31, 1988). For
/// nothing else: everything new draws from Xoshiro256.
/// </summary>
/// <param name="seed">
/// 1 to 2^31 - 2; a larger one counts modulo 2^31 - 1, as in the published programs. These draw nothing but zeros from 0: here it counts
/// as 1.
/// </param>
internal sealed class MinimalStandard(long seed)
{
    private const long Modulus = (1L << 31) - 1;

    private long _state = seed % Modulus == 0 ? 1 : seed % Modulus;

    /// <summary>In (0, 1), on a grid of 2^-31: the published programs divide by 2^31, not by the modulus.</summary>
    public double Next()
    {
        _state = 16807 * _state % Modulus;
        return _state / (Modulus + 1.0);
    }

    /// <summary>Uniform in [low, high], by cutting off digits.</summary>
    public int Next(int low, int high) => (int)(Next() * (high - low + 1)) + low;
}
