using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>
/// Moves on a sparse problem: a flip changes the energy changes of its neighbours and the least scores of their blocks, and a
/// pick looks at one row per block. O(degree · 8 + n / 128) vectors instead of n.
/// </summary>
/// <remarks>Of the fields only the lists of neighbours are used.</remarks>
internal sealed class SparseMoves<T> : FlipMoves
    where T : unmanaged, INumber<T>
{
    private readonly LocalFields<T> _fields;
    private readonly T[] _change;
    private readonly T[] _sign;
    private readonly bool[] _isBarred;
    private readonly LeastBlocks<T> _scores;
    private readonly ulong[] _stale;
    private readonly int[] _aspiring;

    public SparseMoves(LocalFields<T> fields)
        : base(fields.Count)
    {
        _fields = fields;
        _change = new T[Count];
        _sign = new T[Count];
        _isBarred = new bool[Count];
        _scores = new(Count);
        _stale = new ulong[_scores.Least.Length / LeastBlocks<T>.Lanes / 64 + 1];
        _aspiring = new int[Count];
        Reset([]);
    }

    public override double Drift => double.CreateTruncating(LocalFields<T>.Drift);

    public override bool IsOne(int i) => T.IsNegative(_sign[i]);

    public override double Delta(int i) => double.CreateTruncating(_change[i]);

    public override void Bar(int i)
    {
        _isBarred[i] = true;
        _scores.Score[i] = LocalFields<T>.Wall;
        MakeStale(i);
    }

    public override void Free(int i)
    {
        _isBarred[i] = false;
        _scores.Score[i] = _change[i];
        MakeStale(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Flip(int i)
    {
        Energy += double.CreateTruncating(_change[i]);
        var by = _sign[i];
        _sign[i] = -by;
        Set(i, -_change[i]);
        ref var column = ref MemoryMarshal.GetArrayDataReference(_fields.Column);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(_fields.Weight);
        var end = _fields.Start[i + 1];
        for (var k = _fields.Start[i]; k < end; k++)
        {
            var j = Unsafe.Add(ref column, k);
            Set(j, _change[j] + by * _sign[j] * Unsafe.Add(ref weight, k));
        }
    }

    public override int Step(int k, double aspiration, ReadOnlySpan<int> barred, Xoshiro256 random)
    {
        Flip(k);
        RefreshStale();
        var minimum = _scores.Minimum();
        var aspiring = 0;
        var below = T.CreateSaturating(aspiration);
        foreach (var i in barred)
        {
            var change = _change[i];
            if (change >= below || change > minimum)
                continue;
            if (change < minimum)
                (minimum, aspiring) = (change, 0);
            _aspiring[aspiring++] = i;
        }
        return minimum >= LocalFields<T>.Wall ? -1 : _scores.Pick(minimum, _aspiring.AsSpan(0, aspiring), random);
    }

    public override void Reset(ReadOnlySpan<sbyte> bits)
    {
        Energy = 0;
        _isBarred.AsSpan().Clear();
        _sign.AsSpan().Fill(T.One);
        _fields.Linear.CopyTo(_change);
        _change.CopyTo(_scores.Score, 0);
        _stale.AsSpan().Fill(ulong.MaxValue);
        FlipTo(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int i, T change)
    {
        _change[i] = change;
        if (_isBarred[i])
            return;
        _scores.Score[i] = change;
        MakeStale(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MakeStale(int i)
    {
        var block = (uint)i / (uint)LeastBlocks<T>.Block;
        _stale[block / 64] |= 1UL << (int)(block % 64);
    }

    private void RefreshStale()
    {
        var blocks = _scores.Least.Length / LeastBlocks<T>.Lanes;
        for (var word = 0; word < _stale.Length; word++)
        {
            for (var bits = _stale[word]; bits != 0; bits &= bits - 1)
            {
                var block = 64 * word + BitOperations.TrailingZeroCount(bits);
                if (block < blocks)
                    _scores.Refresh(block);
            }
            _stale[word] = 0;
        }
    }
}
