using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>Where the qubits of a circuit begin.</summary>
internal static class Layout
{
    /// <summary>
    /// One after the other, the one with most pairs among those already placed first, each where it is nearest to its
    /// partners; the first one in the middle of the graph.
    /// </summary>
    /// <returns>The physical qubit of each qubit, shape [qubits].</returns>
    public static int[] Of(IReadOnlyList<QirGate> gates, int qubits, CouplingGraph graph)
    {
        var partners = Enumerable.Range(0, qubits).Select(_ => new HashSet<int>()).ToArray();
        foreach (var gate in gates)
            if (gate.IsOnTwoQubits)
            {
                partners[gate.First].Add(gate.Second);
                partners[gate.Second].Add(gate.First);
            }

        var at = Enumerable.Repeat(-1, qubits).ToArray();
        var isTaken = new bool[graph.Qubits];
        var placedPartners = new int[qubits];
        var middle = Enumerable
            .Range(0, graph.Qubits)
            .MinBy(p => Enumerable.Range(0, graph.Qubits).Max(o => Far(p, o)));
        for (var k = 0; k < qubits; k++)
        {
            var next = -1;
            for (var q = 0; q < qubits; q++)
                if (
                    at[q] < 0
                    && (
                        next < 0
                        || (placedPartners[q], partners[q].Count).CompareTo(
                            (placedPartners[next], partners[next].Count)
                        ) > 0
                    )
                )
                    next = q;
            var (best, cost) = (-1, double.PositiveInfinity);
            for (var p = 0; p < graph.Qubits; p++)
            {
                if (isTaken[p])
                    continue;
                // A little towards the middle: what is placed in a corner has nowhere to go.
                var sum = 1e-3 * Far(p, middle);
                foreach (var partner in partners[next])
                    if (at[partner] >= 0)
                        sum += Far(p, at[partner]);
                if (sum < cost)
                    (best, cost) = (p, sum);
            }
            at[next] = best;
            isTaken[best] = true;
            foreach (var partner in partners[next])
                placedPartners[partner]++;
        }
        return at;

        double Far(int a, int b) => graph.Distance(a, b);
    }
}
