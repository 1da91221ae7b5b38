using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;

/// <summary>
/// P copies of an assignment, one per imaginary-time slice, with the fields of every variable in every slice:
/// f = linear + Σ w·x and σ = 1 - 2x as in <see cref="LocalFields{T}"/>, so that a flip in one slice changes that slice's
/// energy by σ·f. A variable's P values lie side by side, so that one vector instruction serves eight slices, in flips and
/// in the fields of neighbours alike.
/// </summary>
/// <remarks>
/// Shape [n, P] row-major. Slices are a ring; within a row the even ones come first, then the odd ones (place k &lt; P/2 is
/// slice 2k, place P/2 + k is slice 2k + 1), so that all neighbours along the ring of one half lie in the other, and a half
/// can be flipped at once. Whole numbers: they add up without drift, however long the run.
/// </remarks>
internal sealed class SlicedFields
{
    /// <summary>P is a multiple of this: two halves of one vector of int.</summary>
    public const int SliceMultiple = 16;

    /// <summary>2^26 of these are a field of a double model, which is at most 2: what is lost is below 2^-26 of the largest.</summary>
    private const double RealScale = 1 << 26;

    private readonly int[] _start;
    private readonly int[] _column;
    private readonly int[] _weight;

    private SlicedFields(int slices, int variables, int[] start, int[] column, int[] weight, double scale)
    {
        (Slices, Count, Scale) = (slices, variables, scale);
        (_start, _column, _weight) = (start, column, weight);
        Field = new int[variables * (long)slices];
        Sign = new int[variables * (long)slices];
        Sign.AsSpan().Fill(1);
    }

    /// <summary>P.</summary>
    public int Slices { get; }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>Energies here are this times those of the problem.</summary>
    public double Scale { get; }

    /// <summary>f.</summary>
    public int[] Field { get; }

    /// <summary>σ.</summary>
    public int[] Sign { get; }

    /// <summary>Copies a model's couplings; whole ones as they are, others rounded.</summary>
    public static SlicedFields From<T>(LocalFields<T> model, int slices)
        where T : unmanaged, INumber<T>
    {
        var isWhole = typeof(T) == typeof(int);
        return new(
            slices,
            model.Count,
            model.Start,
            model.Column,
            Array.ConvertAll(model.Weight, Rounded),
            isWhole ? model.Scale : model.Scale * RealScale
        );
    }

    /// <summary>Takes the assignment that <paramref name="model"/> is at into a slice.</summary>
    public void Load<T>(LocalFields<T> model, int slice)
        where T : unmanaged, INumber<T>
    {
        var at = Place(slice);
        for (var i = 0; i < Count; i++)
            Sign[i * Slices + at] = T.IsNegative(model.Sign[i]) ? -1 : 1;
        model.Reset([]);
        for (var i = 0; i < Count; i++)
        {
            var field = Rounded(model.Field[i]);
            for (var e = _start[i]; e < _start[i + 1]; e++)
                if (Sign[_column[e] * Slices + at] < 0)
                    field += _weight[e];
            Field[i * Slices + at] = field;
        }
    }

    public void CopyBits(int slice, Span<sbyte> bits)
    {
        var at = Place(slice);
        for (var i = 0; i < Count; i++)
            bits[i] = (sbyte)((1 - Sign[i * Slices + at]) / 2);
    }

    /// <summary>Adds couplings times <paramref name="steps"/> [P], the changes of x in every slice, to the neighbours' fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddToNeighbours(int i, ReadOnlySpan<int> steps)
    {
        ref var step = ref MemoryMarshal.GetReference(steps);
        ref var field = ref MemoryMarshal.GetArrayDataReference(Field);
        for (var at = 0; at < Slices; at += SliceMultiple)
        {
            var (low, high) = (
                Vector256.LoadUnsafe(ref step, (nuint)at),
                Vector256.LoadUnsafe(ref step, (nuint)at + 8)
            );
            if ((low | high) == Vector256<int>.Zero)
                continue;
            for (var e = _start[i]; e < _start[i + 1]; e++)
            {
                ref var row = ref Unsafe.Add(ref field, _column[e] * Slices + at);
                var weight = Vector256.Create(_weight[e]);
                (Vector256.LoadUnsafe(ref row) + weight * low).StoreUnsafe(ref row);
                (Vector256.LoadUnsafe(ref row, 8) + weight * high).StoreUnsafe(ref row, 8);
            }
        }
    }

    private int Place(int slice) => slice / 2 + slice % 2 * (Slices / 2);

    private static int Rounded<T>(T value)
        where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(int)
            ? int.CreateTruncating(value)
            : (int)Math.Round(double.CreateTruncating(value) * RealScale);
}
