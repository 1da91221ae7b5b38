namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>The plan as linked lists, with what moves need to know at every node.</summary>
internal sealed partial class RouteImprovement
{
    /// <summary>Nodes 1 to n are the customers; then come start and end of every route, one pair after the other.</summary>
    private readonly Node[] _nodes;
    private readonly RouteState[] _routes;

    /// <summary>By node; empty arrays without time windows.</summary>
    private readonly Segment[] _own;

    /// <summary>From the start of the route to the node.</summary>
    private readonly Segment[] _before;

    /// <summary>From the node to the end of the route.</summary>
    private readonly Segment[] _after;
    private readonly PlaneEmbedding _plane;
    private readonly int[] _angles;
    private readonly (int Angle, int Route)[] _order;

    /// <summary>Over all runs, so that nothing found in an earlier one passes for new.</summary>
    private long _moves;

    private struct Node
    {
        public int Next;
        public int Previous;
        public int Route;
        public int Position;

        /// <summary>Of the route up to and with this node.</summary>
        public int Load;

        /// <summary>What the way from the start to this node would cost more the other way round.</summary>
        public long Reversal;

        /// <summary>Moves made when its neighbours were last tried.</summary>
        public long Tested;
    }

    private struct RouteState
    {
        public int Size;
        public int Load;
        public int Warp;
        public long Penalty;

        /// <summary>Moves made when it last changed.</summary>
        public long Modified;
        public long SwapTested;

        /// <summary>The arc of angles around the depot that it covers, counterclockwise.</summary>
        public int SectorStart;
        public int SectorEnd;
    }

    private int StartOf(int route) => _places + 2 * route;

    private int EndOf(int route) => _places + 2 * route + 1;

    private void Load(Plan plan)
    {
        _moves++;
        for (var r = 0; r < _routes.Length; r++)
        {
            var at = StartOf(r);
            if (r < plan.Count)
                foreach (var customer in plan.Route(r))
                {
                    _nodes[customer].Tested = -1;
                    Link(at, customer);
                    at = customer;
                }
            Link(at, EndOf(r));
            _nodes[EndOf(r)].Next = StartOf(r);
            _nodes[StartOf(r)].Previous = EndOf(r);
            _routes[r].SwapTested = -1;
            Update(r);
        }
    }

    /// <summary>Routes in the order of the angle of their middle, so that those of neighbours come after one another.</summary>
    private void Store(Plan plan)
    {
        var count = 0;
        for (var r = 0; r < _routes.Length; r++)
        {
            if (_routes[r].Size == 0)
                continue;
            var size = 0;
            for (var k = _nodes[StartOf(r)].Next; k < _places; k = _nodes[k].Next)
                plan.Tour[size++] = k;
            _order[count++] = (_plane.Angle(plan.Tour.AsSpan(..size)), r);
        }
        _order.AsSpan(..count).Sort();
        var at = 0;
        for (var k = 0; k < count; k++)
        {
            plan.Bounds[k] = at;
            for (var node = _nodes[StartOf(_order[k].Route)].Next; node < _places; node = _nodes[node].Next)
                plan.Tour[at++] = node;
        }
        plan.Bounds[count] = at;
        plan.Count = count;
        plan.Settle();
    }

    private void Link(int from, int to)
    {
        _nodes[from].Next = to;
        _nodes[to].Previous = from;
    }

    /// <summary>Brings everything that follows from a route's order up to date. O(length).</summary>
    private void Update(int r)
    {
        ref var route = ref _routes[r];
        var (start, end) = (StartOf(r), EndOf(r));
        var hasWindows = _model.HasWindows;
        _nodes[start].Route = r;
        _nodes[start].Position = 0;
        _nodes[start].Load = 0;
        _nodes[start].Reversal = 0;
        if (hasWindows)
            _before[start] = _own[start];
        var (previous, position) = (start, 0);
        for (var k = _nodes[start].Next; ; k = _nodes[k].Next)
        {
            ref var node = ref _nodes[k];
            ref var last = ref _nodes[previous];
            node.Route = r;
            node.Position = ++position;
            node.Load = last.Load + _model.Demand[At(k)];
            node.Reversal = last.Reversal + C(k, previous) - C(previous, k);
            if (hasWindows)
                _before[k] = _before[previous].Then(D(previous, k), _own[k]);
            if (k == end)
                break;
            Extend(ref route, _angles[k], isFirst: position == 1);
            previous = k;
        }
        if (hasWindows)
        {
            _after[end] = _own[end];
            for (var k = end; k != start; k = _nodes[k].Previous)
            {
                var before = _nodes[k].Previous;
                _after[before] = _own[before].Then(D(before, k), _after[k]);
            }
        }
        route.Size = position - 1;
        route.Load = _nodes[end].Load;
        route.Warp = hasWindows && position > 1 ? _before[end].Warp : 0;
        route.Penalty = LoadPenalty(route.Load) + _penalties.OfWarp(route.Warp);
        route.Modified = _moves;
    }

    private static void Extend(ref RouteState route, int angle, bool isFirst)
    {
        if (isFirst)
            (route.SectorStart, route.SectorEnd) = (angle, angle);
        else if (Turn(angle - route.SectorStart) > Turn(route.SectorEnd - route.SectorStart))
        {
            if (Turn(angle - route.SectorEnd) <= Turn(route.SectorStart - angle))
                route.SectorEnd = angle;
            else
                route.SectorStart = angle;
        }
    }

    private static bool Overlap(in RouteState a, in RouteState b) =>
        Turn(b.SectorStart - a.SectorStart) <= Turn(a.SectorEnd - a.SectorStart)
        || Turn(a.SectorStart - b.SectorStart) <= Turn(b.SectorEnd - b.SectorStart);

    private static int Turn(int angle) => angle & 0xFFFF;
}
