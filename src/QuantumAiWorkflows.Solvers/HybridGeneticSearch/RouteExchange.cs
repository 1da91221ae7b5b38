using System.Runtime.InteropServices;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>
/// A crossover that keeps whole routes, for time windows, where cutting a giant tour without looking at the windows would
/// destroy them: some neighbouring routes of the first parent give way to those of the second that serve about the same
/// customers, and who is left over goes where it costs least (in the line of Y. Nagata, O. Bräysy, W. Dullaert, A penalty-based
/// edge assembly memetic algorithm for the vehicle routing problem with time windows, Computers and Operations Research 37,
/// 2010, and of the selective route exchange that followed it).
/// </summary>
internal sealed class RouteExchange(VrpModel model, Xoshiro256 random)
{
    private readonly List<int>[] _routes = [.. Enumerable.Range(0, model.Vehicles).Select(_ => new List<int>())];
    private readonly bool[] _isLeaving = new bool[model.Places];
    private readonly bool[] _isComing = new bool[model.Places];
    private readonly List<int> _homeless = [];

    /// <summary>Makes a child with as many routes as the first parent has.</summary>
    public void Cross(Plan first, Plan second, Plan child)
    {
        var count = 1 + random.NextInt32(Math.Max(1, Math.Min(first.Count, second.Count) - 1));
        var leaving = random.NextInt32(first.Count);
        Array.Clear(_isLeaving);
        Array.Clear(_isComing);
        for (var k = 0; k < count; k++)
            foreach (var customer in first.Route((leaving + k) % first.Count))
                _isLeaving[customer] = true;
        var coming = MostAlike(second, count);
        for (var k = 0; k < count; k++)
            foreach (var customer in second.Route((coming + k) % second.Count))
                _isComing[customer] = true;

        // Half of the children keep the second parent's routes whole, the others the first one's.
        var keepsSecond = random.NextBoolean();
        for (var k = 0; k < first.Count; k++)
        {
            var isReplaced = k < count;
            var route = _routes[k];
            route.Clear();
            var source = isReplaced
                ? second.Route((coming + k) % second.Count)
                : first.Route((leaving + k) % first.Count);
            foreach (var customer in source)
                if (isReplaced ? keepsSecond || _isLeaving[customer] : !keepsSecond || !_isComing[customer])
                    route.Add(customer);
        }
        _homeless.Clear();
        for (var customer = 1; customer < model.Places; customer++)
            if (_isLeaving[customer] && !_isComing[customer])
                _homeless.Add(customer);
        random.Shuffle(CollectionsMarshal.AsSpan(_homeless));
        foreach (var customer in _homeless)
            Insert(customer, first.Count);
        Store(child, first.Count);
    }

    /// <summary>The first of so many neighbouring routes of the plan that serve the most of the leaving customers, and the fewest others.</summary>
    private int MostAlike(Plan plan, int count)
    {
        var (best, most) = (0, int.MinValue);
        var start = random.NextInt32(plan.Count);
        for (var k = 0; k < plan.Count; k++)
        {
            var from = (start + k) % plan.Count;
            var score = 0;
            for (var r = 0; r < count; r++)
                foreach (var customer in plan.Route((from + r) % plan.Count))
                    score += _isLeaving[customer] ? 1 : -1;
            if (score > most)
                (best, most) = (from, score);
        }
        return best;
    }

    /// <summary>To the place where the arcs grow least, counting the lateness that the arcs alone would cause.</summary>
    private void Insert(int customer, int routes)
    {
        var (bestRoute, bestPlace, least) = (0, 0, long.MaxValue);
        for (var r = 0; r < routes; r++)
        {
            var previous = 0;
            for (var k = 0; k <= _routes[r].Count; k++)
            {
                var next = k < _routes[r].Count ? _routes[r][k] : 0;
                var cost = Cost(previous, customer) + Cost(customer, next) - model.Cost[previous * model.Places + next];
                if (cost < least)
                    (bestRoute, bestPlace, least) = (r, k, cost);
                previous = next;
            }
        }
        _routes[bestRoute].Insert(bestPlace, customer);
    }

    private long Cost(int from, int to)
    {
        var arc = from * model.Places + to;
        if (model.Stops is not { } stops)
            return model.Cost[arc];
        return model.Cost[arc]
            + Math.Max(0, stops[from].Earliest + stops[from].Duration + model.Duration[arc] - stops[to].Latest);
    }

    private void Store(Plan child, int routes)
    {
        var (at, count) = (0, 0);
        for (var r = 0; r < routes; r++)
        {
            if (_routes[r].Count == 0)
                continue;
            _routes[r].CopyTo(child.Tour, at);
            child.Bounds[count++] = at;
            at += _routes[r].Count;
        }
        child.Bounds[count] = at;
        child.Count = count;
        child.Settle();
    }
}
