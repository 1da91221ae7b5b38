using System.Runtime.InteropServices;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

/// <summary>
/// 2-opt and Or-opt within one route. What a move changes of the length follows from the arcs at its ends, and from sums along
/// the route in both directions where ways back are longer than ways there: constant time. Only a move that gains is driven, and
/// not even that where no order of the stops can break a limit.
/// </summary>
internal sealed class RoutePolish(RoutingProblem problem, RouteRules rules)
{
    private const int LongestSegment = 3;

    /// <summary>Moves looked at between two looks at the budget.</summary>
    private const int PollPeriod = 1_000;

    private readonly bool _isSymmetric = problem.Distances.IsSymmetric;
    private readonly bool _isOrdered =
        problem.Stops.Any(s => s.DeliversFor is not null || s.Windows.Length > 0)
        || problem.Vehicles.Any(v => v.MaxDistance is not null || double.IsFinite(v.Latest));
    private readonly List<int> _trial = [];

    /// <summary>[position + 1] locations of the route, its start first; -1 last for an open end.</summary>
    private int[] _places = [];

    /// <summary>[position] how much longer the way from the start to there would be the other way round.</summary>
    private double[] _reversal = [];

    /// <summary>Of the route and its way back together; only where the two differ.</summary>
    private double _length;

    /// <summary>Until no move gains and holds, or the run is to stop; true when anything was moved.</summary>
    public bool Improve(int vehicle, List<int> stops, Func<bool> shouldStop)
    {
        var kind = problem.Vehicles[vehicle];
        var n = stops.Count;
        if (_places.Length < n + 2)
            (_places, _reversal) = (new int[n + 2], new double[n + 2]);
        Settle(kind, stops);
        var hasMoved = false;
        // Once round without a gain: then every move was looked at on this order of the stops.
        for (var (i, since, looked) = (0, 0, 0); since < n; i = (i + 1) % n, since++)
        {
            if ((looked += 2 * n) >= PollPeriod)
            {
                looked = 0;
                if (shouldStop())
                    return hasMoved;
            }
            while (Reverse(vehicle, stops, i) || Move(vehicle, stops, i))
            {
                Settle(kind, stops);
                (hasMoved, since) = (true, -1);
                if (shouldStop())
                    return true;
            }
        }
        return hasMoved;
    }

    /// <summary>Turns round a stretch that begins at i; false when none gains.</summary>
    private bool Reverse(int vehicle, List<int> stops, int i)
    {
        for (var j = i + 1; j < stops.Count; j++)
        {
            var (before, first, last, after) = (_places[i], _places[i + 1], _places[j + 1], _places[j + 2]);
            var removed = D(before, first) + D(last, after);
            var added = D(before, last) + D(first, after);
            // Turned round, the arcs in between cost more by what lies between their sums; those are as long as the route is.
            var turned = _isSymmetric ? 0 : _reversal[j + 1] - _reversal[i + 1];
            if (!Gains(removed, added + turned, _isSymmetric ? removed : _length))
                continue;
            Copy(stops);
            _trial.Reverse(i, j - i + 1);
            if (Takes(vehicle, stops))
                return true;
        }
        return false;
    }

    /// <summary>Moves up to three stops from i on elsewhere, in their order; false when nothing gains.</summary>
    private bool Move(int vehicle, List<int> stops, int i)
    {
        for (var length = 1; length <= LongestSegment && i + length <= stops.Count; length++)
        {
            var (before, first, last, after) = (
                _places[i],
                _places[i + 1],
                _places[i + length],
                _places[i + length + 1]
            );
            var (leaving, closing) = (D(before, first) + D(last, after), D(before, after));
            // Between the places at k and k + 1, of those that stay.
            for (var k = 0; k <= stops.Count; k++)
            {
                if (k >= i && k <= i + length)
                    continue;
                var (from, to) = (_places[k], _places[k + 1]);
                var removed = leaving + D(from, to);
                if (!Gains(removed, closing + D(from, first) + D(last, to), removed))
                    continue;
                Copy(stops);
                _trial.RemoveRange(i, length);
                _trial.InsertRange(k < i ? k : k - length, stops.GetRange(i, length));
                if (Takes(vehicle, stops))
                    return true;
            }
        }
        return false;
    }

    /// <param name="scale">Of the sums that the two numbers come from: what rounding can feign is far below a billionth of it.</param>
    private static bool Gains(double removed, double added, double scale) => removed - added > 1e-9 * scale;

    private bool Takes(int vehicle, List<int> stops)
    {
        if (_isOrdered && !rules.Holds(vehicle, CollectionsMarshal.AsSpan(_trial)))
            return false;
        stops.Clear();
        stops.AddRange(_trial);
        return true;
    }

    private void Copy(List<int> stops)
    {
        _trial.Clear();
        _trial.AddRange(stops);
    }

    private void Settle(RoutingVehicle kind, List<int> stops)
    {
        _places[0] = kind.Start;
        for (var k = 0; k < stops.Count; k++)
            _places[k + 1] = problem.Stops[stops[k]].Location;
        _places[stops.Count + 1] = kind.End ?? -1;
        (_reversal[0], _length) = (0, 0);
        if (_isSymmetric)
            return;
        for (var k = 1; k <= stops.Count; k++)
        {
            var (there, back) = (D(_places[k - 1], _places[k]), D(_places[k], _places[k - 1]));
            _reversal[k] = _reversal[k - 1] + back - there;
            _length += there + back;
        }
    }

    /// <summary>0 to the end of an open route.</summary>
    private double D(int from, int to) => to < 0 ? 0 : problem.Distances[from, to];
}
