using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// The couplings of a problem in single precision, for methods that keep <see cref="Lanes"/> states of continuous spins
/// in [-1, 1] side by side: a coupling is loaded once and serves all of them. Energies are Σ h[i]·s[i] + Σ J[i, j]·s[i]·s[j]
/// for s = 2x - 1, in a unit in which the field h[i] + Σ J[i, j]·s[j] over random spins has a mean square of 1 over all i.
/// </summary>
/// <remarks>
/// A coupling costs a broadcast, two fused multiply-adds and 8 bytes. Measured on a core of AVX2: 49 Gflop/s at n = 1000 and
/// density 1, so 0.7 ms for a pass over all variables of 16 states, and half of that rate at n = 5000 and density 0.1, where
/// states and couplings come from the caches beyond the first.
/// </remarks>
internal sealed class SpinLanes
{
    /// <summary>States side by side: two vectors of float.</summary>
    public const int Lanes = 16;

    private readonly int[] _start;
    private readonly int[] _column;
    private readonly float[] _coupling;
    private readonly float[] _field;

    private SpinLanes(int[] start, int[] column, float[] coupling, float[] field, double unit)
    {
        (_start, _column, _coupling, _field, Unit) = (start, column, coupling, field, unit);
    }

    /// <summary>n.</summary>
    public int Count => _field.Length;

    /// <summary>Directed couplings, two for each interaction.</summary>
    public long Couplings => _column.Length;

    /// <summary>The root mean square field in units of the <see cref="LocalFields{T}"/> that this was made from; 1 where all are 0.</summary>
    public double Unit { get; }

    public static SpinLanes From<T>(LocalFields<T> model)
        where T : unmanaged, INumber<T>
    {
        model.Reset([]);
        var unit = RootMeanSquareField(model);
        var field = new float[model.Count];
        for (var i = 0; i < field.Length; i++)
            field[i] = (float)(MeanField(model, i) / unit);
        return new(
            model.Start,
            model.Column,
            Array.ConvertAll(model.Weight, w => (float)(double.CreateTruncating(w) / (4 * unit))),
            field,
            unit
        );
    }

    /// <summary>Of h[i] + Σ J[i, j]·s[j] over all i and random spins, in units of the fields; 1 where all are 0. O(n + m).</summary>
    /// <param name="model">At the assignment of zeros.</param>
    public static double RootMeanSquareField<T>(LocalFields<T> model)
        where T : unmanaged, INumber<T>
    {
        var sum = 0.0;
        for (var i = 0; i < model.Count; i++)
        {
            var mean = MeanField(model, i);
            sum += mean * mean;
            for (var k = model.Start[i]; k < model.Start[i + 1]; k++)
            {
                var coupling = double.CreateTruncating(model.Weight[k]) / 4;
                sum += coupling * coupling;
            }
        }
        return sum == 0 ? 1 : Math.Sqrt(sum / model.Count);
    }

    /// <summary>h[i] + Σ J[i, j]·s[j] for all lanes; <paramref name="spins"/> has shape [n, Lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<float> Low, Vector256<float> High) Field(int i, ref float spins)
    {
        ref var coupling = ref MemoryMarshal.GetArrayDataReference(_coupling);
        ref var column = ref MemoryMarshal.GetArrayDataReference(_column);
        var (low, high) = (Vector256.Create(_field[i]), Vector256.Create(_field[i]));
        var (low1, high1, low2, high2) = (
            Vector256<float>.Zero,
            Vector256<float>.Zero,
            Vector256<float>.Zero,
            Vector256<float>.Zero
        );
        // Three sums, as each addition waits four cycles for the one before. Columns are below n, see Adjacency.
        var (k, end) = (_start[i], _start[i + 1]);
        for (; k + 3 <= end; k += 3)
        {
            ref var a = ref Unsafe.Add(ref spins, Unsafe.Add(ref column, k) * (nint)Lanes);
            ref var b = ref Unsafe.Add(ref spins, Unsafe.Add(ref column, k + 1) * (nint)Lanes);
            ref var c = ref Unsafe.Add(ref spins, Unsafe.Add(ref column, k + 2) * (nint)Lanes);
            var by = Vector256.Create(Unsafe.Add(ref coupling, k));
            low = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref a), low);
            high = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref a, 8), high);
            by = Vector256.Create(Unsafe.Add(ref coupling, k + 1));
            low1 = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref b), low1);
            high1 = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref b, 8), high1);
            by = Vector256.Create(Unsafe.Add(ref coupling, k + 2));
            low2 = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref c), low2);
            high2 = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref c, 8), high2);
        }
        for (; k < end; k++)
        {
            ref var a = ref Unsafe.Add(ref spins, Unsafe.Add(ref column, k) * (nint)Lanes);
            var by = Vector256.Create(Unsafe.Add(ref coupling, k));
            low = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref a), low);
            high = Vector256.FusedMultiplyAdd(by, Vector256.LoadUnsafe(ref a, 8), high);
        }
        return (low + (low1 + low2), high + (high1 + high2));
    }

    /// <summary>What <see cref="Field"/> computes, for one lane and in double precision: its specification.</summary>
    public double FieldScalar(int i, ReadOnlySpan<float> spins, int lane)
    {
        double sum = _field[i];
        for (var k = _start[i]; k < _start[i + 1]; k++)
            sum += (double)_coupling[k] * spins[_column[k] * Lanes + lane];
        return sum;
    }

    /// <summary>The assignment of a lane's signs; a spin of exactly 0 is a 1.</summary>
    public static void CopyBits(ReadOnlySpan<float> spins, int lane, Span<sbyte> bits)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (sbyte)(spins[i * Lanes + lane] >= 0 ? 1 : 0);
    }

    /// <summary>The mean of variable i's field in bits, over both values of every neighbour, as one of spins: half of it.</summary>
    private static double MeanField<T>(LocalFields<T> model, int i)
        where T : unmanaged, INumber<T>
    {
        var sum = double.CreateTruncating(model.Field[i]);
        for (var k = model.Start[i]; k < model.Start[i + 1]; k++)
            sum += double.CreateTruncating(model.Weight[k]) / 2;
        return sum / 2;
    }
}
