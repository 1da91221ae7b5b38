namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// A routing problem with one kind of vehicle in whole numbers, as kernels want it: place 0 is the depot (its row leads from
/// where vehicles start, its column to where they end), places 1 to n are the customers. Immutable.
/// </summary>
/// <param name="customers">n, at least 1.</param>
/// <param name="vehicles">Routes that there may be at most, at least 1.</param>
/// <param name="cost">[(n+1)²] by row: what an arc adds to the objective.</param>
/// <param name="duration">[(n+1)²] travel times; the same array as <paramref name="cost"/> where they are equal.</param>
/// <param name="demand">[n+1], 0 at the depot.</param>
/// <param name="capacity">Of each vehicle.</param>
/// <param name="stops">[n+1] service time and window of each place; null without time windows.</param>
internal sealed class VrpModel(
    int customers,
    int vehicles,
    int[] cost,
    int[] duration,
    int[] demand,
    int capacity,
    Segment[]? stops
)
{
    public int Customers => customers;

    public int Vehicles => vehicles;

    /// <summary>n + 1: the length of a row.</summary>
    public int Places => customers + 1;

    public int[] Cost => cost;

    public int[] Duration => duration;

    public int[] Demand => demand;

    public int Capacity => capacity;

    public Segment[]? Stops => stops;

    public bool HasWindows => stops is not null;

    public bool IsSymmetric { get; } = Symmetric(customers + 1, cost);

    public int MaxCost { get; } = cost.Max();

    public int MaxDemand { get; } = demand.Max();

    public long TotalDemand { get; } = demand.Sum(d => (long)d);

    /// <summary>Cost of a route that is no more than its customers, depot to depot.</summary>
    public long CostOf(ReadOnlySpan<int> route)
    {
        var (sum, at) = (0L, 0);
        foreach (var next in route)
        {
            sum += cost[at * Places + next];
            at = next;
        }
        return route.IsEmpty ? 0 : sum + cost[at * Places];
    }

    public long LoadOf(ReadOnlySpan<int> route)
    {
        var sum = 0L;
        foreach (var customer in route)
            sum += demand[customer];
        return sum;
    }

    /// <summary>Time warp that a route needs; 0 when it keeps every window.</summary>
    public int WarpOf(ReadOnlySpan<int> route)
    {
        if (stops is null || route.IsEmpty)
            return 0;
        var (all, at) = (stops[0], 0);
        foreach (var next in route)
        {
            all = all.Then(duration[at * Places + next], stops[next]);
            at = next;
        }
        return all.WarpThen(duration[at * Places], stops[0]);
    }

    private static bool Symmetric(int places, int[] cost)
    {
        for (var i = 0; i < places; i++)
        for (var j = 0; j < i; j++)
            if (cost[i * places + j] != cost[j * places + i])
                return false;
        return true;
    }
}
