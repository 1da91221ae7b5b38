namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// Strong components of a directed graph, numbered against the direction of the arcs: a component's number is larger than
/// those of all that it leads to. O(V + E), without recursion, which paths of a million nodes would not survive.
/// </summary>
/// <remarks>R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1(2), 1972.</remarks>
internal static class StrongComponents
{
    /// <param name="start">Arcs out of v are start[v] to start[v + 1].</param>
    /// <param name="head">Where an arc leads; -1 for one that is not there.</param>
    /// <returns>The component's number of each node.</returns>
    public static int[] Of(int[] start, Func<int, int> head)
    {
        var n = start.Length - 1;
        var (component, order, least) = (new int[n], new int[n], new int[n]);
        Array.Fill(component, -1);
        Array.Fill(order, -1);
        var next = start[..n];
        var (open, path) = (new Stack<int>(), new Stack<int>());
        var (visited, count) = (0, 0);
        for (var root = 0; root < n; root++)
        {
            if (order[root] >= 0)
                continue;
            Enter(root);
            while (path.TryPeek(out var v))
            {
                if (next[v] < start[v + 1])
                {
                    var w = head(next[v]++);
                    if (w < 0)
                        continue;
                    if (order[w] < 0)
                        Enter(w);
                    else if (component[w] < 0)
                        least[v] = Math.Min(least[v], order[w]);
                    continue;
                }
                path.Pop();
                if (path.TryPeek(out var parent))
                    least[parent] = Math.Min(least[parent], least[v]);
                if (least[v] == order[v])
                    Close(v);
            }
        }
        return component;

        void Enter(int v)
        {
            order[v] = least[v] = visited++;
            open.Push(v);
            path.Push(v);
        }

        void Close(int v)
        {
            int member;
            do component[member = open.Pop()] = count;
            while (member != v);
            count++;
        }
    }
}
