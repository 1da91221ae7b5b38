using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// How many qubits of an annealer a problem takes, from below and from above; the truth is found only by embedding it. From
/// below: a chain of c qubits with d couplers each has c - 1 couplers within, both ends counted 2(c - 1), which leaves
/// c(d - 2) + 2 for others. From above: the known embeddings of all pairs (Boothby et al., "Next-generation topology of
/// D-Wave quantum processors", 2020, and "Zephyr topology of D-Wave quantum processors", 2021; figures from memory).
/// </summary>
internal static class Embedding
{
    public static EmbeddingEstimate Of(QuboTerms ising, HardwareProfile profile)
    {
        var n = ising.NumVariables;
        var couplers = new int[n];
        for (var k = 0; k < ising.Value.Length; k++)
            if (ising.Value[k] != 0)
            {
                couplers[ising.Row[k]]++;
                couplers[ising.Column[k]]++;
            }
        var degree = profile.Connectivity.Degree!.Value;
        var least = couplers.Sum(c => Math.Max(1.0, Math.Ceiling((c - 2.0) / (degree - 2))));

        var largest = LargestClique(profile.Connectivity.Kind, profile.Qubits!.Value);
        var length = n <= largest ? CliqueChain(profile.Connectivity.Kind, n) : null as int?;
        return new(least / n, least, length, length * (double)n, largest);
    }

    /// <summary>Zephyr of size m has 16m(2m + 1) qubits and all pairs of 16m - 8 variables; Pegasus 24m(m - 1) and 12(m - 1).</summary>
    private static int LargestClique(ConnectivityKind kind, int qubits)
    {
        var isZephyr = kind == ConnectivityKind.Zephyr;
        var m = 1;
        // The largest size whose working qubits are at most all of them: a few are broken in every device.
        while (isZephyr ? 16 * (m + 1) * (2 * m + 3) <= 1.1 * qubits : 24 * (m + 1) * m <= 1.1 * qubits)
            m++;
        return isZephyr ? 16 * m - 8 : 12 * (m - 1);
    }

    private static int CliqueChain(ConnectivityKind kind, int variables) =>
        kind == ConnectivityKind.Zephyr
            ? (int)Math.Ceiling((variables + 8) / 16.0) + 1
            : (int)Math.Ceiling(variables / 12.0) + 1;
}
