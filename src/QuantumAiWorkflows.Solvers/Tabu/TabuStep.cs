using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>
/// One step of one-flip tabu search: flip a variable, bring every field up to date, and find the least energy change among
/// the admissible variables. On dense problems update and search are one pass over memory: it loads a row of couplings,
/// the fields, signs and tabu marks once, and stores fields and scores.
/// </summary>
/// <remarks>
/// Ties are broken uniformly over all of them, in a second pass over the scores. Keeping the first index of each vector
/// lane during the first pass would save it, but prefers some variables for ever, and the search goes round in circles.
/// </remarks>
internal static class TabuStep
{
    /// <summary>
    /// Flips <paramref name="k"/> and fills <paramref name="scores"/> [padded] with the energy change of every admissible
    /// variable and <see cref="LocalFields{T}.Wall"/> elsewhere. Admissible: its tabu mark [padded] is at most
    /// <paramref name="now"/>, or the change is below <paramref name="aspiration"/>. Returns the least score.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Flip<T>(LocalFields<T> fields, int k, ReadOnlySpan<T> tabu, T now, T aspiration, Span<T> scores)
        where T : unmanaged, INumber<T>
    {
        var by = Vector256.Create(fields.Sign[k]);
        if (fields.Matrix is null)
            fields.Flip(k);
        else
            fields.Sign[k] = -fields.Sign[k];
        ref var row = ref fields.Matrix is null ? ref Unsafe.NullRef<T>() : ref fields.Matrix[k * (long)fields.Padded];
        var isDense = fields.Matrix is not null;

        ref var field = ref MemoryMarshal.GetArrayDataReference(fields.Field);
        ref var sign = ref MemoryMarshal.GetArrayDataReference(fields.Sign);
        ref var mark = ref MemoryMarshal.GetReference(tabu);
        ref var score = ref MemoryMarshal.GetReference(scores);
        var wall = Vector256.Create(LocalFields<T>.Wall);
        var free = Vector256.Create(now);
        var excellent = Vector256.Create(aspiration);
        var least = wall;
        var end = (nuint)fields.Padded;
        for (nuint j = 0; j < end; j += (nuint)Vector256<T>.Count)
        {
            var f = Vector256.LoadUnsafe(ref field, j);
            if (isDense)
            {
                f += by * Vector256.LoadUnsafe(ref row, j);
                f.StoreUnsafe(ref field, j);
            }
            var delta = f * Vector256.LoadUnsafe(ref sign, j);
            var admissible =
                Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref mark, j), free)
                | Vector256.LessThan(delta, excellent);
            var value = Vector256.ConditionalSelect(admissible, delta, wall);
            value.StoreUnsafe(ref score, j);
            least = Vector256.MinNative(least, value);
        }

        var minimum = least[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++)
            minimum = T.Min(minimum, least[lane]);
        return minimum;
    }

    /// <summary>What <see cref="Flip"/> does, one variable at a time: its specification.</summary>
    public static T FlipScalar<T>(
        LocalFields<T> fields,
        int k,
        ReadOnlySpan<T> tabu,
        T now,
        T aspiration,
        Span<T> scores
    )
        where T : unmanaged, INumber<T>
    {
        fields.Flip(k);
        var minimum = LocalFields<T>.Wall;
        for (var j = 0; j < fields.Padded; j++)
        {
            var delta = fields.Delta(j);
            scores[j] = tabu[j] <= now || delta < aspiration ? delta : LocalFields<T>.Wall;
            minimum = T.Min(minimum, scores[j]);
        }
        return minimum;
    }

    /// <summary>
    /// One index of those whose score is <paramref name="minimum"/>, each with equal probability (reservoir of one).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Pick<T>(ReadOnlySpan<T> scores, T minimum, Xoshiro256 random)
        where T : unmanaged, INumber<T>
    {
        ref var score = ref MemoryMarshal.GetReference(scores);
        var wanted = Vector256.Create(minimum);
        var step = (nuint)Vector256<T>.Count;
        var end = (nuint)scores.Length;
        var picked = -1;
        var ties = 0;
        nuint j = 0;
        // Four vectors at a time until one holds the minimum: most hold none.
        for (; j + 4 * step <= end; j += 4 * step)
        {
            var any =
                Vector256.Equals(Vector256.LoadUnsafe(ref score, j), wanted)
                | Vector256.Equals(Vector256.LoadUnsafe(ref score, j + step), wanted)
                | Vector256.Equals(Vector256.LoadUnsafe(ref score, j + 2 * step), wanted)
                | Vector256.Equals(Vector256.LoadUnsafe(ref score, j + 3 * step), wanted);
            if (any != Vector256<T>.Zero)
                Draw(scores.Slice((int)j, 4 * (int)step), (int)j, minimum, random, ref picked, ref ties);
        }
        Draw(scores[(int)j..], (int)j, minimum, random, ref picked, ref ties);
        return picked;
    }

    private static void Draw<T>(
        ReadOnlySpan<T> scores,
        int offset,
        T minimum,
        Xoshiro256 random,
        ref int picked,
        ref int ties
    )
        where T : unmanaged, INumber<T>
    {
        for (var k = 0; k < scores.Length; k++)
            if (scores[k] == minimum && (ties++ == 0 || random.NextInt32(ties) == 0))
                picked = offset + k;
    }
}
