namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// An order in which the variables of a component are eliminated one after another, and what that would take: a tree
/// decomposition in other words, whose bags are a variable and its neighbours at its turn.
/// </summary>
/// <param name="Variables">Of the working problem.</param>
/// <param name="Neighbours">Of each at its turn, in the order of their own turns.</param>
/// <param name="Position">Of each variable in the order.</param>
internal sealed record EliminationOrder(int[] Variables, int[][] Neighbours, IReadOnlyDictionary<int, int> Position)
{
    /// <summary>What building the graph is charged, in room more than in time.</summary>
    private const long VariableSteps = 10;

    private const long PairSteps = 4;

    public int Width => Neighbours.Max(n => n.Length);

    /// <summary>Cells of all tables.</summary>
    public long Cells => Neighbours.Sum(n => 1L << n.Length);

    /// <summary>Bytes that live at the same time: tables not yet added up, two of the turn's own, and a bit a cell for choices.</summary>
    public long PeakBytes
    {
        get
        {
            var (live, peak) = (0L, 0L);
            var consumed = new long[Variables.Length];
            for (var k = 0; k < Variables.Length; k++)
            {
                var bytes = sizeof(long) << Neighbours[k].Length;
                peak = Math.Max(peak, live + 2 * bytes);
                live += bytes - consumed[k];
                if (Neighbours[k] is [var first, ..])
                    consumed[Position[first]] += bytes;
                else
                    live -= bytes;
            }
            return peak + Cells / 8 + sizeof(long) * Variables.LongLength;
        }
    }

    /// <summary>
    /// By fewest neighbours, or by fewest pairs of them that are not joined yet (counted anew when a neighbour is
    /// eliminated, not when two neighbours become joined from elsewhere); null when no turn is left within the width.
    /// Greedy: the width is an upper bound of the treewidth, exact on trees and cycles.
    /// </summary>
    /// <remarks>H. L. Bodlaender, A. M. C. A. Koster, Treewidth computations I: upper bounds, Information and Computation 208, 2010.</remarks>
    /// <param name="steps">What may still be spent on joining and looking up pairs; null, too, when it is not enough.</param>
    public static EliminationOrder? Greedy(
        WorkingQubo qubo,
        IReadOnlyList<int> component,
        int maxWidth,
        bool byFill,
        ref long steps
    )
    {
        var pairs = component.Sum(i => (long)qubo.Degree[i]) / 2;
        // A graph of treewidth w has fewer than w·n interactions: most are refused before anything is built.
        if (pairs > (long)maxWidth * component.Count)
            return null;
        steps -= VariableSteps * component.Count + PairSteps * pairs;
        if (steps < 0)
            return null;
        var graph = new Dictionary<int, HashSet<int>>(component.Count);
        foreach (var i in component)
        {
            var row = graph[i] = new(qubo.Degree[i]);
            for (var half = qubo.First(i); half >= 0; half = qubo.Next(half))
                row.Add(qubo.End(half));
        }
        var queue = new PriorityQueue<int, (long, int)>();
        var key = new Dictionary<int, long>(component.Count);
        foreach (var i in component)
            Rank(i, ref steps);

        var (variables, neighbours) = (new List<int>(component.Count), new List<int[]>(component.Count));
        var position = new Dictionary<int, int>(component.Count);
        while (variables.Count < component.Count)
        {
            var i = NextInTurn();
            int[] around = [.. graph[i].Order()];
            if (around.Length > maxWidth || steps < 0)
                return null;
            position[i] = variables.Count;
            variables.Add(i);
            neighbours.Add(around);
            Eliminate(i, around, ref steps);
        }
        foreach (var around in neighbours)
            Array.Sort(around, (a, b) => position[a].CompareTo(position[b]));
        return new([.. variables], [.. neighbours], position);

        int NextInTurn()
        {
            // Ranks that have changed since leave old entries behind.
            while (true)
            {
                queue.TryDequeue(out var i, out var rank);
                if (graph.ContainsKey(i) && key[i] == rank.Item1)
                    return i;
            }
        }

        void Eliminate(int i, int[] around, ref long steps)
        {
            graph.Remove(i);
            foreach (var a in around)
                graph[a].Remove(i);
            steps -= around.Length * (around.Length - 1L) / 2;
            for (var p = 0; p < around.Length; p++)
            for (var q = p + 1; q < around.Length; q++)
                if (graph[around[p]].Add(around[q]))
                    graph[around[q]].Add(around[p]);
            foreach (var a in around)
                Rank(a, ref steps);
        }

        void Rank(int i, ref long steps)
        {
            var row = graph[i];
            // Beyond the width a variable is not in turn before all others are, whatever it would join.
            var rank =
                byFill && row.Count <= maxWidth ? Fill(row, ref steps)
                : byFill ? long.MaxValue
                : row.Count;
            if (key.TryGetValue(i, out var known) && known == rank)
                return;
            key[i] = rank;
            queue.Enqueue(i, (rank, i));
        }

        long Fill(HashSet<int> row, ref long steps)
        {
            var missing = 0L;
            steps -= (long)row.Count * row.Count / 2;
            foreach (var a in row)
            foreach (var b in row)
                if (a < b && !graph[a].Contains(b))
                    missing++;
            return missing;
        }
    }
}
