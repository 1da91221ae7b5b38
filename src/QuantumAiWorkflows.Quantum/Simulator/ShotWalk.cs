using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Shots of a distribution that is told in ascending order of its strings, some at a time. Exact: sorted uniform numbers,
/// drawn sorted as normalized sums of exponential ones, walk along the cumulative probabilities once. O(strings + shots).
/// </summary>
internal sealed class ShotWalk
{
    private readonly double[] _positions;

    /// <summary>What the sorted positions are measured in: the sum of one more exponential number than there are shots.</summary>
    private readonly double _sum;
    private readonly double _norm;
    private readonly List<(long Index, int Occurrences)> _counts = [];
    private double _cumulative;
    private int _drawn;
    private long _last;

    /// <param name="norm">Sum of all probabilities, 1 but for rounding.</param>
    public ShotWalk(Xoshiro256 random, int shots, double norm)
    {
        _norm = norm;
        _positions = new double[shots];
        for (var k = 0; k < shots; k++)
            _positions[k] = _sum -= Math.Log(1 - random.NextDouble());
        _sum -= Math.Log(1 - random.NextDouble());
    }

    /// <summary>Walks on along the probabilities of the strings from <paramref name="first"/> on.</summary>
    public void Pass(long first, ReadOnlySpan<double> probabilities)
    {
        for (var k = 0; k < probabilities.Length && _drawn < _positions.Length; k++)
        {
            if (probabilities[k] <= 0)
                continue;
            _last = first + k;
            _cumulative += probabilities[k];
            var before = _drawn;
            while (_drawn < _positions.Length && _positions[_drawn] * _norm < _cumulative * _sum)
                _drawn++;
            if (_drawn > before)
                _counts.Add((_last, _drawn - before));
        }
    }

    /// <summary>How often each string came, ascending; only those that did.</summary>
    public List<(long Index, int Occurrences)> Counts()
    {
        // A position within rounding of the norm's end belongs to the last string with a probability.
        var rest = _positions.Length - _drawn;
        _drawn = _positions.Length;
        if (rest > 0 && _counts is [.., var end] && end.Index == _last)
            _counts[^1] = (_last, end.Occurrences + rest);
        else if (rest > 0)
            _counts.Add((_last, rest));
        return _counts;
    }
}
