using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>
/// An assignment under one-bit flips, with the energy change of every flip and a quick answer to "which is the least of those
/// that are not barred": what tabu search and path relinking stand on. Energies are those of the model times a scale, its
/// constant left out; whole where the coefficients are.
/// </summary>
internal abstract class FlipMoves(int count)
{
    /// <summary>From this density on a row of the matrix is cheaper than a list of neighbours: a byte or two against eight.</summary>
    private const double DenseFrom = 0.04;

    /// <summary>Of whole numbers, so that energy changes, with the mark of a barred variable upon them, fit an int.</summary>
    private const long LargestWholeField = 1 << 28;

    private const long DefaultMatrixBytes = 512_000_000;

    /// <summary>n.</summary>
    public int Count { get; } = count;

    /// <summary>Of the present assignment; 0 with all bits 0.</summary>
    public double Energy { get; protected set; }

    /// <summary>A change of energy that is no more than rounding: 0 for whole numbers.</summary>
    public abstract double Drift { get; }

    public static FlipMoves Of(QuboProblem problem, int? memoryMegabytes)
    {
        var n = (double)problem.NumVariables;
        var density = n < 2 ? 0 : problem.NumInteractions / (0.5 * n * (n - 1));
        if (
            density >= DenseFrom
            && IntegerModel.Exact(problem) is { } model
            && model.LargestField <= LargestWholeField
            && DenseMoves.Of(model, Math.Min(DefaultMatrixBytes, 500_000L * memoryMegabytes ?? long.MaxValue))
                is { } dense
        )
            return dense;
        return LocalFields.Whole(problem, memoryMegabytes) is { } whole
            ? Of(whole)
            : Of(LocalFields.Real(problem, memoryMegabytes));
    }

    private static FlipMoves Of<T>(LocalFields<T> fields)
        where T : unmanaged, INumber<T> =>
        fields.Matrix is null ? new SparseMoves<T>(fields) : new FieldMoves<T>(fields);

    public abstract bool IsOne(int i);

    /// <summary>Energy change if i were flipped.</summary>
    public abstract double Delta(int i);

    public abstract void Flip(int i);

    /// <summary>A barred variable is not picked, unless it aspires.</summary>
    public abstract void Bar(int i);

    public abstract void Free(int i);

    /// <summary>
    /// Flips <paramref name="k"/> and returns the variable of the least change: one that is not barred, or one whose change is
    /// below <paramref name="aspiration"/>; each of several equal ones with equal probability. -1 when there is none.
    /// </summary>
    /// <param name="barred">All barred variables, each once.</param>
    public abstract int Step(int k, double aspiration, ReadOnlySpan<int> barred, Xoshiro256 random);

    /// <summary>Takes an assignment and computes its changes afresh; all variables are free.</summary>
    public abstract void Reset(ReadOnlySpan<sbyte> bits);

    /// <summary>
    /// Takes an assignment when no variable is barred: by flips of what differs, or afresh where flips leave rounding behind.
    /// </summary>
    public void MoveTo(ReadOnlySpan<sbyte> bits)
    {
        if (Drift > 0)
            Reset(bits);
        else
            FlipTo(bits);
    }

    protected void FlipTo(ReadOnlySpan<sbyte> bits)
    {
        for (var i = 0; i < bits.Length; i++)
            if (bits[i] == 1 != IsOne(i))
                Flip(i);
    }

    public void CopyBits(Span<sbyte> bits)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (sbyte)(IsOne(i) ? 1 : 0);
    }
}
