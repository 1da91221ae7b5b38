using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Circuits;

/// <summary>
/// OpenQASM 3 (Cross et al., "OpenQASM 3: A broader and deeper quantum assembly language", 2022). Rotations on two qubits
/// are not in its standard library, so the program defines those that it has.
/// </summary>
internal static class OpenQasm
{
    private static readonly (QirGateKind Kind, string Definition)[] Rotations =
    [
        (QirGateKind.Rxx, "gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h a; h b; }"),
        (
            QirGateKind.Ryy,
            "gate ryy(theta) a, b { rx(pi / 2) a; rx(pi / 2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi / 2) a; rx(-pi / 2) b; }"
        ),
        (QirGateKind.Rzz, "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }"),
    ];

    /// <param name="title">One line without a client's text: it becomes a comment.</param>
    public static string Write(QirCircuit circuit, string title)
    {
        var text = new StringBuilder();
        text.Append("OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
        text.Append(CultureInfo.InvariantCulture, $"// {title}; bit k is the outcome of qubit k\n");
        foreach (var (kind, definition) in Rotations)
            if (circuit.Gates.Any(g => g.Kind == kind))
                text.Append(definition).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"qubit[{circuit.Qubits}] q;\nbit[{circuit.Qubits}] c;\n");
        foreach (var gate in circuit.Gates)
            text.Append(Line(gate)).Append('\n');
        return text.ToString();
    }

    private static string Line(QirGate gate)
    {
        if (gate.Kind == QirGateKind.M)
            return $"c[{gate.Second}] = measure q[{gate.First}];";
        var angle = gate.HasAngle ? $"({QirCircuit.Literal(gate.Angle)})" : "";
        var second = gate.IsOnTwoQubits ? $", q[{gate.Second}]" : "";
        return $"{gate.Name}{angle} q[{gate.First}]{second};";
    }
}
