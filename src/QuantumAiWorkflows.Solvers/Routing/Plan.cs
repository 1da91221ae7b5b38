namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// A plan for a <see cref="VrpModel"/>, feasible or not: all customers in one array, cut into routes. Reused, so that a search
/// allocates nothing.
/// </summary>
internal sealed class Plan(VrpModel model)
{
    /// <summary>[n] every customer once.</summary>
    public int[] Tour { get; } = new int[model.Customers];

    /// <summary>[routes + 1] where routes begin in <see cref="Tour"/>; the last entry in use is n.</summary>
    public int[] Bounds { get; } = new int[model.Vehicles + 1];

    /// <summary>Routes in use.</summary>
    public int Count { get; set; }

    /// <summary>[n+1] who comes after a customer, 0 for the depot.</summary>
    public int[] Next { get; } = new int[model.Places];

    /// <summary>[n+1] who comes before a customer, 0 for the depot.</summary>
    public int[] Previous { get; } = new int[model.Places];

    /// <summary>Sum of the arcs, without penalties.</summary>
    public long Cost { get; private set; }

    /// <summary>Load beyond capacity, over all routes.</summary>
    public long Excess { get; private set; }

    /// <summary>Time warp, over all routes.</summary>
    public long Warp { get; private set; }

    public bool IsFeasible => Excess == 0 && Warp == 0;

    public ReadOnlySpan<int> Route(int route) => Tour.AsSpan(Bounds[route]..Bounds[route + 1]);

    public long PenalizedCost(Penalties penalties) => Cost + penalties.OfExcess(Excess) + penalties.OfWarp(Warp);

    /// <summary>Works out everything that follows from the tour and its bounds. O(n).</summary>
    public void Settle()
    {
        (Cost, Excess, Warp) = (0, 0, 0);
        for (var r = 0; r < Count; r++)
        {
            var route = Route(r);
            Cost += model.CostOf(route);
            Excess += Math.Max(0, model.LoadOf(route) - model.Capacity);
            Warp += model.WarpOf(route);
            var at = 0;
            foreach (var customer in route)
            {
                Previous[customer] = at;
                if (at != 0)
                    Next[at] = customer;
                at = customer;
            }
            if (at != 0)
                Next[at] = 0;
        }
    }

    public void CopyFrom(Plan other)
    {
        other.Tour.CopyTo(Tour, 0);
        other.Bounds.CopyTo(Bounds, 0);
        other.Next.CopyTo(Next, 0);
        other.Previous.CopyTo(Previous, 0);
        (Count, Cost, Excess, Warp) = (other.Count, other.Cost, other.Excess, other.Warp);
    }
}
