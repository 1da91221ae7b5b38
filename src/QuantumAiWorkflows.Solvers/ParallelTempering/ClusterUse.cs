namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>
/// At which temperatures clusters are changed. Auto: everywhere at first, and from the end of the ladder's adaptation on, for
/// good, where at least half of the moves found a cluster that does not span the graph.
/// </summary>
internal sealed class ClusterUse(ClusterMoveUse wanted, int rungs)
{
    private readonly long[] _tried = new long[rungs];
    private readonly long[] _moved = new long[rungs];
    private bool[]? _decided;

    public bool At(int rung) =>
        wanted == ClusterMoveUse.On || (wanted == ClusterMoveUse.Auto && (_decided is null || _decided[rung]));

    /// <param name="size">As <see cref="ClusterMoves{T}.Move"/> returns it.</param>
    public void Saw(int rung, int size)
    {
        if (_decided is not null)
            return;
        _tried[rung]++;
        _moved[rung] += size > 0 ? 1 : 0;
    }

    /// <summary>The same every time after the first: a choice that went on changing would favour some states.</summary>
    public void Decide() => _decided ??= [.. _tried.Select((tried, k) => tried > 0 && 2 * _moved[k] >= tried)];
}
