using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>
/// Scores in blocks of eight rows of lanes, and for each block the least score of every lane: so that the least of all and
/// those that share it are found by looking at one row per block and at the few blocks that have it. A score that changes
/// costs its block a fresh row.
/// </summary>
/// <remarks>
/// A row is 64 bytes on every machine, one vector of 512 bits or two of 256: what is found, and in which order, is the same
/// on all of them. Two levels: a third one would pay only from some ten thousand variables on.
/// </remarks>
internal sealed class LeastBlocks<T>
    where T : unmanaged, INumber<T>
{
    public const int Rows = 8;

    private readonly int[] _ties;

    public LeastBlocks(int count)
    {
        var blocks = (count + Block - 1) / Block;
        Score = new T[blocks * Block];
        Least = new T[blocks * Lanes];
        _ties = new int[count];
        Score.AsSpan().Fill(LocalFields<T>.Wall);
        Least.AsSpan().Fill(LocalFields<T>.Wall);
    }

    /// <summary>16 of int, 8 of double.</summary>
    public static int Lanes => 64 / Unsafe.SizeOf<T>();

    public static int Block => Rows * Lanes;

    /// <summary>[whole blocks]; <see cref="LocalFields{T}.Wall"/>, or what it can be mistaken for, where there is none.</summary>
    public T[] Score { get; }

    /// <summary>[blocks, lanes].</summary>
    public T[] Least { get; }

    /// <summary>The least scores of a block's lanes, after some of its scores changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refresh(int block)
    {
        ref var score = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Score), block * Block);
        ref var least = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Least), block * Lanes);
        if (Vector512.IsHardwareAccelerated)
        {
            var minimum = Vector512.LoadUnsafe(ref score);
            for (var row = 1; row < Rows; row++)
                minimum = Vector512.MinNative(minimum, Vector512.LoadUnsafe(ref score, (nuint)(row * Lanes)));
            minimum.StoreUnsafe(ref least);
            return;
        }
        for (var half = 0; half < Lanes; half += Lanes / 2)
        {
            var minimum = Vector256.LoadUnsafe(ref score, (nuint)half);
            for (var row = 1; row < Rows; row++)
                minimum = Vector256.MinNative(minimum, Vector256.LoadUnsafe(ref score, (nuint)(row * Lanes + half)));
            minimum.StoreUnsafe(ref least, (nuint)half);
        }
    }

    /// <summary>The least score of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T Minimum()
    {
        ref var least = ref MemoryMarshal.GetArrayDataReference(Least);
        var minimum = Vector256.Create(LocalFields<T>.Wall);
        for (nuint k = 0; k < (nuint)Least.Length; k += (nuint)Vector256<T>.Count)
            minimum = Vector256.MinNative(minimum, Vector256.LoadUnsafe(ref least, k));
        var result = minimum[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++)
            result = T.Min(result, minimum[lane]);
        return result;
    }

    /// <summary>
    /// One index of those whose score is <paramref name="minimum"/>, each with equal probability, and of
    /// <paramref name="others"/>, which have no score here; -1 without any. Draws only where there is a choice.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Pick(T minimum, ReadOnlySpan<int> others, Xoshiro256 random)
    {
        var count = 0;
        ref var least = ref MemoryMarshal.GetArrayDataReference(Least);
        var wanted = Vector256.Create(minimum);
        var (step, lanes) = ((nuint)Vector256<T>.Count, (nuint)Lanes);
        for (nuint at = 0; at < (nuint)Least.Length; at += lanes)
        {
            var found =
                Vector256.Equals(Vector256.LoadUnsafe(ref least, at), wanted)
                | Vector256.Equals(Vector256.LoadUnsafe(ref least, at + step), wanted);
            if (found != Vector256<T>.Zero)
                count = Collect((int)at * Rows, wanted, count);
        }
        var choice = count + others.Length <= 1 ? 0 : random.NextInt32(count + others.Length);
        return choice < count ? _ties[choice]
            : others.Length > 0 ? others[choice - count]
            : -1;
    }

    private int Collect(int start, Vector256<T> wanted, int count)
    {
        ref var score = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Score), start);
        for (var k = 0; k < Block; k += Vector256<T>.Count)
        {
            var bits = Vector256.Equals(Vector256.LoadUnsafe(ref score, (nuint)k), wanted).ExtractMostSignificantBits();
            for (; bits != 0; bits &= bits - 1)
                _ties[count++] = start + k + BitOperations.TrailingZeroCount(bits);
        }
        return count;
    }
}
