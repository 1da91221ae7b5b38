using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>
/// What the genetic search becomes when one symmetric tour is all there is: a local search with 2-opt and Or-opt moves, a kick
/// that exchanges two neighbouring stretches somewhere (a local double bridge), the local search again around the kick only,
/// and back when that was worse (O. Martin, S. W. Otto, E. W. Felten, Large-step Markov chains for the traveling salesman
/// problem, Complex Systems 5, 1991; J. L. Bentley, Fast algorithms for geometric traveling salesman problems, ORSA Journal on
/// Computing 4, 1992).
/// </summary>
internal sealed partial class TourSearch
{
    /// <summary>Stretches that a kick exchanges are at most this long.</summary>
    private const int LongestKick = 50;

    /// <summary>Places at most for which the first local search has looked at every tour: there are 3 of 4.</summary>
    private const int Simplest = 4;

    private readonly VrpModel _model;
    private readonly SolveContext _context;
    private readonly Xoshiro256 _random;
    private readonly int[][] _near;
    private readonly Tour _tour;
    private readonly Queue<int> _dirty = new();
    private readonly bool[] _isDirty;

    public TourSearch(VrpModel model, int granularity, SolveContext context)
    {
        (_model, _context) = (model, context);
        _random = context.CreateRandom("tour");
        _near = Near(model, granularity);
        _tour = new(model.Places);
        _isDirty = new bool[model.Places];
    }

    /// <summary>An evaluation is one local search.</summary>
    /// <param name="initial">Customers in the order of a tour to begin with; null for none.</param>
    /// <param name="patience">Kicks without a shorter tour after which it starts anew.</param>
    /// <param name="improved">Told the order of the places, in any rotation, and the cost of every tour shorter than all before.</param>
    public void Run(int[]? initial, long iterations, long patience, TourImproved improved)
    {
        var best = long.MaxValue;
        for (var left = iterations; left > 0 && !_context.ShouldStop(); initial = null)
        {
            _tour.Set(initial is null ? NearestNeighbourTour() : [0, .. initial]);
            for (var place = 0; place < _tour.Places; place++)
                Mark(place);
            var cost = _model.CostOf(Customers()) + Improve();
            _tour.Commit();
            Count(ref left);
            for (var since = 0L; ; since++)
            {
                if (cost < best)
                {
                    (best, since) = (cost, 0);
                    improved(_tour.Order, cost);
                }
                if (left <= 0 || since >= patience || _tour.Places <= Simplest || _context.ShouldStop())
                    break;
                var change = Kick();
                change += Improve();
                Count(ref left);
                if (change > 0)
                    _tour.Undo();
                else
                {
                    cost += change;
                    _tour.Commit();
                }
            }
            if (_tour.Places <= Simplest)
                return;
        }
    }

    /// <param name="order">Places in any rotation and direction.</param>
    public delegate void TourImproved(ReadOnlySpan<int> order, long cost);

    private void Count(ref long left)
    {
        _context.CountEvaluations(1);
        left--;
    }

    private long C(int from, int to) => _model.Cost[from * _model.Places + to];

    private void Mark(int place)
    {
        if (_isDirty[place])
            return;
        _isDirty[place] = true;
        _dirty.Enqueue(place);
    }

    /// <summary>Exchanges two neighbouring stretches and marks their ends; returns the change of cost.</summary>
    private long Kick()
    {
        var longest = Math.Min(LongestKick, (_tour.Places - 2) / 2);
        var before = _tour.Order[_random.NextInt32(_tour.Places)];
        var a = _tour.Next(before);
        var b = _tour.After(a, _random.NextInt32(longest));
        var c = _tour.Next(b);
        var d = _tour.After(c, _random.NextInt32(longest));
        var after = _tour.Next(d);
        var change = C(before, c) + C(d, a) + C(b, after) - C(before, a) - C(b, c) - C(d, after);
        _tour.Reverse(a, d);
        _tour.Reverse(d, c);
        _tour.Reverse(b, a);
        Marked(before, a, b, c, 0);
        Mark(d);
        Mark(after);
        return change;
    }

    private int[] Customers()
    {
        var order = _tour.Order.ToArray();
        var depot = Array.IndexOf(order, 0);
        return [.. order[(depot + 1)..], .. order[..depot]];
    }

    private int[] NearestNeighbourTour()
    {
        var free = Enumerable.Range(0, _tour.Places).ToList();
        var order = new int[_tour.Places];
        var at = _random.NextInt32(free.Count);
        for (var k = 0; k < order.Length; k++)
        {
            order[k] = free[at];
            free[at] = free[^1];
            free.RemoveAt(free.Count - 1);
            at = 0;
            for (var j = 1; j < free.Count; j++)
                if (C(order[k], free[j]) < C(order[k], free[at]))
                    at = j;
        }
        return order;
    }

    /// <summary>[place] nearest others, the depot among them.</summary>
    private static int[][] Near(VrpModel model, int count)
    {
        var lists = new int[model.Places][];
        var keys = new int[model.Places];
        var all = new int[model.Places];
        for (var i = 0; i < model.Places; i++)
        {
            for (var j = 0; j < all.Length; j++)
                (keys[j], all[j]) = (model.Cost[i * model.Places + j], j);
            keys[i] = -1;
            Array.Sort(keys, all);
            lists[i] = all[1..Math.Min(all.Length, count + 1)];
        }
        return lists;
    }
}
