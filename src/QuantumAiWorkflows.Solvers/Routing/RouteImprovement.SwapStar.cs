namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// SWAP*: two customers of two routes change routes, each going to its best place there, which need not be the other's. Only
/// for routes whose sectors around the depot overlap; the three best places of every customer in every route are remembered
/// while the route does not change, so that a pair of routes costs about as much as it has pairs of customers.
/// </summary>
internal sealed partial class RouteImprovement
{
    /// <summary>Remembered places at most, 40 bytes each; problems beyond go without SWAP*.</summary>
    private const long MaxRemembered = 2_000_000;

    /// <summary>[route][customer]; a row where the route was ever looked at.</summary>
    private readonly Insertions[]?[] _insertions;

    /// <summary>[customer] what its route's arcs change by without it.</summary>
    private readonly long[] _removals;
    private long _remembered;

    private struct Insertions
    {
        public long Cost0;
        public long Cost1;
        public long Cost2;

        /// <summary>Nodes to go after; -1 for none.</summary>
        public int After0;
        public int After1;
        public int After2;

        /// <summary>Moves made when it was worked out, and one; 0 for never.</summary>
        public long At;

        public void Offer(long cost, int after)
        {
            if (cost < Cost0)
            {
                (Cost2, After2) = (Cost1, After1);
                (Cost1, After1) = (Cost0, After0);
                (Cost0, After0) = (cost, after);
            }
            else if (cost < Cost1)
            {
                (Cost2, After2) = (Cost1, After1);
                (Cost1, After1) = (cost, after);
            }
            else if (cost < Cost2)
                (Cost2, After2) = (cost, after);
        }
    }

    /// <param name="U">Moves to the other route; -1: nobody.</param>
    /// <param name="AfterU">Node that u goes after.</param>
    private record struct SwapStar(long Change, int U, int AfterU, int V, int AfterV);

    /// <summary>False when the run is to stop.</summary>
    private bool TryRoutePairs()
    {
        foreach (var here in _routeOrder)
        {
            var tested = _routes[here].SwapTested;
            _routes[here].SwapTested = _moves;
            if (_routes[here].Size == 0)
                continue;
            if (_context.ShouldStop())
                return false;
            foreach (var there in _routeOrder)
                if (
                    here < there
                    && _routes[here].Size > 0
                    && _routes[there].Size > 0
                    && (_loop == 0 || Math.Max(_routes[here].Modified, _routes[there].Modified) > tested)
                    && Overlap(_routes[here], _routes[there])
                )
                    TrySwapStar(here, there);
        }
        return true;
    }

    private bool TrySwapStar(int here, int there)
    {
        if (!Remember(there, here) || !Remember(here, there))
            return false;
        var best = new SwapStar(0, -1, -1, -1, -1);
        var (loadHere, loadThere) = (_routes[here].Load, _routes[there].Load);
        var penalty = _routes[here].Penalty + _routes[there].Penalty;
        for (var u = _nodes[StartOf(here)].Next; u < _places; u = _nodes[u].Next)
        for (var v = _nodes[StartOf(there)].Next; v < _places; v = _nodes[v].Next)
        {
            var more = _model.Demand[v] - _model.Demand[u];
            var change =
                LoadPenalty(loadHere + more) + LoadPenalty(loadThere - more) - penalty + _removals[u] + _removals[v];
            if (change >= best.Change)
                continue;
            var afterU = BestPlace(u, v, there, ref change);
            var afterV = BestPlace(v, u, here, ref change);
            if (change < best.Change)
                best = new(change, u, afterU, v, afterV);
        }
        for (var u = _nodes[StartOf(here)].Next; u < _places; u = _nodes[u].Next)
            if (Shift(u, here, there) is var shifted && shifted.Change < best.Change)
                best = shifted;
        for (var v = _nodes[StartOf(there)].Next; v < _places; v = _nodes[v].Next)
            if (Shift(v, there, here) is var shifted && shifted.Change < best.Change)
                best = shifted;
        if (best.Change >= 0)
            return false;
        Apply(best);
        return Moved(here, there);
    }

    /// <summary>Moving one customer alone, as a swap with nobody.</summary>
    private SwapStar Shift(int u, int from, int to)
    {
        ref var known = ref _insertions[to]![u];
        var demand = _model.Demand[u];
        var change =
            _removals[u]
            + known.Cost0
            + LoadPenalty(_routes[from].Load - demand)
            + LoadPenalty(_routes[to].Load + demand)
            - _routes[from].Penalty
            - _routes[to].Penalty;
        return new(change, u, known.After0, -1, -1);
    }

    /// <summary>Where u goes best in a route that v leaves; adds what that costs.</summary>
    private int BestPlace(int u, int v, int route, ref long change)
    {
        ref var known = ref _insertions[route]![u];
        var (before, after) = (_nodes[v].Previous, _nodes[v].Next);
        var cost = C(before, u) + C(u, after) - C(before, after);
        var place = before;
        if (known.After0 != before && known.After0 != v)
            Better(known.Cost0, known.After0, ref cost, ref place);
        else if (known.After1 != before && known.After1 != v)
            Better(known.Cost1, known.After1, ref cost, ref place);
        else
            Better(known.Cost2, known.After2, ref cost, ref place);
        change += cost;
        return place;
    }

    private static void Better(long cost, int after, ref long best, ref int place)
    {
        if (after >= 0 && cost < best)
            (best, place) = (cost, after);
    }

    private void Apply(SwapStar swap)
    {
        // Taken out first: a place beside the other one is then named by the node before it.
        Link(_nodes[swap.U].Previous, _nodes[swap.U].Next);
        if (swap.V >= 0)
        {
            Link(_nodes[swap.V].Previous, _nodes[swap.V].Next);
            Insert(swap.V, swap.AfterV);
        }
        Insert(swap.U, swap.AfterU);
    }

    private void Insert(int node, int after)
    {
        Link(node, _nodes[after].Next);
        Link(after, node);
    }

    /// <summary>
    /// Brings the best places in <paramref name="route"/> for all customers of <paramref name="other"/> up to date. False when
    /// there is no memory for them.
    /// </summary>
    private bool Remember(int route, int other)
    {
        if (_insertions[route] is not { } rows)
        {
            if (_remembered + _places > MaxRemembered)
                return false;
            _remembered += _places;
            _insertions[route] = rows = new Insertions[_places];
        }
        var modified = _routes[route].Modified;
        for (var u = _nodes[StartOf(other)].Next; u < _places; u = _nodes[u].Next)
        {
            var (p, x) = (_nodes[u].Previous, _nodes[u].Next);
            _removals[u] = C(p, x) - C(p, u) - C(u, x);
            ref var known = ref rows[u];
            if (known.At > modified)
                continue;
            known = new()
            {
                Cost0 = long.MaxValue,
                Cost1 = long.MaxValue,
                Cost2 = long.MaxValue,
                After0 = -1,
                After1 = -1,
                After2 = -1,
                At = _moves + 1,
            };
            for (var k = StartOf(route); ; )
            {
                var next = _nodes[k].Next;
                known.Offer(C(k, u) + C(u, next) - C(k, next), k);
                if (next >= _places)
                    break;
                k = next;
            }
        }
        return true;
    }
}
