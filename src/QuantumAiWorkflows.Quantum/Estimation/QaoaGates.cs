using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// The gates that Qaoa.qs compiles to, listed from the model: an estimate must answer for problems of any size at once,
/// and compiling thousands of couplings takes minutes. A test holds it to the compiler's output.
/// </summary>
internal static class QaoaGates
{
    /// <param name="ising">Coefficients of 0 get no gate.</param>
    public static List<QirGate> Of(QuboTerms ising, int layers)
    {
        var gates = new List<QirGate>();
        var n = ising.NumVariables;
        for (var q = 0; q < n; q++)
            gates.Add(new(QirGateKind.H, 0, q, -1));
        for (var layer = 0; layer < layers; layer++)
        {
            for (var q = 0; q < n; q++)
                if (ising.Linear[q] != 0)
                    gates.Add(new(QirGateKind.Rz, 2 * ising.Linear[q], q, -1));
            for (var k = 0; k < ising.Value.Length; k++)
                if (ising.Value[k] != 0)
                    gates.Add(new(QirGateKind.Rzz, 2 * ising.Value[k], ising.Row[k], ising.Column[k]));
            for (var q = 0; q < n; q++)
                gates.Add(new(QirGateKind.Rx, 2, q, -1));
        }
        for (var q = 0; q < n; q++)
            gates.Add(new(QirGateKind.M, 0, q, q));
        return gates;
    }

    /// <summary>How many gates that would be, without listing them.</summary>
    public static long Count(QuboTerms ising, int layers) =>
        2L * ising.NumVariables
        + layers * ((long)ising.NumVariables + ising.Linear.Count(h => h != 0) + ising.Value.LongCount(w => w != 0));

    /// <summary>Time steps when every gate starts as soon as its qubits are free.</summary>
    public static long Depth(IReadOnlyList<QirGate> gates, int qubits)
    {
        var busy = new long[qubits];
        foreach (var gate in gates)
            if (gate.Kind == QirGateKind.Rzz)
                busy[gate.First] = busy[gate.Second] = Math.Max(busy[gate.First], busy[gate.Second]) + 1;
            else
                busy[gate.First]++;
        return busy.Max();
    }
}
