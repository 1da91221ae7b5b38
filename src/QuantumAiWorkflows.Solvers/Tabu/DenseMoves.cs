using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>Makes <see cref="DenseMoves{TRow}"/> with the narrowest rows that hold the couplings.</summary>
internal static class DenseMoves
{
    /// <summary>Null when the matrix would take more than <paramref name="matrixBytes"/>.</summary>
    public static FlipMoves? Of(IntegerModel model, long matrixBytes)
    {
        // Twice a whole number, as symmetric matrices give: divided by what all have in common they often fit a byte.
        var unit = 0L;
        var largest = 0L;
        foreach (var value in model.Value)
        {
            largest = Math.Max(largest, Math.Abs(value));
            if (unit != 1)
                unit = CommonDivisor(unit, Math.Abs(value));
        }
        unit = Math.Max(unit, 1);
        var entries = (double)model.Linear.Length * Padded(model.Linear.Length);
        if (entries > Array.MaxLength)
            return null;
        return (largest / unit) switch
        {
            <= sbyte.MaxValue when entries <= matrixBytes => new DenseMoves<sbyte>(model, (int)unit),
            <= short.MaxValue when 2 * entries <= matrixBytes => new DenseMoves<short>(model, (int)unit),
            _ when 4 * entries <= matrixBytes => new DenseMoves<int>(model, (int)unit),
            _ => null,
        };
    }

    /// <summary>n in whole blocks.</summary>
    public static int Padded(int count) =>
        (count + LeastBlocks<int>.Block - 1) / LeastBlocks<int>.Block * LeastBlocks<int>.Block;

    private static long CommonDivisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}

/// <summary>
/// Whole couplings as rows of a full matrix. A flip costs n / 16 vector additions, see <see cref="DenseStep"/>; a barred
/// variable's change stands <see cref="LocalFields{T}.Wall"/> higher, above all others.
/// </summary>
internal sealed class DenseMoves<TRow> : FlipMoves
    where TRow : unmanaged, INumber<TRow>
{
    private readonly TRow[] _matrix;
    private readonly int[] _linear;
    private readonly int[] _sign;
    private readonly int _unit;
    private readonly int _padded;
    private readonly LeastBlocks<int> _changes;
    private readonly int[] _aspiring;

    public DenseMoves(IntegerModel model, int unit)
        : base(model.Linear.Length)
    {
        _unit = unit;
        _padded = DenseMoves.Padded(Count);
        _matrix = new TRow[(long)Count * _padded];
        for (var k = 0; k < model.Value.Length; k++)
        {
            var value = TRow.CreateTruncating(model.Value[k] / unit);
            _matrix[model.Row[k] * (long)_padded + model.Column[k]] = value;
            _matrix[model.Column[k] * (long)_padded + model.Row[k]] = value;
        }
        _linear = Array.ConvertAll(model.Linear, c => (int)c);
        _sign = new int[_padded];
        _changes = new(Count);
        _aspiring = new int[Count];
        Reset([]);
    }

    public override double Drift => 0;

    public override bool IsOne(int i) => _sign[i] < 0;

    public override double Delta(int i) => Change(i);

    public override void Bar(int i)
    {
        if (_changes.Score[i] < Wall / 2)
            Mark(i, Wall);
    }

    public override void Free(int i)
    {
        if (_changes.Score[i] >= Wall / 2)
            Mark(i, -Wall);
    }

    public override void Flip(int i)
    {
        var by = _sign[i] < 0 ? -1 : 1;
        Energy += Change(i);
        _changes.Score[i] -= 2 * Change(i);
        _sign[i] = -_sign[i];
        DenseStep.Add(ref _matrix[i * (long)_padded], by, _sign, _changes.Score, _changes.Least);
    }

    public override int Step(int k, double aspiration, ReadOnlySpan<int> barred, Xoshiro256 random)
    {
        Flip(k);
        var minimum = _changes.Minimum();
        var aspiring = 0;
        var below = aspiration <= int.MinValue ? int.MinValue : (int)Math.Min(aspiration, Wall / 4);
        foreach (var i in barred)
        {
            var change = _changes.Score[i] - Wall;
            if (change >= below || change > minimum)
                continue;
            if (change < minimum)
                (minimum, aspiring) = (change, 0);
            _aspiring[aspiring++] = i;
        }
        return minimum >= Wall / 2 ? -1 : _changes.Pick(minimum, _aspiring.AsSpan(0, aspiring), random);
    }

    public override void Reset(ReadOnlySpan<sbyte> bits)
    {
        Energy = 0;
        _sign.AsSpan().Fill(_unit);
        _linear.CopyTo(_changes.Score, 0);
        _changes.Score.AsSpan(Count).Fill(Wall);
        FlipTo(bits);
        for (var block = 0; block < _padded / LeastBlocks<int>.Block; block++)
            _changes.Refresh(block);
    }

    private static int Wall => LocalFields<int>.Wall;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Change(int i)
    {
        var change = _changes.Score[i];
        return change >= Wall / 2 ? change - Wall : change;
    }

    private void Mark(int i, int by)
    {
        _changes.Score[i] += by;
        _changes.Refresh(i / LeastBlocks<int>.Block);
    }
}
