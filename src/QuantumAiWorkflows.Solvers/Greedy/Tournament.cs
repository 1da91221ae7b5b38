using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Greedy;

/// <summary>
/// Keys of n players and who has the largest: a binary tree of winners. A changed key is O(log n), all of them O(n), the
/// largest O(1). Between equal keys the order of the leaves decides, which is a random permutation, new with every
/// <see cref="Shuffle"/>: so no variable is preferred for ever.
/// </summary>
internal sealed class Tournament<T>
    where T : unmanaged, INumber<T>
{
    private readonly int _leaves;
    private readonly int[] _winner;
    private readonly int[] _leaf;
    private readonly int[] _player;

    public Tournament(int players)
    {
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)players);
        _winner = new int[2 * _leaves];
        _winner.AsSpan().Fill(-1);
        _leaf = [.. Enumerable.Range(0, players)];
        _player = [.. Enumerable.Range(0, players)];
        Key = new T[players];
    }

    /// <summary>[n]; tell <see cref="Changed"/> of one that was changed, or <see cref="Play"/> after many were.</summary>
    public T[] Key { get; }

    /// <summary>The player with the largest key.</summary>
    public int Winner => _winner[1];

    /// <summary>Levels of the tree: what one changed key costs.</summary>
    public int Levels => BitOperations.Log2((uint)_leaves) + 1;

    public void Shuffle(Xoshiro256 random)
    {
        random.Shuffle(_player.AsSpan());
        for (var leaf = 0; leaf < _player.Length; leaf++)
            _leaf[_player[leaf]] = leaf;
    }

    /// <summary>All matches afresh.</summary>
    public void Play()
    {
        _player.CopyTo(_winner, _leaves);
        for (var node = _leaves - 1; node > 0; node--)
            _winner[node] = Better(_winner[2 * node], _winner[2 * node + 1]);
    }

    /// <summary>The matches of one player.</summary>
    public void Changed(int player)
    {
        for (var node = (_leaf[player] + _leaves) / 2; node > 0; node /= 2)
        {
            var winner = Better(_winner[2 * node], _winner[2 * node + 1]);
            // Someone else won before and still does: nothing above has changed.
            if (winner == _winner[node] && winner != player)
                return;
            _winner[node] = winner;
        }
    }

    /// <summary>-1 stands for no player, and only to the right of the others.</summary>
    private int Better(int left, int right) => right < 0 || Key[left] >= Key[right] ? left : right;
}
