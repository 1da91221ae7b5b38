namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>Solves components outright whose width, and tables, are within the limits; all limits but the width are shared.</summary>
internal sealed class TreeSolver(WorkingQubo qubo, PresolveLimits limits)
{
    /// <summary>Cells below which a second order is not worth looking for.</summary>
    private const long FewCells = 1 << 14;

    private long _steps = limits.MaxOrderSteps;
    private long _cells = limits.MaxTableCells;

    /// <summary>Components solved.</summary>
    public int Solved { get; private set; }

    public int Variables { get; private set; }

    /// <summary>The largest of those solved.</summary>
    public int? Width { get; private set; }

    /// <summary>Why the last component was left that was left for another reason than its width; null when none was.</summary>
    public string? Skipped { get; private set; }

    /// <summary>Fixes all variables of a component; false, and nothing done, when that is beyond the limits.</summary>
    public bool TrySolve(IReadOnlyList<int> component, Func<bool> shouldStop)
    {
        if (Find(component) is not { } order)
            return false;
        if (BucketElimination.Solve(qubo, order, shouldStop) is not { } values)
        {
            Skipped = "stopped";
            return false;
        }
        _cells -= order.Cells;
        for (var k = 0; k < values.Length; k++)
            qubo.Fix(order.Variables[k], values[k]);
        Solved++;
        Variables += values.Length;
        Width = Math.Max(Width ?? 0, order.Width);
        return true;
    }

    /// <summary>The cheaper of two orders; by fill takes longer to find, and is better on grids.</summary>
    private EliminationOrder? Find(IReadOnlyList<int> component)
    {
        var order = EliminationOrder.Greedy(qubo, component, limits.MaxWidth, byFill: false, ref _steps);
        if (order is not { Cells: <= FewCells } && _steps >= 0)
        {
            var other = EliminationOrder.Greedy(qubo, component, limits.MaxWidth, byFill: true, ref _steps);
            if (other is not null && (order is null || other.Cells < order.Cells))
                order = other;
        }
        if (order is null)
        {
            if (_steps < 0)
                Skipped = $"more than {limits.MaxOrderSteps} steps in search of elimination orders";
            return null;
        }
        if (order.Cells > _cells)
            Skipped = $"{order.Cells} cells of tables, the limit is {limits.MaxTableCells} in all";
        else if (order.PeakBytes > limits.MaxTableBytes)
            Skipped = $"{order.PeakBytes} bytes of tables, the limit is {limits.MaxTableBytes}";
        else
            return order;
        return null;
    }
}
