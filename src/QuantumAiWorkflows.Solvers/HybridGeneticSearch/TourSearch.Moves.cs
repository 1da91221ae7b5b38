namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>2-opt and Or-opt with neighbour lists, around places that were marked since they last had nothing to gain.</summary>
internal sealed partial class TourSearch
{
    private const int LongestSegment = 3;

    /// <summary>Moves until none gains near any marked place; returns the change of cost, at most 0.</summary>
    private long Improve()
    {
        var change = 0L;
        while (_dirty.TryDequeue(out var place))
        {
            _isDirty[place] = false;
            for (long gain; (gain = TwoOpt(place) is var two and > 0 ? two : OrOpt(place)) > 0; )
                change -= gain;
        }
        return change;
    }

    /// <summary>Replaces an edge of a by one to a near place, and what that takes; returns the gain, 0 for none.</summary>
    private long TwoOpt(int a)
    {
        var (next, previous) = (_tour.Next(a), _tour.Previous(a));
        var (toNext, toPrevious) = (C(a, next), C(a, previous));
        var longest = Math.Max(toNext, toPrevious);
        foreach (var c in _near[a])
        {
            var near = C(a, c);
            if (near >= longest)
                break;
            var after = _tour.Next(c);
            var gain = toNext - near + C(c, after) - C(next, after);
            if (gain > 0)
            {
                _tour.Reverse(next, c);
                return Marked(a, next, c, after, gain);
            }
            var before = _tour.Previous(c);
            gain = toPrevious - near + C(c, before) - C(previous, before);
            if (gain > 0)
            {
                _tour.Reverse(a, before);
                return Marked(a, previous, c, before, gain);
            }
        }
        return 0;
    }

    private long Marked(int a, int b, int c, int d, long gain)
    {
        Mark(a);
        Mark(b);
        Mark(c);
        Mark(d);
        return gain;
    }

    /// <summary>Moves a segment that begins or ends with a so that a comes beside a near place.</summary>
    private long OrOpt(int a)
    {
        for (var length = 1; length <= LongestSegment && length + 3 < _tour.Places; length++)
        for (var side = 0; side < Math.Min(2, length); side++)
        {
            // From a on, or up to a; then the segment is first..last in the tour's direction.
            var far = _tour.After(a, side == 0 ? length - 1 : 1 - length);
            var (first, last) = side == 0 ? (a, far) : (far, a);
            var (p, q) = (_tour.Previous(first), _tour.Next(last));
            var removal = C(p, first) + C(last, q) - C(p, q);
            if (removal <= 0)
                continue;
            foreach (var c in _near[a])
            {
                var near = C(a, c);
                if (near >= removal)
                    break;
                if (_tour.Steps(first, c) < length)
                    continue;
                for (var way = 0; way < 2; way++)
                {
                    // Between c and its neighbour e; a beside c, the other end beside e.
                    var e = way == 0 ? _tour.Next(c) : _tour.Previous(c);
                    if ((way == 0 && c == p) || (way == 1 && c == q))
                        continue;
                    var gain = removal - near - C(far, e) + C(c, e);
                    if (gain <= 0)
                        continue;
                    Move(first, last, way == 0 ? c : e, way == 0 ? e : c, isFirstAtStart: (way == 0) == (a == first));
                    Marked(first, last, c, e, gain);
                    Mark(p);
                    Mark(q);
                    return gain;
                }
            }
        }
        return 0;
    }

    /// <summary>Puts first..last between b and the next d, as it is or turned round: two reversals, or three.</summary>
    private void Move(int first, int last, int b, int d, bool isFirstAtStart)
    {
        // Past the places up to b, or back past those from d: turning both stretches together exchanges them.
        if (_tour.Steps(last, b) < _tour.Steps(d, first))
        {
            var q = _tour.Next(last);
            _tour.Reverse(first, b);
            _tour.Reverse(b, q);
            if (isFirstAtStart)
                _tour.Reverse(last, first);
        }
        else
        {
            var p = _tour.Previous(first);
            _tour.Reverse(d, last);
            _tour.Reverse(p, d);
            if (isFirstAtStart)
                _tour.Reverse(last, first);
        }
    }
}
