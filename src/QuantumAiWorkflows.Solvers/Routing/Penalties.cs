using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>What a unit of load beyond capacity and a unit of time warp cost, in 1/256 of the cost's unit: whole numbers, so that sums do not drift.</summary>
internal readonly record struct Penalties(long Excess, long Warp)
{
    public const int FractionBits = 8;

    /// <summary>Times any load or time of a model it stays within a long.</summary>
    public const long Largest = 100_000L << FractionBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long OfExcess(long load) => (load * Excess) >> FractionBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long OfWarp(long warp) => (warp * Warp) >> FractionBits;

    public Penalties Times(int factor) => new(Math.Min(Excess * factor, Largest), Math.Min(Warp * factor, Largest));
}
