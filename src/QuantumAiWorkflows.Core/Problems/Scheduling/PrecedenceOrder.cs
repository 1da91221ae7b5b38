namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>Orders tasks so that each comes after all that it waits for, or finds who waits in a circle.</summary>
internal static class PrecedenceOrder
{
    public static int[] Of(SchedulingProblem problem) =>
        Of(problem.Tasks.Count, i => problem.Tasks[i].After, problem.Followers)
        ?? throw new InvalidOperationException("A problem that was read has a cycle.");

    /// <summary>The first of those that wait for nothing, by index; null when there is a cycle. O(n + precedences).</summary>
    public static int[]? Of(int count, Func<int, int[]> after, IReadOnlyList<IReadOnlyList<int>> followers)
    {
        var waiting = new int[count];
        var order = new List<int>(count);
        for (var i = 0; i < count; i++)
            if ((waiting[i] = after(i).Length) == 0)
                order.Add(i);
        for (var at = 0; at < order.Count; at++)
            foreach (var next in followers[order[at]])
                if (--waiting[next] == 0)
                    order.Add(next);
        return order.Count == count ? [.. order] : null;
    }

    /// <summary>Tasks that wait for each other in a circle, each for the one before it; empty when there are none.</summary>
    public static List<int> Cycle(int count, Func<int, int[]> after)
    {
        // 0 not seen, 1 on the path, 2 done. A stack of its own: a chain may be as long as the problem.
        var state = new byte[count];
        var path = new List<(int Task, int Next)>();
        for (var root = 0; root < count; root++)
        {
            if (state[root] != 0)
                continue;
            path.Add((root, 0));
            state[root] = 1;
            while (path.Count > 0)
            {
                var (task, next) = path[^1];
                var before = after(task);
                if (next == before.Length)
                {
                    state[task] = 2;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }
                path[^1] = (task, next + 1);
                var to = before[next];
                if (state[to] == 1)
                {
                    var cycle = path.SkipWhile(p => p.Task != to).Select(p => p.Task).ToList();
                    cycle.Reverse();
                    return cycle;
                }
                if (state[to] == 0)
                {
                    state[to] = 1;
                    path.Add((to, 0));
                }
            }
        }
        return [];
    }
}
