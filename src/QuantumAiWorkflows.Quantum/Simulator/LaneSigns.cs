using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Vectors of one value whose signs follow from the lane's number, in memory, from where a kernel loads them.</summary>
internal static unsafe class LaneSigns
{
    /// <summary>Lanes of the widest vector; the distance between two vectors.</summary>
    public const int Most = 16;

    /// <summary>Four vectors, for the four bits that a lane's number may have.</summary>
    public const int Length = 4 * Most;

    /// <summary>Negative where the lane's number has the bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<T>(T* target, int lanes, T value)
        where T : unmanaged, INumber<T>
    {
        for (var bit = 0; bit < 4; bit++)
        for (var lane = 0; lane < lanes; lane++)
            target[bit * Most + lane] = (lane >> bit & 1) == 0 ? value : -value;
    }

    /// <summary>Negative where the lane's number has an odd number of bits; one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillParities<T>(T* target, int lanes, T value)
        where T : unmanaged, INumber<T>
    {
        for (var lane = 0; lane < lanes; lane++)
            target[lane] = (BitOperations.PopCount((uint)lane) & 1) == 0 ? value : -value;
    }
}
