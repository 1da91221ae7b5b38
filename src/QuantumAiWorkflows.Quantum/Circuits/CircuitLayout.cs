using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Circuits;

/// <summary>
/// Where the gates of a drawing stand: each as far left as its wires and those it crosses are free, within its part of the
/// circuit, so that start, cost and mixer layers can be told apart.
/// </summary>
internal sealed class CircuitLayout
{
    public CircuitLayout(QaoaCircuit template, QirCircuit circuit)
    {
        var free = new int[circuit.Qubits];
        for (var k = 0; k < circuit.Gates.Count; k++)
        {
            var (gate, place) = (circuit.Gates[k], template.Template[k]);
            if (Sections.Count == 0 || (Sections[^1].Part, Sections[^1].Layer) != (place.Part, place.Layer))
            {
                Sections.Add(new(place.Part, place.Layer, Columns));
                free.AsSpan().Fill(Columns);
            }
            var (top, bottom) = gate.IsOnTwoQubits
                ? (Math.Min(gate.First, gate.Second), Math.Max(gate.First, gate.Second))
                : (gate.First, gate.First);
            var column = free[top..(bottom + 1)].Max();
            free.AsSpan(top..(bottom + 1)).Fill(column + 1);
            Gates.Add((gate, column));
            Columns = Math.Max(Columns, column + 1);
        }
    }

    public List<(QirGate Gate, int Column)> Gates { get; } = [];

    /// <summary>From left to right, with the column that each begins at.</summary>
    public List<Section> Sections { get; } = [];

    public int Columns { get; private set; }

    public sealed record Section(CircuitPart Part, int Layer, int FirstColumn)
    {
        public string Title =>
            Part switch
            {
                CircuitPart.Cost => $"cost {Layer + 1}",
                CircuitPart.Mixer => $"mixer {Layer + 1}",
                CircuitPart.Start => "start",
                _ => "shots",
            };
    }
}
