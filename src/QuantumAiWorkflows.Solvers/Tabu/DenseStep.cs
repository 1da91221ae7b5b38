using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>
/// One flip on a dense problem: a row of couplings is added to the energy changes, and the least change of every lane of
/// every block is found in the same pass, which loads row, signs and changes once and stores the changes.
/// </summary>
/// <remarks>
/// Rows are bytes where the couplings fit: a matrix of 3000 variables then is 9 MB instead of 36 and stays in a shared cache.
/// Barred variables carry their mark in the change itself, so that no array of marks is read, and no array of scores is written.
/// </remarks>
internal static class DenseStep
{
    /// <summary>
    /// <c>change[j] += by · sign[j] · row[j]</c>, and <paramref name="least"/> as <see cref="LeastBlocks{T}.Refresh"/> has it.
    /// </summary>
    /// <param name="row">[whole blocks] sbyte, short or int.</param>
    /// <param name="by">±1, the sign of the flipped variable before.</param>
    /// <param name="sign">[whole blocks] ± the unit of the couplings.</param>
    /// <param name="change">[whole blocks].</param>
    /// <param name="least">[blocks, lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TRow>(ref TRow row, int by, ReadOnlySpan<int> sign, Span<int> change, Span<int> least)
        where TRow : unmanaged
    {
        ref var factor = ref MemoryMarshal.GetReference(sign);
        ref var delta = ref MemoryMarshal.GetReference(change);
        ref var minimum = ref MemoryMarshal.GetReference(least);
        var blocks = (nuint)(change.Length / LeastBlocks<int>.Block);
        if (Vector512.IsHardwareAccelerated)
        {
            var flip = Vector512.Create(by);
            for (nuint block = 0, j = 0; block < blocks; block++)
            {
                var low = Vector512.Create(int.MaxValue);
                for (var end = j + (nuint)LeastBlocks<int>.Block; j < end; j += 16)
                {
                    var term = Widen512(ref row, j) * (flip * Vector512.LoadUnsafe(ref factor, j));
                    var sum = Vector512.LoadUnsafe(ref delta, j) + term;
                    sum.StoreUnsafe(ref delta, j);
                    low = Vector512.Min(low, sum);
                }
                low.StoreUnsafe(ref minimum, block * 16);
            }
            return;
        }
        var flips = Vector256.Create(by);
        for (nuint block = 0, j = 0; block < blocks; block++)
        {
            var (low, high) = (Vector256.Create(int.MaxValue), Vector256.Create(int.MaxValue));
            for (var end = j + (nuint)LeastBlocks<int>.Block; j < end; j += 16)
            {
                var sum =
                    Vector256.LoadUnsafe(ref delta, j)
                    + Widen256(ref row, j) * (flips * Vector256.LoadUnsafe(ref factor, j));
                sum.StoreUnsafe(ref delta, j);
                low = Vector256.Min(low, sum);
                sum =
                    Vector256.LoadUnsafe(ref delta, j + 8)
                    + Widen256(ref row, j + 8) * (flips * Vector256.LoadUnsafe(ref factor, j + 8));
                sum.StoreUnsafe(ref delta, j + 8);
                high = Vector256.Min(high, sum);
            }
            low.StoreUnsafe(ref minimum, block * 16);
            high.StoreUnsafe(ref minimum, block * 16 + 8);
        }
    }

    /// <summary>What <see cref="Add{TRow}"/> does, one variable at a time: its specification.</summary>
    public static void AddScalar<TRow>(ref TRow row, int by, ReadOnlySpan<int> sign, Span<int> change, Span<int> least)
        where TRow : unmanaged, INumber<TRow>
    {
        var (lanes, block) = (LeastBlocks<int>.Lanes, LeastBlocks<int>.Block);
        for (var j = 0; j < change.Length; j++)
        {
            change[j] += by * sign[j] * int.CreateTruncating(Unsafe.Add(ref row, j));
            ref var minimum = ref least[j / block * lanes + j % lanes];
            minimum = j % block < lanes ? change[j] : Math.Min(minimum, change[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen512<TRow>(ref TRow row, nuint at)
        where TRow : unmanaged
    {
        if (typeof(TRow) == typeof(int))
            return Vector512.LoadUnsafe(ref Unsafe.As<TRow, int>(ref row), at);
        var words =
            typeof(TRow) == typeof(short)
                ? Vector256.LoadUnsafe(ref Unsafe.As<TRow, short>(ref row), at)
                : Vector256.WidenLower(
                    Vector128.LoadUnsafe(ref Unsafe.As<TRow, sbyte>(ref row), at).ToVector256Unsafe()
                );
        return Vector512.WidenLower(words.ToVector512Unsafe());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen256<TRow>(ref TRow row, nuint at)
        where TRow : unmanaged
    {
        if (typeof(TRow) == typeof(int))
            return Vector256.LoadUnsafe(ref Unsafe.As<TRow, int>(ref row), at);
        var words =
            typeof(TRow) == typeof(short)
                ? Vector128.LoadUnsafe(ref Unsafe.As<TRow, short>(ref row), at)
                : Vector128.WidenLower(
                    Vector64.LoadUnsafe(ref Unsafe.As<TRow, sbyte>(ref row), at).ToVector128Unsafe()
                );
        return Vector256.WidenLower(words.ToVector256Unsafe());
    }
}
