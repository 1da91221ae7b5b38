using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>Makes <see cref="ReplicaFields{T}"/> of a model.</summary>
internal static class ReplicaFields
{
    /// <summary>2^26 of these are a field of a double model, which is at most 2: what is lost is below 2^-26 of the largest.</summary>
    private const double RealScale = 1 << 26;

    /// <summary>16-bit lanes where <see cref="ShortFields.UnitOf"/> has a unit for the model.</summary>
    public static ReplicaFields<short> Short(LocalFields<int> model, int unit, int replicas) =>
        new(
            model.Start,
            model.Column,
            Linear(model, f => (short)(f / unit)),
            Weights(model, w => (short)(w / unit)),
            replicas,
            1.0 / unit
        );

    public static ReplicaFields<int> Int(LocalFields<int> model, int replicas) =>
        new(model.Start, model.Column, Linear(model, f => f), Weights(model, w => w), replicas, 1);

    /// <param name="isSymmetric">
    /// Whether flipping all variables changes no energy (<see cref="SpinSymmetry"/>): then it does not in the rounded numbers, either, for which
    /// couplings are rounded to even ones.
    /// </param>
    public static ReplicaFields<int> Rounded(LocalFields<double> model, bool isSymmetric, int replicas)
    {
        if (!isSymmetric)
            return new(
                model.Start,
                model.Column,
                Linear(model, f => (int)Math.Round(f * RealScale)),
                Weights(model, w => (int)Math.Round(w * RealScale)),
                replicas,
                RealScale
            );
        var weights = Weights(model, w => 2 * (int)Math.Round(w * (RealScale / 2)));
        var linear = new int[model.Count];
        for (var i = 0; i < linear.Length; i++)
            linear[i] = -weights[model.Start[i]..model.Start[i + 1]].Sum() / 2;
        return new(model.Start, model.Column, linear, weights, replicas, RealScale);
    }

    private static TOut[] Linear<T, TOut>(LocalFields<T> model, Converter<T, TOut> convert)
        where T : unmanaged, INumber<T>
    {
        model.Reset([]);
        return Array.ConvertAll(model.Field[..model.Count], convert);
    }

    private static TOut[] Weights<T, TOut>(LocalFields<T> model, Converter<T, TOut> convert)
        where T : unmanaged, INumber<T> => Array.ConvertAll(model.Weight, convert);
}

/// <summary>
/// R assignments of one problem side by side, each with the fields of all variables, as in <see cref="LocalFields{T}"/>: of a
/// variable all replicas lie together, so that one vector instruction serves 16 or 8 of them, in the decision on its flip and
/// in the fields of its neighbours. Whole numbers: they add up without drift, however long the run.
/// </summary>
/// <typeparam name="T">short where no field exceeds 16,000, else int.</typeparam>
/// <remarks>
/// Shape [n, lanes] row-major; lanes are the replicas, filled up to whole vectors with copies that nobody reads.
/// </remarks>
internal sealed class ReplicaFields<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>So many sums of two fields of 16 bits fit in an int.</summary>
    private const int RowsOfInts = 1 << 15;

    private readonly int[] _start;
    private readonly int[] _column;
    private readonly T[] _linear;
    private readonly T[] _weight;

    internal ReplicaFields(int[] start, int[] column, T[] linear, T[] weight, int replicas, double unit)
    {
        (_start, _column, _linear, _weight, Unit) = (start, column, linear, weight, unit);
        Lanes = (replicas + Vector256<T>.Count - 1) / Vector256<T>.Count * Vector256<T>.Count;
        Field = new T[linear.Length * (long)Lanes];
        Mask = new T[linear.Length * (long)Lanes];
        for (var i = 0; i < linear.Length; i++)
            Field.AsSpan(i * Lanes, Lanes).Fill(linear[i]);
    }

    /// <summary>n.</summary>
    public int Count => _linear.Length;

    public int Lanes { get; }

    public long MeanDegree => _column.Length / Math.Max(1, Count);

    /// <summary>f, [n, lanes].</summary>
    public T[] Field { get; }

    /// <summary>-x, [n, lanes]: flipping changes the energy by (f ^ mask) - mask.</summary>
    public T[] Mask { get; }

    /// <summary>Energies here are this times those of the fields that they were made from.</summary>
    public double Unit { get; }

    public ReadOnlySpan<int> NeighboursOf(int i) => _column.AsSpan(_start[i].._start[i + 1]);

    /// <summary>
    /// True when flipping all variables changes no energy: linear[i] = -Σ w[i, j] / 2 for all of them, as in a cut.
    /// </summary>
    public bool IsSymmetric
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                var twice = 2 * long.CreateTruncating(_linear[i]);
                for (var k = _start[i]; k < _start[i + 1]; k++)
                    twice += long.CreateTruncating(_weight[k]);
                if (twice != 0)
                    return false;
            }
            return true;
        }
    }

    /// <summary>Takes an assignment into a lane. O(n + m).</summary>
    public void Load(int lane, ReadOnlySpan<sbyte> bits)
    {
        for (var i = 0; i < Count; i++)
            Mask[i * Lanes + lane] = T.CreateTruncating(-bits[i]);
        for (var i = 0; i < Count; i++)
            Field[i * Lanes + lane] = FieldOf(i, bits);
    }

    public void CopyBits(int lane, Span<sbyte> bits)
    {
        for (var i = 0; i < Count; i++)
            bits[i] = (sbyte)(Mask[i * Lanes + lane] == T.Zero ? 0 : 1);
    }

    /// <summary>Of any assignment. O(n + m).</summary>
    public long Energy(ReadOnlySpan<sbyte> bits)
    {
        var twice = 0L;
        for (var i = 0; i < Count; i++)
            if (bits[i] != 0)
                twice += long.CreateTruncating(_linear[i]) + long.CreateTruncating(FieldOf(i, bits));
        return twice / 2;
    }

    /// <summary>Of every lane, from its fields: Σ x·(linear + f) / 2. O(n · lanes).</summary>
    public void Energies(Span<long> energies)
    {
        energies.Clear();
        for (var at = 0; at < Lanes; at += Vector256<T>.Count)
        for (var first = 0; first < Count; first += RowsOfInts)
            AddTwice(at, first, Math.Min(first + RowsOfInts, Count), energies[at..]);
        foreach (ref var energy in energies)
            energy /= 2;
    }

    /// <summary>Adds x·(linear + f) of some rows to the energies of one vector of lanes. Two fields fit in a T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTwice(int at, int first, int end, Span<long> energies)
    {
        ref var field = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Field), at);
        ref var mask = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Mask), at);
        var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (lowLong, highLong) = (Vector256<long>.Zero, Vector256<long>.Zero);
        for (var i = first; i < end; i++)
        {
            var row = (nuint)(i * (long)Lanes);
            var sum =
                (Vector256.LoadUnsafe(ref field, row) + Vector256.Create(_linear[i]))
                & Vector256.LoadUnsafe(ref mask, row);
            if (typeof(T) == typeof(short))
            {
                var (a, b) = Vector256.Widen(sum.AsInt16());
                (low, high) = (low + a, high + b);
            }
            else
            {
                var (a, b) = Vector256.Widen(sum.AsInt32());
                (lowLong, highLong) = (lowLong + a, highLong + b);
            }
        }
        if (typeof(T) == typeof(short))
            for (var k = 0; k < Vector256<int>.Count; k++)
            {
                energies[k] += low[k];
                energies[Vector256<int>.Count + k] += high[k];
            }
        else
            for (var k = 0; k < Vector256<long>.Count; k++)
            {
                energies[k] += lowLong[k];
                energies[Vector256<long>.Count + k] += highLong[k];
            }
    }

    /// <summary>Flips a variable in one lane. Returns the change of its energy.</summary>
    public long Flip(int i, int lane)
    {
        ref var mask = ref Mask[i * (long)Lanes + lane];
        var delta = long.CreateTruncating((Field[i * (long)Lanes + lane] ^ mask) - mask);
        var old = mask;
        mask = ~mask;
        for (var k = _start[i]; k < _start[i + 1]; k++)
            Field[_column[k] * (long)Lanes + lane] += (_weight[k] ^ old) - old;
        return delta;
    }

    /// <summary>Adds couplings times <paramref name="steps"/> [lanes], the changes of x, to the neighbours' fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddToNeighbours(int i, ref T steps)
    {
        ref var field = ref MemoryMarshal.GetArrayDataReference(Field);
        var end = _start[i + 1];
        for (var k = _start[i]; k < end; k++)
        {
            ref var row = ref Unsafe.Add(ref field, (nint)(_column[k] * (long)Lanes));
            var weight = Vector256.Create(_weight[k]);
            for (nuint at = 0; at < (nuint)Lanes; at += (nuint)Vector256<T>.Count)
                (Vector256.LoadUnsafe(ref row, at) + weight * Vector256.LoadUnsafe(ref steps, at)).StoreUnsafe(
                    ref row,
                    at
                );
        }
    }

    private T FieldOf(int i, ReadOnlySpan<sbyte> bits)
    {
        var field = _linear[i];
        for (var k = _start[i]; k < _start[i + 1]; k++)
            if (bits[_column[k]] != 0)
                field += _weight[k];
        return field;
    }
}
