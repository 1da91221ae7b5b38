using Google.OrTools.Sat;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.CpSat.Routing;

/// <summary>
/// Plans as circuits through the depot: a literal for every arc, the first variables of the model. With one vehicle a single
/// circuit; with more, circuits that meet in the depot, at most so many, and a load at every customer that grows along the arcs
/// (C. E. Miller, A. W. Tucker, R. A. Zemlin, Journal of the ACM 7, 1960).
/// </summary>
internal sealed class CircuitModel
{
    private readonly VrpModel _vrp;

    /// <summary>By variable.</summary>
    private readonly List<(int From, int To)> _arcs = [];

    public CircuitModel(VrpModel vrp)
    {
        _vrp = vrp;
        var literals = new List<BoolVar>();
        for (var i = 0; i < vrp.Places; i++)
        for (var j = 0; j < vrp.Places; j++)
            if (i != j)
            {
                _arcs.Add((i, j));
                literals.Add(Model.NewBoolVar(""));
            }
        var isTour = vrp.Vehicles == 1;
        var single = isTour ? Model.AddCircuit() : null;
        var several = isTour ? null : Model.AddMultipleCircuit();
        for (var k = 0; k < literals.Count; k++)
        {
            single?.AddArc(_arcs[k].From, _arcs[k].To, literals[k]);
            several?.AddArc(_arcs[k].From, _arcs[k].To, literals[k]);
        }
        if (!isTour && vrp.Vehicles < vrp.Customers)
            Model.Add(LinearExpr.Sum(Enumerable.Range(0, vrp.Customers).Select(k => literals[k])) <= vrp.Vehicles);
        if (vrp.TotalDemand > vrp.Capacity)
            AddLoads(literals);
        Model.Minimize(LinearExpr.WeightedSum(literals, _arcs.Select(a => (long)vrp.Cost[a.From * vrp.Places + a.To])));
    }

    public CpModel Model { get; } = new();

    public int NumArcs => _arcs.Count;

    /// <summary>The arcs of a plan, as values of the first variables.</summary>
    public sbyte[] BitsOf(Plan plan)
    {
        var used = new HashSet<(int, int)>();
        for (var r = 0; r < plan.Count; r++)
        {
            var at = 0;
            foreach (var next in plan.Route(r))
            {
                used.Add((at, next));
                at = next;
            }
            used.Add((at, 0));
        }
        return [.. _arcs.Select(a => (sbyte)(used.Contains(a) ? 1 : 0))];
    }

    /// <summary>Routes as customers in their order.</summary>
    public List<List<int>> RoutesOf(sbyte[] bits)
    {
        var next = new int[_vrp.Places];
        var routes = new List<List<int>>();
        for (var k = 0; k < bits.Length; k++)
            if (bits[k] != 0)
            {
                if (_arcs[k].From == 0)
                    routes.Add([_arcs[k].To]);
                else
                    next[_arcs[k].From] = _arcs[k].To;
            }
        foreach (var route in routes)
            while (next[route[^1]] is var after and > 0)
                route.Add(after);
        return routes;
    }

    private void AddLoads(List<BoolVar> literals)
    {
        var loads = Enumerable
            .Range(0, _vrp.Places)
            .Select(i => Model.NewIntVar(_vrp.Demand[i], Math.Max(_vrp.Demand[i], _vrp.Capacity), ""))
            .ToArray();
        for (var i = 1; i < _vrp.Places; i++)
            if (_vrp.Demand[i] > _vrp.Capacity)
                Model.AddBoolOr([]);
        for (var k = 0; k < literals.Count; k++)
            if (_arcs[k] is (> 0, > 0) and var (from, to))
                Model.Add(loads[to] >= loads[from] + _vrp.Demand[to]).OnlyEnforceIf(literals[k]);
    }
}
