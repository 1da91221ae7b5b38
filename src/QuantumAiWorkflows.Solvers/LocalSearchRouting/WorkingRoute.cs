namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

/// <summary>A route of a <see cref="WorkingPlan"/>, with what it was before the changes since the last commit.</summary>
internal sealed class WorkingRoute(int vehicle, int dimensions)
{
    private int[]? _before;
    private double _costBefore;

    public int Vehicle => vehicle;

    public List<int> Stops { get; } = [];

    public double Cost { get; set; }

    /// <summary>All that its stops take of each capacity; with deliveries on the way that is not what is ever on board.</summary>
    public double[] Load { get; } = new double[dimensions];

    /// <summary>True since a change that was neither committed nor undone.</summary>
    public bool IsTouched => _before is not null;

    /// <summary>Keeps what it is now, if nothing is kept yet.</summary>
    public void Touch()
    {
        if (_before is null)
            (_before, _costBefore) = ([.. Stops], Cost);
    }

    public void Commit() => _before = null;

    /// <summary>Back to what it was when it was first touched.</summary>
    public void Undo()
    {
        if (_before is null)
            return;
        Stops.Clear();
        Stops.AddRange(_before);
        Cost = _costBefore;
        _before = null;
    }
}
