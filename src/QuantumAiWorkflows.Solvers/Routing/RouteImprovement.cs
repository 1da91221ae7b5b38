using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// Local search over plans with penalties for what they violate: relocate and swap of one or two customers, 2-opt, 2-opt* and
/// SWAP*, first improvement in random order over granular neighbours (T. Vidal, Hybrid genetic search for the CVRP:
/// open-source implementation and SWAP* neighborhood, Computers and Operations Research 140, 2022).
/// </summary>
internal sealed partial class RouteImprovement
{
    /// <summary>Customers looked at between two looks at the budget.</summary>
    private const int PollPeriod = 64;

    private readonly VrpModel _model;
    private readonly SolveContext _context;
    private readonly Xoshiro256 _random;
    private readonly int[] _cost;
    private readonly int[] _duration;
    private readonly int _places;
    private readonly int[][] _neighbours;
    private readonly int _granularity;
    private readonly int[] _customers;
    private readonly int[] _routeOrder;
    private Penalties _penalties;
    private int _loop;
    private bool _isDone;

    public RouteImprovement(VrpModel model, int granularity, SolveContext context, Xoshiro256 random)
    {
        (_model, _context, _random, _granularity) = (model, context, random, granularity);
        (_cost, _duration, _places) = (model.Cost, model.Duration, model.Places);
        _neighbours = Mutual(NeighbourLists.Of(model, granularity));
        _customers = [.. Enumerable.Range(1, model.Customers)];
        _routeOrder = [.. Enumerable.Range(0, model.Vehicles)];
        _nodes = new Node[model.Places + 2 * model.Vehicles];
        _routes = new RouteState[model.Vehicles];
        if (model.Stops is { } stops)
        {
            _own = new Segment[_nodes.Length];
            _before = new Segment[_nodes.Length];
            _after = new Segment[_nodes.Length];
            Array.Fill(_own, stops[0]);
            stops.CopyTo(_own, 0);
        }
        else
            (_own, _before, _after) = ([], [], []);
        _plane = new(model);
        _angles = [.. Enumerable.Range(0, model.Places).Select(i => i == 0 ? 0 : _plane.Angle(i))];
        _insertions = new Insertions[model.Vehicles][];
        _removals = new long[model.Places];
        _order = new (int Angle, int Route)[model.Vehicles];
    }

    /// <summary>
    /// Improves a plan in place until no move helps, or the run is to stop: then it is what had been reached.
    /// </summary>
    public void Run(Plan plan, Penalties penalties)
    {
        _penalties = penalties;
        _random.Shuffle<int>(_customers);
        _random.Shuffle<int>(_routeOrder);
        for (var i = 1; i < _places; i++)
            if (_random.NextInt32(_granularity) == 0)
                _random.Shuffle<int>(_neighbours[i]);
        Load(plan);
        _isDone = false;
        for (_loop = 0; !_isDone; _loop++)
        {
            // Empty routes are tried from the second round on, so there are two at least.
            _isDone = _loop > 1;
            if (!TryCustomers())
                break;
            if (!_model.HasWindows && !TryRoutePairs())
                break;
        }
        Store(plan);
    }

    /// <summary>False when the run is to stop.</summary>
    private bool TryCustomers()
    {
        for (var k = 0; k < _customers.Length; k++)
        {
            if (k % PollPeriod == PollPeriod - 1 && _context.ShouldStop())
                return false;
            var u = _customers[k];
            var tested = _nodes[u].Tested;
            _nodes[u].Tested = _moves;
            foreach (var v in _neighbours[u])
            {
                if (
                    _loop > 0
                    && Math.Max(_routes[_nodes[u].Route].Modified, _routes[_nodes[v].Route].Modified) <= tested
                )
                    continue;
                if (TryPair(u, v))
                    continue;
                // Right after the depot, too, where v comes first.
                if (_nodes[v].Previous is var depot && depot >= _places)
                    TryAfterDepot(u, depot);
            }
            if (_loop > 0 && FirstEmptyRoute() is var empty and >= 0)
                TryAfterDepot(u, StartOf(empty));
        }
        return true;
    }

    private int FirstEmptyRoute()
    {
        for (var r = 0; r < _routes.Length; r++)
            if (_routes[r].Size == 0)
                return r;
        return -1;
    }

    /// <summary>True: something moved, so that everything that was tried since is worth another look.</summary>
    private bool Moved(int routeU, int routeV)
    {
        _moves++;
        _isDone = false;
        Update(routeU);
        if (routeV != routeU)
            Update(routeV);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long C(int from, int to) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cost), (nint)At(from) * _places + At(to));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int D(int from, int to) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_duration), (nint)At(from) * _places + At(to));

    /// <summary>Row in the tables: the customer, or 0 for both ends of a route.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int At(int node) => node < _places ? node : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long LoadPenalty(long load) => _penalties.OfExcess(Math.Max(0, load - _model.Capacity));

    /// <summary>Makes the relation mutual: a move looks at a pair from one of its ends.</summary>
    private static int[][] Mutual(int[][] lists)
    {
        var sets = lists.Select(l => new List<int>(l)).ToArray();
        for (var i = 1; i < lists.Length; i++)
            foreach (var j in lists[i])
                if (!lists[j].AsSpan().Contains(i))
                    sets[j].Add(i);
        return [.. sets.Select(s => s.ToArray())];
    }
}
