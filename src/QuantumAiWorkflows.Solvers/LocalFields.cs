using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Makes <see cref="LocalFields{T}"/> of a problem, in whole numbers where they carry it.</summary>
internal static class LocalFields
{
    /// <summary>Fields are padded to a multiple of this: one vector of int, two of double.</summary>
    public const int Lanes = 8;

    /// <summary>From this density on a dense row is faster than scattered additions, as long as the matrix stays in cache.</summary>
    private const double DenseFrom = 0.08;

    /// <summary>
    /// The same for a matrix that does not: then bytes count, and a neighbour in a list takes the room of two in a row.
    /// Measured at n = 2500: 1.6 µs a flip against 0.4 at density 0.12.
    /// </summary>
    private const double DenseBeyondCacheFrom = 0.4;

    private const long CacheBytes = 8_000_000;

    /// <summary>Keeps fields, and sums of two of them, inside an int.</summary>
    private const long LargestWholeField = 1 << 28;

    private const long DefaultMatrixBytes = 512_000_000;

    /// <summary>
    /// What some ten thousand additions may have rounded, of a field that is at most 1. A double has 2^-53; a variable whose coefficients are
    /// small beside others has its own.
    /// </summary>
    internal const double RealDrift = 1e-11;

    /// <summary>Null when the coefficients are not whole, not even scaled, or too large.</summary>
    public static LocalFields<int>? Whole(QuboProblem problem, int? memoryMegabytes)
    {
        if (IntegerModel.Exact(problem) is not { LargestField: <= LargestWholeField } model)
            return null;
        var pairs = problem.Model.Neighbours;
        // Adjacency lists the pairs in two passes, smaller neighbours first: the weights are laid out the same way.
        var next = pairs.Start[..^1];
        var weight = new int[pairs.Column.Length];
        for (var k = 0; k < model.Value.Length; k++)
            weight[next[model.Column[k]]++] = (int)model.Value[k];
        for (var k = 0; k < model.Value.Length; k++)
            weight[next[model.Row[k]]++] = (int)model.Value[k];
        var linear = Array.ConvertAll(model.Linear, c => (int)c);
        var below = new int[linear.Length];
        below.AsSpan().Fill(-1);
        return new(linear, pairs, weight, below, model.Scale, IsDense<int>(problem.Model, memoryMegabytes));
    }

    public static LocalFields<double> Real(QuboProblem problem, int? memoryMegabytes)
    {
        var model = problem.Model;
        var pairs = model.Neighbours;
        var largest = 0.0;
        var sums = new double[model.NumVariables];
        for (var i = 0; i < model.NumVariables; i++)
        {
            var sum = Math.Abs(model.Terms.Linear[i]);
            for (var k = pairs.Start[i]; k < pairs.Start[i + 1]; k++)
                sum += Math.Abs(pairs.Weight[k]);
            sums[i] = sum;
            largest = Math.Max(largest, sum);
        }
        // A power of two rounds nothing but what vanishes beside the largest coefficient.
        var exponent = largest == 0 ? 0 : -Math.ILogB(Math.Min(largest, double.MaxValue));
        return new(
            Array.ConvertAll(model.Terms.Linear, c => Math.ScaleB(c, exponent)),
            pairs,
            Array.ConvertAll(pairs.Weight, c => Math.ScaleB(c, exponent)),
            Array.ConvertAll(sums, c => -Math.Max(RealDrift * Math.ScaleB(c, exponent), double.Epsilon)),
            Math.ScaleB(1, Math.Min(exponent, 1023)),
            IsDense<double>(model, memoryMegabytes)
        );
    }

    private static bool IsDense<T>(BinaryModel model, int? memoryMegabytes)
    {
        var bytes = (double)model.NumVariables * (model.NumVariables + Lanes) * Unsafe.SizeOf<T>();
        return model.Density >= (bytes <= CacheBytes ? DenseFrom : DenseBeyondCacheFrom)
            && bytes <= Math.Min(DefaultMatrixBytes, 500_000L * memoryMegabytes ?? long.MaxValue);
    }
}

/// <summary>
/// An assignment under one-bit flips: for every variable its field f[i] = linear[i] + Σ w[i, j]·x[j] and its sign
/// σ[i] = 1 - 2·x[i], so that flipping i changes the energy by σ[i]·f[i]. A flip adds a row of couplings to the fields:
/// O(degree) on sparse problems, n / <see cref="LocalFields.Lanes"/> vector additions on dense ones.
/// </summary>
/// <typeparam name="T">
/// int where coefficients are whole and small enough (twice the lanes, no drift), else double, scaled by a power of two
/// so that no field exceeds 2.
/// </typeparam>
/// <remarks>
/// Arrays are padded to a multiple of <see cref="LocalFields.Lanes"/>; padding has the field <see cref="Wall"/> and no couplings, so
/// that no method flips it.
/// </remarks>
internal sealed class LocalFields<T>
    where T : unmanaged, INumber<T>
{
    private readonly T[] _linear;

    internal LocalFields(T[] linear, Adjacency pairs, T[] weight, T[] below, double scale, bool isDense)
    {
        Count = linear.Length;
        Below = new T[(Count + LocalFields.Lanes - 1) / LocalFields.Lanes * LocalFields.Lanes];
        below.CopyTo(Below, 0);
        _linear = new T[(Count + LocalFields.Lanes - 1) / LocalFields.Lanes * LocalFields.Lanes];
        _linear.AsSpan(Count).Fill(Wall);
        linear.CopyTo(_linear, 0);
        Start = pairs.Start;
        Column = pairs.Column;
        Weight = weight;
        Scale = scale;
        Field = new T[_linear.Length];
        Sign = new T[_linear.Length];
        Matrix = isDense ? ToMatrix() : null;
        Reset([]);
    }

    /// <summary>n, without padding.</summary>
    public int Count { get; }

    /// <summary>[n].</summary>
    public ReadOnlySpan<T> Linear => _linear.AsSpan(0, Count);

    /// <summary>[n, padded] row-major; null on sparse problems.</summary>
    public T[]? Matrix { get; }

    public int[] Start { get; }
    public int[] Column { get; }
    public T[] Weight { get; }

    /// <summary>f, [padded].</summary>
    public T[] Field { get; }

    /// <summary>σ, [padded].</summary>
    public T[] Sign { get; }

    /// <summary>
    /// [padded]: a change of energy that is at most this is a decrease, and no rounding: -1 for whole numbers, else -<see cref="LocalFields.RealDrift"/>
    /// times the sum of the variable's own coefficients.
    /// </summary>
    public T[] Below { get; }

    /// <summary>Energies here are this times those of the problem.</summary>
    public double Scale { get; }

    /// <summary>Above every energy change of a flip, and half of what T can hold.</summary>
    public static T Wall => typeof(T) == typeof(int) ? T.CreateTruncating(1 << 30) : T.CreateTruncating(1e300);

    /// <summary>A change of energy that is no more than rounding: 0 for whole numbers.</summary>
    public static T Drift => typeof(T) == typeof(int) ? T.Zero : T.CreateTruncating(LocalFields.RealDrift);

    public int Padded => Field.Length;

    /// <summary>Takes an assignment and computes its fields afresh. O(n + m).</summary>
    public void Reset(ReadOnlySpan<sbyte> bits)
    {
        _linear.CopyTo(Field, 0);
        Sign.AsSpan().Fill(T.One);
        for (var i = 0; i < bits.Length; i++)
            if (bits[i] == 1)
                Flip(i);
    }

    public void CopyBits(Span<sbyte> bits)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (sbyte)(T.IsNegative(Sign[i]) ? 1 : 0);
    }

    /// <summary>Energy change if i were flipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Delta(int i) => Sign[i] * Field[i];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flip(int i)
    {
        var sign = Sign[i];
        Sign[i] = -sign;
        if (Matrix is null)
            AddSparse(i, sign);
        else
            AddDense(i, sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSparse(int i, T sign)
    {
        var end = Start[i + 1];
        ref var field = ref MemoryMarshal.GetArrayDataReference(Field);
        ref var column = ref MemoryMarshal.GetArrayDataReference(Column);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(Weight);
        // Bounds are those of Adjacency, checked once by its making: columns are below n.
        for (var k = Start[i]; k < end; k++)
            Unsafe.Add(ref field, Unsafe.Add(ref column, k)) += sign * Unsafe.Add(ref weight, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDense(int i, T sign)
    {
        ref var field = ref MemoryMarshal.GetArrayDataReference(Field);
        ref var row = ref Matrix![i * (long)Padded];
        var by = Vector256.Create(sign);
        var end = (nuint)Padded;
        for (nuint j = 0; j < end; j += (nuint)Vector256<T>.Count)
            (Vector256.LoadUnsafe(ref field, j) + by * Vector256.LoadUnsafe(ref row, j)).StoreUnsafe(ref field, j);
    }

    private T[] ToMatrix()
    {
        var matrix = new T[Count * (long)Padded];
        for (var i = 0; i < Count; i++)
        for (var k = Start[i]; k < Start[i + 1]; k++)
            matrix[i * (long)Padded + Column[k]] = Weight[k];
        return matrix;
    }
}
