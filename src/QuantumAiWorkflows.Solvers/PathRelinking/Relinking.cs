using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.PathRelinking;

/// <summary>A walk from one assignment towards another, a flip of a variable in which they differ at a time.</summary>
internal sealed class Relinking(FlipMoves moves, SolveContext context, Xoshiro256 random)
{
    /// <summary>Nearer to an end than this share of the distance a search from there would only fall back to that end.</summary>
    private const int EndShare = 3;

    /// <summary>Flips compared in a greedy step: with all of them long paths would take time in the square of their length.</summary>
    private const int Candidates = 1000;

    private const int PollSteps = 32;

    private readonly int[] _left = new int[moves.Count];
    private readonly int[] _taken = new int[moves.Count];

    /// <summary>
    /// Leaves the moves at the best assignment of the path's middle third. False when the two are too near to each other for a
    /// middle, or the budget ended. An evaluation is one flip compared.
    /// </summary>
    public bool Walk(ReadOnlySpan<sbyte> from, ReadOnlySpan<sbyte> to, bool isGreedy)
    {
        var distance = 0;
        for (var i = 0; i < from.Length; i++)
            if (from[i] != to[i])
                _left[distance++] = i;
        var first = distance / EndShare;
        if (first < 1)
            return false;

        moves.MoveTo(from);
        var (best, bestLength, left) = (double.PositiveInfinity, 0, distance);
        for (var length = 1; length <= distance - first; length++)
        {
            var compared = isGreedy ? Math.Min(left, Candidates) : 1;
            if (context.EvaluationsLeft < compared || (length % PollSteps == 0 && context.ShouldStop()))
                return false;
            context.CountEvaluations(compared);
            var at = isGreedy ? Least(left, compared) : random.NextInt32(left);
            var flipped = _left[at];
            _left[at] = _left[--left];
            _taken[length - 1] = flipped;
            moves.Flip(flipped);
            if (length >= first && moves.Energy < best)
                (best, bestLength) = (moves.Energy, length);
        }
        for (var length = distance - first; length > bestLength; length--)
            moves.Flip(_taken[length - 1]);
        return true;
    }

    /// <summary>The place of the least change among some of the <paramref name="left"/> flips, from a random one on; any of equal ones.</summary>
    private int Least(int left, int compared)
    {
        var start = compared == left ? 0 : random.NextInt32(left);
        var (least, at, ties) = (double.PositiveInfinity, start, 0);
        for (var k = 0; k < compared; k++)
        {
            var place = start + k < left ? start + k : start + k - left;
            var change = moves.Delta(_left[place]);
            if (change < least)
                (least, at, ties) = (change, place, 1);
            else if (change == least && random.NextInt32(++ties) == 0)
                at = place;
        }
        return at;
    }
}
