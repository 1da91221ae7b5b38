using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>
/// Cuts a giant tour into the routes of least penalized cost, time windows left aside: a shortest path that a deque finds in
/// O(n), or in O(n · vehicles) where the fleet would not suffice (T. Vidal, Split algorithm in O(n) for the capacitated vehicle
/// routing problem, Computers and Operations Research 69, 2016).
/// </summary>
internal sealed class Splitter(VrpModel model)
{
    private readonly int _n = model.Customers;
    private readonly long[] _fromDepot = new long[model.Customers + 2];
    private readonly long[] _toDepot = new long[model.Customers + 2];
    private readonly long[] _distance = new long[model.Customers + 2];
    private readonly long[] _load = new long[model.Customers + 2];
    private readonly long[] _potential = new long[model.Customers + 1];
    private readonly long[] _earlier = new long[model.Customers + 1];
    private readonly int[] _deque = new int[model.Customers + 1];
    private readonly int[] _cut = new int[model.Customers + 1];
    private int[]? _cuts;
    private long _excessPenalty;

    /// <summary>Sets the bounds of a plan whose tour is given, and settles it.</summary>
    public void Split(Plan plan, Penalties penalties)
    {
        _excessPenalty = penalties.Excess;
        Prepare(plan.Tour);
        Relax(null, _potential, _cut);
        var routes = 0;
        for (var i = _n; i > 0; i = _cut[i])
            routes++;
        if (routes <= model.Vehicles)
            for (var (i, r) = (_n, routes); i >= 0; i = i > 0 ? _cut[i] : -1)
                plan.Bounds[r--] = i;
        else
            routes = SplitFleet(plan);
        plan.Count = routes;
        plan.Settle();
    }

    /// <summary>
    /// Prefix sums, in units of penalized cost. A route i+1..j costs from the depot to i+1, along the tour to j, back, and the
    /// penalty for load[j] - load[i] beyond capacity.
    /// </summary>
    private void Prepare(int[] tour)
    {
        for (var i = 1; i <= _n; i++)
        {
            var customer = tour[i - 1];
            _fromDepot[i] = Scaled(0, customer);
            _toDepot[i] = Scaled(customer, 0);
            _distance[i] = i == 1 ? 0 : _distance[i - 1] + Scaled(tour[i - 2], customer);
            _load[i] = _load[i - 1] + model.Demand[customer];
        }
    }

    private long Scaled(int from, int to) => (long)model.Cost[from * model.Places + to] << Penalties.FractionBits;

    /// <summary>
    /// Best last cuts before each place. Without <paramref name="from"/> any number of routes: the potentials being found are
    /// built on. With it one route more than those.
    /// </summary>
    private void Relax(long[]? from, long[] to, int[] cut)
    {
        var source = from ?? to;
        var (head, tail) = (0, 0);
        if (from is null)
            to[0] = 0;
        else
            to[0] = Unreachable;
        if (source[0] < Unreachable)
            _deque[tail++] = 0;
        for (var j = 1; j <= _n; j++)
        {
            if (head == tail)
                (to[j], cut[j]) = (Unreachable, -1);
            else
            {
                // The front is the best for j: those before it were dropped when another became better.
                while (tail - head > 1 && Reach(source, _deque[head], j) >= Reach(source, _deque[head + 1], j))
                    head++;
                (to[j], cut[j]) = (Reach(source, _deque[head], j), _deque[head]);
            }
            if (j == _n || source[j] >= Unreachable)
                continue;
            if (tail > head && IsDominatedByEarlier(source, _deque[tail - 1], j))
                continue;
            while (tail > head && IsDominatedByLater(source, _deque[tail - 1], j))
                tail--;
            _deque[tail++] = j;
        }
    }

    private const long Unreachable = long.MaxValue / 4;

    private long Reach(long[] source, int i, int j) =>
        source[i]
        + _fromDepot[i + 1]
        + _distance[j]
        - _distance[i + 1]
        + _toDepot[j]
        + _excessPenalty * Math.Max(0, _load[j] - _load[i] - model.Capacity);

    /// <summary>Cutting at the earlier i is never worse than at j, not even where i's route is overloaded.</summary>
    private bool IsDominatedByEarlier(long[] source, int i, int j) =>
        source[j] + _fromDepot[j + 1] - _distance[j + 1]
        >= source[i] + _fromDepot[i + 1] - _distance[i + 1] + _excessPenalty * (_load[j] - _load[i]);

    /// <summary>Cutting at the later j is never worse than at i.</summary>
    private bool IsDominatedByLater(long[] source, int i, int j) =>
        source[j] + _fromDepot[j + 1] - _distance[j + 1] <= source[i] + _fromDepot[i + 1] - _distance[i + 1];

    private int SplitFleet(Plan plan)
    {
        var stride = _n + 1;
        var cuts = _cuts ??= new int[(model.Vehicles + 1) * stride];
        var (before, now) = (_potential, _earlier);
        Array.Fill(before, Unreachable);
        before[0] = 0;
        var (best, routes) = (Unreachable, model.Vehicles);
        for (var k = 1; k <= model.Vehicles; k++)
        {
            Relax(before, now, _cut);
            _cut.CopyTo(cuts, k * stride);
            if (now[_n] < best)
                (best, routes) = (now[_n], k);
            (before, now) = (now, before);
        }
        for (var (i, r) = (_n, routes); r >= 0; r--)
        {
            plan.Bounds[r] = i;
            if (r > 0)
                i = cuts[r * stride + i];
        }
        return routes;
    }
}
