using QuantumAiWorkflows.Economics;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>Which physical qubits are coupled, and how far apart the others are.</summary>
internal sealed class CouplingGraph
{
    private readonly int[][] _neighbours;
    private readonly int[,] _distance;

    private CouplingGraph(int[][] neighbours)
    {
        _neighbours = neighbours;
        _distance = Distances(neighbours);
    }

    public int Qubits => _neighbours.Length;

    public IReadOnlyList<int> Neighbours(int qubit) => _neighbours[qubit];

    /// <summary>Couplings on the shortest way; 1 for neighbours.</summary>
    public int Distance(int from, int to) => _distance[from, to];

    /// <summary>A graph of that kind with so many qubits; null where every pair is coupled.</summary>
    public static CouplingGraph? Of(ConnectivityKind kind, int qubits) =>
        kind switch
        {
            ConnectivityKind.HeavyHex => HeavyHex(qubits),
            ConnectivityKind.SquareGrid => SquareGrid(qubits),
            ConnectivityKind.AllToAll => null,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no circuits on this graph."),
        };

    /// <summary>As near to a square as the number allows, filled row by row.</summary>
    public static CouplingGraph SquareGrid(int qubits)
    {
        var width = (int)Math.Ceiling(Math.Sqrt(qubits));
        var edges = new List<(int, int)>();
        for (var q = 0; q < qubits; q++)
        {
            if ((q + 1) % width != 0 && q + 1 < qubits)
                edges.Add((q, q + 1));
            if (q + width < qubits)
                edges.Add((q, q + width));
        }
        return new(FromEdges(qubits, edges));
    }

    /// <summary>
    /// Rows of qubits in a line, and between two rows a qubit under every fourth one that links both, in turn at places 0, 4,
    /// 8 … and 2, 6, 10 …: hexagons with a qubit on every corner and edge. So many of them as are nearest to the middle.
    /// </summary>
    public static CouplingGraph HeavyHex(int qubits)
    {
        // A row of w and its links are about 1.25 w qubits; rows are two apart, so half as many rows make it a square.
        var width = Math.Max(5, (int)Math.Ceiling(Math.Sqrt(qubits * 1.6)));
        var edges = new List<(int, int)>();
        var (above, next) = (-1, 0);
        for (var row = 0; next < qubits + 2 * width; row++)
        {
            var start = next;
            next += width;
            for (var i = 0; i + 1 < width; i++)
                edges.Add((start + i, start + i + 1));
            if (above >= 0)
                for (var (place, link) = (Offset(row - 1), above + width); place < width; place += 4, link++)
                    edges.Add((link, start + place));
            for (var place = Offset(row); place < width; place += 4)
                edges.Add((start + place, next++));
            above = start;
        }
        return new(Middle(FromEdges(next, edges), qubits));

        static int Offset(int row) => row % 2 == 0 ? 0 : 2;
    }

    /// <summary>The qubits that are reached first from the one in the middle: connected, whatever their number.</summary>
    private static int[][] Middle(int[][] neighbours, int qubits)
    {
        var number = new Dictionary<int, int> { [neighbours.Length / 2] = 0 };
        var queue = new Queue<int>(number.Keys);
        while (number.Count < qubits && queue.TryDequeue(out var at))
            foreach (var to in neighbours[at])
                if (number.Count < qubits && number.TryAdd(to, number.Count))
                    queue.Enqueue(to);
        return
        [
            .. number.Keys.Select(q =>
                neighbours[q].Where(number.ContainsKey).Select(n => number[n]).Order().ToArray()
            ),
        ];
    }

    private static int[][] FromEdges(int qubits, IEnumerable<(int A, int B)> edges)
    {
        var neighbours = Enumerable.Range(0, qubits).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (a, b) in edges)
        {
            neighbours[a].Add(b);
            neighbours[b].Add(a);
        }
        return [.. neighbours.Select(n => n.ToArray())];
    }

    private static int[,] Distances(int[][] neighbours)
    {
        var n = neighbours.Length;
        var distance = new int[n, n];
        var queue = new Queue<int>();
        for (var from = 0; from < n; from++)
        {
            for (var to = 0; to < n; to++)
                distance[from, to] = to == from ? 0 : int.MaxValue;
            queue.Enqueue(from);
            while (queue.TryDequeue(out var at))
                foreach (var to in neighbours[at])
                    if (distance[from, to] == int.MaxValue)
                    {
                        distance[from, to] = distance[from, at] + 1;
                        queue.Enqueue(to);
                    }
        }
        return distance;
    }
}
