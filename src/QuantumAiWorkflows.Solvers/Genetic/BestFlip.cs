using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Genetic;

/// <summary>
/// The flip of the least energy change among the admissible ones: those whose mark is at most now, or whose change is
/// below the aspiration. One pass finds the least change, a second one, which begins at a random block and ends at the first
/// hit, who has it: so no variable is preferred among equal ones for ever.
/// </summary>
internal static class BestFlip
{
    /// <param name="fields">Of the assignment.</param>
    /// <param name="marks">[padded].</param>
    /// <param name="now">What a mark is compared with.</param>
    /// <param name="aspiration">What the change of a marked one must be below.</param>
    /// <param name="random">One number is drawn for the block, and one where a block has several hits.</param>
    /// <returns>-1 where none is admissible; else the variable.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find<T>(LocalFields<T> fields, ReadOnlySpan<T> marks, T now, T aspiration, Xoshiro256 random)
        where T : unmanaged, INumber<T>
    {
        ref var field = ref MemoryMarshal.GetArrayDataReference(fields.Field);
        ref var sign = ref MemoryMarshal.GetArrayDataReference(fields.Sign);
        ref var mark = ref MemoryMarshal.GetReference(marks);
        var wall = Vector256.Create(LocalFields<T>.Wall);
        var (free, excellent) = (Vector256.Create(now), Vector256.Create(aspiration));
        var least = wall;
        var end = (nuint)fields.Padded;
        var step = (nuint)Vector256<T>.Count;
        for (nuint j = 0; j < end; j += step)
            least = Vector256.MinNative(least, Score(ref field, ref sign, ref mark, j, free, excellent, wall));
        var minimum = least[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++)
            minimum = T.Min(minimum, least[lane]);
        if (minimum >= LocalFields<T>.Wall)
            return -1;

        var wanted = Vector256.Create(minimum);
        for (var j = (nuint)random.NextInt32((int)(end / step)) * step; ; j = j + step == end ? 0 : j + step)
        {
            var score = Score(ref field, ref sign, ref mark, j, free, excellent, wall);
            var hits = Vector256.Equals(score, wanted).ExtractMostSignificantBits();
            if (hits == 0)
                continue;
            for (var skip = random.NextInt32(BitOperations.PopCount(hits)); skip > 0; skip--)
                hits &= hits - 1;
            return (int)j + BitOperations.TrailingZeroCount(hits);
        }
    }

    /// <summary>The least change that <see cref="Find"/> looks for, one variable at a time; the wall where none is admissible: its specification.</summary>
    public static T LeastScalar<T>(LocalFields<T> fields, ReadOnlySpan<T> marks, T now, T aspiration)
        where T : unmanaged, INumber<T>
    {
        var least = LocalFields<T>.Wall;
        for (var j = 0; j < fields.Count; j++)
            if (marks[j] <= now || fields.Delta(j) < aspiration)
                least = T.Min(least, fields.Delta(j));
        return least;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Score<T>(
        ref T field,
        ref T sign,
        ref T mark,
        nuint j,
        Vector256<T> free,
        Vector256<T> excellent,
        Vector256<T> wall
    )
        where T : unmanaged, INumber<T>
    {
        var delta = Vector256.LoadUnsafe(ref field, j) * Vector256.LoadUnsafe(ref sign, j);
        var admissible =
            Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref mark, j), free) | Vector256.LessThan(delta, excellent);
        return Vector256.ConditionalSelect(admissible, delta, wall);
    }
}
