using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>
/// Serial schedule generation (Kolisch, "Serial and parallel resource-constrained project scheduling methods revisited", European
/// Journal of Operational Research 90, 1996): tasks in the order of a list, each at the earliest time that precedences and
/// resources leave, also in a gap. What comes out is feasible and active: no task could start earlier alone.
/// </summary>
internal sealed class ScheduleBuilder
{
    private readonly DispatchModel _model;
    private readonly ResourceProfile[] _profiles;

    public ScheduleBuilder(DispatchModel model)
    {
        _model = model;
        _profiles = [.. model.Problem.Resources.Select(r => new ResourceProfile(r.Capacity))];
        Starts = new int[model.Count];
        Ways = new int[model.Count];
    }

    /// <summary>Of the tasks placed.</summary>
    public int[] Starts { get; }

    /// <summary>Index among the ways of each task placed.</summary>
    public int[] Ways { get; }

    public void Clear()
    {
        foreach (var profile in _profiles)
            profile.Clear();
    }

    /// <summary>Places a task of which all that it waits for is placed.</summary>
    /// <param name="way">The way to use; negative for the one that ends first.</param>
    public void Place(int task, int way) => Place(task, way, EarliestStart(task));

    public int EarliestStart(int task)
    {
        var from = _model.Release[task];
        foreach (var before in _model.After[task])
            from = Math.Max(from, Starts[before] + _model.Ways[before][Ways[before]].Duration);
        return from;
    }

    /// <summary>Places a list, each task behind all that it waits for.</summary>
    /// <param name="chosen">A way for each task, or negative.</param>
    public void PlaceAll(ReadOnlySpan<int> list, ReadOnlySpan<int> chosen)
    {
        Clear();
        foreach (var task in list)
            Place(task, chosen[task]);
    }

    /// <summary>
    /// Places a list backwards, each task as soon after its followers as resources leave, in a time that runs from the end:
    /// the right half of a justification. Ways are those of the last placing; releases do not count.
    /// </summary>
    public void PlaceBackwards(ReadOnlySpan<int> list)
    {
        Clear();
        foreach (var task in list)
        {
            var from = 0;
            foreach (var next in _model.Followers[task])
                from = Math.Max(from, Starts[next] + _model.Ways[next][Ways[next]].Duration);
            Place(task, Ways[task], from);
        }
    }

    private void Place(int task, int way, int from)
    {
        var ways = _model.Ways[task];
        var (start, best) = (0, way);
        if (way >= 0 || ways.Length == 1)
            (best, start) = (Math.Max(way, 0), FirstFit(ways[Math.Max(way, 0)], from));
        else
        {
            var soonest = long.MaxValue;
            for (var w = 0; w < ways.Length; w++)
            {
                var at = FirstFit(ways[w], from);
                if (at + (long)ways[w].Duration < soonest)
                    (soonest, start, best) = (at + (long)ways[w].Duration, at, w);
            }
        }
        foreach (var use in ways[best].Uses)
            _profiles[use.Resource].Take(start, ways[best].Duration, use.Amount);
        (Starts[task], Ways[task]) = (start, best);
    }

    private int FirstFit(Way way, int from)
    {
        while (true)
        {
            var start = from;
            foreach (var use in way.Uses)
                start = _profiles[use.Resource].EarliestStart(start, way.Duration, use.Amount);
            // With one resource the first answer stands; several must agree on one time.
            if (start == from || way.Uses.Length == 1)
                return start;
            from = start;
        }
    }
}
