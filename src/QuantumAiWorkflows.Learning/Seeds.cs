using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Learning;

/// <summary>Seeds for the selections of a validation; 53 bits, like every seed.</summary>
internal static class Seeds
{
    public static long OfFold(long seed, int fold) => Of(seed, $"selection in fold {fold}");

    public static long OfResample(long seed, int resample) => Of(seed, $"selection on resample {resample}");

    public static long OfRepeat(long seed, int repeat) => Of(seed, $"selection repeat {repeat}");

    private static long Of(long seed, string use) => (long)(Xoshiro256.FromSeed((ulong)seed, use).NextUInt64() >> 11);
}
