using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Costs of strings, chunk by chunk, without a table of all 2^n. A chunk is all strings with the same outer bits:
/// C = local(i) + constant + Σ field[j]·z[j], where local holds the couplings between the chunk's own bits (the same in
/// every chunk), and constant and fields follow from the outer bits.
/// </summary>
internal sealed unsafe class ChunkCosts : IDisposable
{
    /// <summary>Doubled fields, and three sums for <see cref="Row"/>.</summary>
    public const int RowLength = 16;
    public const int RowBytes = RowLength * sizeof(double);

    /// <summary>So that half of a chunk's bits need tables of 2^5.</summary>
    public const int MostBits = 10;
    public const int MostHalf = 1 << (MostBits / 2);

    private readonly NativeArray<double> _local;
    private readonly NativeArray<double> _rows;

    /// <param name="order">Qubit of each bit of a string's number, the chunk's own bits first.</param>
    /// <param name="bits">Bits of a chunk, at most <see cref="MostBits"/>.</param>
    /// <param name="threads">That fill the tables.</param>
    /// <exception cref="StateTooLargeException"/>
    public ChunkCosts(ReadOnlySpan<int> order, int bits, IReadOnlyList<DiagonalTerm> terms, int threads)
    {
        Bits = bits;
        // Half of the bits each, but whole vectors in the lower half.
        LowerBits = Math.Min(bits, Math.Max((bits + 1) / 2, 4));
        Chunks = 1L << (order.Length - bits);
        var (fields, couplings) = Ordered(order, terms);
        _local = new(1L << bits);
        Diagonal.Fill(new(_local.First, 1 << bits), bits, Between(couplings, 0, bits));
        _rows = new(Chunks * RowLength);
        FillRows(fields, couplings, order.Length - bits, threads);
    }

    public int Bits { get; }

    /// <summary>Bits of a chunk that <see cref="Row"/> counts as its lower ones.</summary>
    public int LowerBits { get; }

    public long Chunks { get; }

    /// <summary>Costs of the couplings within a chunk, shape [2^Bits].</summary>
    public double* Local => _local.First;

    /// <summary>
    /// Of one chunk: 2·field[j] at j below <see cref="Bits"/>; then Σ field over the lower bits, and the constant plus and
    /// minus Σ field over the upper ones.
    /// </summary>
    public double* Row(long chunk) => _rows.First + chunk * RowLength;

    /// <summary>Writes the costs of a chunk's strings, or of their complements, to <paramref name="costs"/>, shape [2^Bits].</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(long chunk, bool isComplement, double* costs)
    {
        var row = Row(isComplement ? Chunks - 1 - chunk : chunk);
        var sign = isComplement ? -1.0 : 1.0;
        var lower = stackalloc double[MostHalf];
        var upper = stackalloc double[MostHalf];
        FillSums(row, LowerBits, sign * row[Bits], sign, lower);
        FillSums(row + LowerBits, Bits - LowerBits, row[Bits + (isComplement ? 2 : 1)], sign, upper);
        var length = 1 << LowerBits;
        for (var a = 0; a < 1 << (Bits - LowerBits); a++)
        {
            var target = costs + a * length;
            var local = Local + a * length;
            var b = 0;
            if (Vector512.IsHardwareAccelerated)
                for (; b + Vector512<double>.Count <= length; b += Vector512<double>.Count)
                    (Vector512.Load(local + b) + (Vector512.Load(lower + b) + Vector512.Create(upper[a]))).Store(
                        target + b
                    );
            for (; b + Vector256<double>.Count <= length; b += Vector256<double>.Count)
                (Vector256.Load(local + b) + (Vector256.Load(lower + b) + Vector256.Create(upper[a]))).Store(
                    target + b
                );
            for (; b < length; b++)
                target[b] = local[b] + (lower[b] + upper[a]);
        }
    }

    public void Dispose()
    {
        _local.Dispose();
        _rows.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillSums(double* doubledFields, int bits, double first, double sign, double* sums)
    {
        sums[0] = first;
        for (var j = 0; j < bits; j++)
        {
            var (half, field) = (1 << j, sign * doubledFields[j]);
            if (half >= Vector256<double>.Count)
                for (var i = 0; i < half; i += Vector256<double>.Count)
                    (Vector256.Load(sums + i) - Vector256.Create(field)).Store(sums + half + i);
            else
                for (var i = 0; i < half; i++)
                    sums[half + i] = sums[i] - field;
        }
    }

    private static (double[] Fields, double[,] Couplings) Ordered(
        ReadOnlySpan<int> order,
        IReadOnlyList<DiagonalTerm> terms
    )
    {
        var bitOf = new Dictionary<int, int>();
        for (var bit = 0; bit < order.Length; bit++)
            bitOf[order[bit]] = bit;
        var fields = new double[order.Length];
        var couplings = new double[order.Length, order.Length];
        foreach (var (first, second, weight) in terms)
        {
            // A qubit without a bit is 0 in all strings, z = +1.
            var i = bitOf.GetValueOrDefault(first, -1);
            var j = second < 0 ? -1 : bitOf.GetValueOrDefault(second, -1);
            if (Math.Min(i, j) >= 0)
                couplings[Math.Min(i, j), Math.Max(i, j)] += weight;
            else if (Math.Max(i, j) >= 0)
                fields[Math.Max(i, j)] += weight;
        }
        return (fields, couplings);
    }

    private static List<DiagonalTerm> Between(double[,] couplings, int first, int end)
    {
        var terms = new List<DiagonalTerm>();
        for (var i = first; i < end; i++)
        for (var j = i + 1; j < end; j++)
            if (couplings[i, j] != 0)
                terms.Add(new(i - first, j - first, couplings[i, j]));
        return terms;
    }

    private void FillRows(double[] fields, double[,] couplings, int outerBits, int threads)
    {
        var first = _rows.First;
        for (var j = 0; j < RowLength; j++)
            first[j] = 0;
        for (var j = 0; j < Bits; j++)
        {
            first[j] = fields[j];
            for (var q = Bits; q < Bits + outerBits; q++)
                first[j] += couplings[j, q];
        }
        for (var q = 0; q < outerBits; q++)
        for (var o = 0L; o < 1L << q; o++)
        {
            var known = Row(o);
            var flipped = Row(o + (1L << q));
            for (var j = 0; j < Bits; j++)
                flipped[j] = known[j] - 2 * couplings[j, Bits + q];
        }
        Parallel.For(
            0,
            Chunks,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            o => FinishRow(o, fields, couplings, outerBits)
        );
    }

    private void FinishRow(long outer, double[] fields, double[,] couplings, int outerBits)
    {
        var row = Row(outer);
        var (lower, upper, constant) = (0.0, 0.0, 0.0);
        for (var j = 0; j < Bits; j++)
        {
            if (j < LowerBits)
                lower += row[j];
            else
                upper += row[j];
            row[j] *= 2;
        }
        for (var q = 0; q < outerBits; q++)
        {
            var field = fields[Bits + q];
            for (var r = q + 1; r < outerBits; r++)
                field += (outer >> r & 1) == 0 ? couplings[Bits + q, Bits + r] : -couplings[Bits + q, Bits + r];
            constant += (outer >> q & 1) == 0 ? field : -field;
        }
        row[Bits] = lower;
        row[Bits + 1] = constant + upper;
        row[Bits + 2] = constant - upper;
        for (var j = Bits + 3; j < RowLength; j++)
            row[j] = 0;
    }
}
