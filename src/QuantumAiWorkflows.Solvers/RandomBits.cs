using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers;

internal static class RandomBits
{
    /// <summary>Uniform bits, 64 from each number drawn.</summary>
    public static void FillBits(this Xoshiro256 random, Span<sbyte> bits)
    {
        var word = 0UL;
        for (var i = 0; i < bits.Length; i++)
        {
            if (i % 64 == 0)
                word = random.NextUInt64();
            bits[i] = (sbyte)(word & 1);
            word >>= 1;
        }
    }
}
