using Google.OrTools.ConstraintSolver;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>A <see cref="WholeRouting"/> as a model of OR-Tools' routing library.</summary>
internal sealed class RoutingLibraryModel : IDisposable
{
    private readonly RoutingIndexManager _indices;
    private readonly WholeRouting _routing;

    /// <summary>[vehicle] place of its kind.</summary>
    private readonly int[] _kinds;

    /// <summary>[index] its node.</summary>
    private readonly int[] _nodes;

    /// <summary>Held as long as native code may hold them.</summary>
    private readonly List<LongLongToLong> _callbacks = [];

    public RoutingLibraryModel(WholeRouting routing)
    {
        _routing = routing;
        _kinds = [.. routing.Kinds.SelectMany((kind, k) => Enumerable.Repeat(k, kind.Count))];
        _indices = new(
            routing.NumNodes,
            _kinds.Length,
            Array.ConvertAll(_kinds, k => routing.Kinds[k].Start),
            Array.ConvertAll(_kinds, k => routing.Kinds[k].End)
        );
        var parameters = operations_research_constraint_solver.DefaultRoutingModelParameters();
        parameters.MaxCallbackCacheSize = 0;
        // Packing what a step changed takes longer than the step.
        parameters.SolverParameters.CompressTrail = ConstraintSolverParameters.Types.TrailCompression.NoCompression;
        Model = new(_indices, parameters);
        _nodes = [.. Enumerable.Range(0, _indices.GetNumberOfIndices()).Select(i => _indices.IndexToNode(i))];
        AddCosts();
        AddLoads();
        AddTimes();
        if (routing.Distances is { } distances)
            Model.AddDimensionWithVehicleCapacity(
                Register(distances),
                0,
                PerVehicle(routing.LongestRoutes),
                true,
                "distance"
            );
        for (var node = 0; node < routing.NumStops; node++)
            Model.AddDisjunction([Index(node)], routing.Penalties[node]);
        AddPairs();
    }

    public RoutingModel Model { get; }

    /// <summary>Of the plan that was just found; only in a callback.</summary>
    public long Cost => Model.CostVar().Max();

    /// <summary>The plan that was just found; only in a callback.</summary>
    public (int Kind, int[] Nodes)[] Routes()
    {
        var routes = new List<(int, int[])>();
        var nodes = new List<int>();
        for (var v = 0; v < _kinds.Length; v++)
        {
            nodes.Clear();
            for (var at = Model.NextVar(Model.Start(v)).Value(); !Model.IsEnd(at); at = Model.NextVar(at).Value())
                nodes.Add(_indices.IndexToNode(at));
            if (nodes.Count > 0)
                routes.Add((_kinds[v], [.. nodes]));
        }
        return [.. routes];
    }

    /// <summary>
    /// Has the next search begin with this plan; without it OR-Tools builds one of its own. Only when the model is closed. A plan
    /// that does not hold in it makes a search that finds nothing.
    /// </summary>
    public void BeginWith(IEnumerable<(int Kind, int[] Nodes)> plan)
    {
        var routes = new long[_kinds.Length][];
        Array.Fill(routes, []);
        var next = new int[_routing.Kinds.Count];
        for (var v = 0; v < _kinds.Length; v++)
            if (v == 0 || _kinds[v] != _kinds[v - 1])
                next[_kinds[v]] = v;
        foreach (var (kind, nodes) in plan)
            routes[next[kind]++] = Array.ConvertAll(nodes, Index);
        Model.ApplyLocksToAllVehicles(routes, true);
    }

    public void Dispose()
    {
        Model.Dispose();
        _indices.Dispose();
    }

    private void AddCosts()
    {
        int[] tables = [.. _routing.Costs.Select(Register)];
        for (var v = 0; v < _kinds.Length; v++)
        {
            var kind = _routing.Kinds[_kinds[v]];
            Model.SetArcCostEvaluatorOfVehicle(tables[kind.CostTable], v);
            Model.SetFixedCostOfVehicle(kind.FixedCost, v);
        }
    }

    private void AddLoads()
    {
        for (var d = 0; d < _routing.Demands.Count; d++)
            Model.AddDimensionWithVehicleCapacity(
                Model.RegisterUnaryTransitVector(_routing.Demands[d]),
                0,
                PerVehicle(_routing.Capacities[d]),
                true,
                $"load {d}"
            );
    }

    /// <summary>A vehicle leaves when its shift begins and waits where it comes too early.</summary>
    private void AddTimes()
    {
        if (_routing.Times is not { } times)
            return;
        Model.AddDimensionWithVehicleCapacity(
            Register(times),
            _routing.Horizon,
            Array.ConvertAll(_kinds, k => _routing.Kinds[k].Shift.Latest),
            false,
            "time"
        );
        using var time = Model.GetMutableDimension("time");
        for (var v = 0; v < _kinds.Length; v++)
            time.CumulVar(Model.Start(v)).SetValue(_routing.Kinds[_kinds[v]].Shift.Earliest);
        for (var node = 0; node < _routing.NumStops; node++)
        {
            var windows = _routing.Windows[node];
            if (windows.Length == 0)
                continue;
            var start = time.CumulVar(Index(node));
            start.SetRange(windows[0].Earliest, windows[^1].Latest);
            for (var w = 1; w < windows.Length; w++)
                if (windows[w - 1].Latest + 1 < windows[w].Earliest)
                    start.RemoveInterval(windows[w - 1].Latest + 1, windows[w].Earliest - 1);
        }
    }

    /// <summary>On the same vehicle, and in order: of visits, as times and distances between the two may be 0.</summary>
    private void AddPairs()
    {
        if (_routing.Pairs.Count == 0)
            return;
        long[] ones = [.. Enumerable.Repeat(1L, _routing.NumNodes)];
        Model.AddDimension(Model.RegisterUnaryTransitVector(ones), 0, _routing.NumStops + 2, true, "visits");
        using var visits = Model.GetMutableDimension("visits");
        var solver = Model.solver();
        foreach (var (pickup, delivery) in _routing.Pairs)
        {
            var (from, to) = (Index(pickup), Index(delivery));
            Model.AddPickupAndDelivery(from, to);
            solver.Add(solver.MakeEquality(Model.VehicleVar(from), Model.VehicleVar(to)));
            solver.Add(solver.MakeLessOrEqual(visits.CumulVar(from), visits.CumulVar(to)));
        }
    }

    /// <summary>
    /// A callback that looks into the table: native code copies what it was given for every route that it looks at, and of
    /// RegisterTransitMatrix, or of its own cache, that is the whole table (as of 9.15: 75 times slower for 1,000 stops).
    /// </summary>
    private int Register(long[][] table)
    {
        LongLongToLong look = (from, to) => table[_nodes[from]][_nodes[to]];
        _callbacks.Add(look);
        return Model.RegisterTransitCallback(look);
    }

    private long Index(int node) => _indices.NodeToIndex(node);

    private long[] PerVehicle(long[] perKind) => Array.ConvertAll(_kinds, k => perKind[k]);
}
