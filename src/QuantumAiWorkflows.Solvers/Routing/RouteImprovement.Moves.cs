namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// Moves of one customer, or a pair, beside a neighbour. Each works out first what the arcs change by: only where that is less
/// than all penalties of the routes concerned can it gain, and only then loads and time warps are looked at.
/// </summary>
internal sealed partial class RouteImprovement
{
    /// <summary>Applies the first move that gains. u is a customer; so is v.</summary>
    private bool TryPair(int u, int v)
    {
        var (x, y) = (_nodes[u].Next, _nodes[v].Next);
        var hasX = x < _places;
        return Relocate(u, u, false, v)
            || (hasX && (Relocate(u, x, false, v) || Relocate(u, x, true, v)))
            || (u < v && Swap(u, u, v, v))
            || (hasX && (Swap(u, x, v, v) || (u < v && y < _places && Swap(u, x, v, y))))
            || (_nodes[u].Route == _nodes[v].Route ? Reverse(u, v) : ExchangeTails(u, v));
    }

    /// <summary>The moves that make sense with the start of a route, perhaps an empty one, for v.</summary>
    private bool TryAfterDepot(int u, int depot)
    {
        var x = _nodes[u].Next;
        return Relocate(u, u, false, depot)
            || (x < _places && (Relocate(u, x, false, depot) || Relocate(u, x, true, depot)))
            || (_nodes[u].Route != _nodes[depot].Route && ExchangeTails(u, depot));
    }

    /// <summary>Takes u..e (one customer or two) out and puts it after v, perhaps turned round.</summary>
    private bool Relocate(int u, int e, bool turned, int v)
    {
        var (p, q, y) = (_nodes[u].Previous, _nodes[e].Next, _nodes[v].Next);
        if (v == p || v == e)
            return false;
        var (a, z) = turned ? (e, u) : (u, e);
        var change = C(p, q) - C(p, u) - C(e, q) + C(v, a) + C(z, y) - C(v, y);
        if (turned)
            change += C(e, u) - C(u, e);
        var (from, to) = (_nodes[u].Route, _nodes[v].Route);
        if (from != to)
        {
            var load = _nodes[e].Load - _nodes[p].Load;
            if (!IsPromising(ref change, from, to, _routes[from].Load - load, _routes[to].Load + load))
                return false;
            if (_model.HasWindows && !Gains(change, WarpJoined(p, q), WarpBetween(v, a, z, y)))
                return false;
        }
        else
        {
            if (change >= _routes[from].Penalty)
                return false;
            if (!_model.HasWindows)
            {
                if (change >= 0)
                    return false;
            }
            else if (!Gains(change - _penalties.OfWarp(_routes[from].Warp), WarpRelocated(p, a, z, q, v, y), 0))
                return false;
        }
        Link(p, q);
        Link(v, a);
        if (a != z)
            Link(a, z);
        Link(z, y);
        return Moved(from, to);
    }

    /// <summary>Puts u..e and v..f (one customer or two each, not beside each other) into each other's place.</summary>
    private bool Swap(int u, int e, int v, int f)
    {
        var (p, q) = (_nodes[u].Previous, _nodes[e].Next);
        var (r, s) = (_nodes[v].Previous, _nodes[f].Next);
        if (q == v || s == u || e == v || f == u)
            return false;
        var change = C(p, v) + C(f, q) + C(r, u) + C(e, s) - C(p, u) - C(e, q) - C(r, v) - C(f, s);
        var (here, there) = (_nodes[u].Route, _nodes[v].Route);
        if (here != there)
        {
            var more = _nodes[f].Load - _nodes[r].Load - (_nodes[e].Load - _nodes[p].Load);
            if (!IsPromising(ref change, here, there, _routes[here].Load + more, _routes[there].Load - more))
                return false;
            if (_model.HasWindows && !Gains(change, WarpBetween(p, v, f, q), WarpBetween(r, u, e, s)))
                return false;
        }
        else
        {
            if (change >= _routes[here].Penalty)
                return false;
            if (!_model.HasWindows)
            {
                if (change >= 0)
                    return false;
            }
            else
            {
                var warp =
                    _nodes[u].Position < _nodes[v].Position
                        ? WarpSwapped(p, u, e, q, v, f, s)
                        : WarpSwapped(r, v, f, s, u, e, q);
                if (!Gains(change - _penalties.OfWarp(_routes[here].Warp), warp, 0))
                    return false;
            }
        }
        Link(p, v);
        Link(f, q);
        Link(r, u);
        Link(e, s);
        return Moved(here, there);
    }

    /// <summary>2-opt: turns round what lies between u and the later v, v with it.</summary>
    private bool Reverse(int u, int v)
    {
        var (x, y) = (_nodes[u].Next, _nodes[v].Next);
        if (_nodes[u].Position > _nodes[v].Position || x == v)
            return false;
        var change = C(u, v) + C(x, y) - C(u, x) - C(v, y) + _nodes[v].Reversal - _nodes[x].Reversal;
        var route = _nodes[u].Route;
        if (change >= _routes[route].Penalty)
            return false;
        if (!_model.HasWindows)
        {
            if (change >= 0)
                return false;
        }
        else
        {
            var (all, last) = (_before[u], u);
            for (var k = v; k != u; k = _nodes[k].Previous)
                Append(ref all, ref last, k);
            if (!Gains(change - _penalties.OfWarp(_routes[route].Warp), all.WarpThen(D(last, y), _after[y]), 0))
                return false;
        }
        for (var (k, at) = (v, u); k != u; )
        {
            var before = _nodes[k].Previous;
            Link(at, k);
            (at, k) = (k, before);
        }
        Link(x, y);
        return Moved(route, route);
    }

    /// <summary>2-opt*: u goes on as v did and v as u did; without time windows also both heads and both tails together.</summary>
    private bool ExchangeTails(int u, int v)
    {
        var (x, y) = (_nodes[u].Next, _nodes[v].Next);
        var (here, there) = (_nodes[u].Route, _nodes[v].Route);
        var (headU, headV) = (_nodes[u].Load, _nodes[v].Load);
        var (tailU, tailV) = (_routes[here].Load - headU, _routes[there].Load - headV);
        var removed = C(u, x) + C(v, y);

        var change = C(u, y) + C(v, x) - removed;
        if (
            IsPromising(ref change, here, there, headU + tailV, headV + tailU)
            && (!_model.HasWindows || Gains(change, WarpJoined(u, y), WarpJoined(v, x)))
        )
        {
            var (lastU, lastV) = (_nodes[EndOf(here)].Previous, _nodes[EndOf(there)].Previous);
            if (y < _places)
            {
                Link(u, y);
                Link(lastV, EndOf(here));
            }
            else
                Link(u, EndOf(here));
            if (x < _places)
            {
                Link(v, x);
                Link(lastU, EndOf(there));
            }
            else
                Link(v, EndOf(there));
            return Moved(here, there);
        }

        if (_model.HasWindows)
            return false;
        change = C(u, v) + C(x, y) - removed + _nodes[v].Reversal + _nodes[EndOf(here)].Reversal - _nodes[x].Reversal;
        if (!IsPromising(ref change, here, there, headU + headV, tailU + tailV))
            return false;
        JoinHeads(u, v);
        return Moved(here, there);
    }

    private void JoinHeads(int u, int v)
    {
        var (x, y) = (_nodes[u].Next, _nodes[v].Next);
        var (here, there) = (_nodes[u].Route, _nodes[v].Route);
        var at = u;
        for (var k = v; k < _places; )
        {
            var before = _nodes[k].Previous;
            Link(at, k);
            (at, k) = (k, before);
        }
        Link(at, EndOf(here));
        // The tail of u, turned round, now leads from the other start to y: linked from y backwards.
        var after = y;
        for (var k = x; k < _places; )
        {
            var next = _nodes[k].Next;
            Link(k, after);
            (after, k) = (k, next);
        }
        Link(StartOf(there), after);
    }
}
