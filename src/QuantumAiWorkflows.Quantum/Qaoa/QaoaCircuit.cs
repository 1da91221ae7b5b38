using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// A gate of a circuit that was compiled with every angle 1: at other angles its own is <c>Unit.Angle</c> times the
/// parameter.
/// </summary>
/// <param name="Parameter">Index into <see cref="QaoaCircuit.Parameters"/>; -1 for a gate that no angle scales.</param>
/// <param name="Layer">-1 outside layers.</param>
internal readonly record struct TemplateGate(QirGate Unit, int Parameter, CircuitPart Part, int Layer)
{
    public QirGate At(ReadOnlySpan<double> parameters) =>
        Parameter < 0 ? Unit : Unit with { Angle = Unit.Angle * parameters[Parameter] };
}

internal enum CircuitPart
{
    Start,
    Cost,
    Mixer,
    Measurement,
}

/// <summary>
/// A QAOA circuit compiled with the angle 1 in every layer, read back from its gates: a start, then layers of diagonal
/// gates and a mixer, then measurements. Other angles only rescale the gates, so one compilation serves a whole
/// optimization.
/// </summary>
internal sealed class QaoaCircuit
{
    internal QaoaCircuit(QirCircuit qir, CircuitShape shape, TemplateReader read)
    {
        Qubits = qir.Qubits;
        Shape = shape;
        Cost = read.Cost;
        MixerScale = read.MixerScale;
        Template = read.Gates;
        Depth = qir.Depth;
        TwoQubitGates = qir.TwoQubitGates;
        GateCounts = qir.Counts;
        Space = new(Qubits, shape.Groups);
    }

    public int Qubits { get; }

    public CircuitShape Shape { get; }

    public int Layers => Shape.Layers;

    /// <summary>The bit strings that the circuit can give.</summary>
    public SearchSpace Space { get; }

    /// <summary>The cost function without its offset, as the diagonal gates have it at gamma = 1.</summary>
    public IReadOnlyList<DiagonalTerm> Cost { get; }

    /// <summary>
    /// What beta = 1 means to the mixer, the same in all its gates: half the angle of rx and rz, the angle of rxx and ryy.
    /// A layer of standard QAOA applies exp(-i·MixerScale·beta·ΣX).
    /// </summary>
    public double MixerScale { get; }

    /// <summary>In program order, measurements included.</summary>
    public IReadOnlyList<TemplateGate> Template { get; }

    public int Depth { get; }

    public int TwoQubitGates { get; }

    public IReadOnlyDictionary<string, int> GateCounts { get; }

    /// <summary>Gammas of one layer: one, or one per term of <see cref="Cost"/>, in its order.</summary>
    public int GammasPerLayer => Shape.Variant == QaoaVariant.MultiAngle ? Cost.Count : 1;

    /// <summary>Betas of one layer: one, or one per qubit.</summary>
    public int BetasPerLayer => Shape.Variant == QaoaVariant.MultiAngle ? Qubits : 1;

    /// <summary>Angles that an optimizer may turn.</summary>
    public int NumAngles => Layers * (GammasPerLayer + BetasPerLayer);

    /// <exception cref="QirException">The gates do not have that shape.</exception>
    public static QaoaCircuit From(QirCircuit qir, int layers) => From(qir, CircuitShape.Standard(layers));

    /// <inheritdoc cref="From(QirCircuit, int)"/>
    public static QaoaCircuit From(QirCircuit qir, CircuitShape shape)
    {
        var reader = new TemplateReader(qir, shape);
        reader.Read();
        return new(qir, shape, reader);
    }

    /// <summary>
    /// The angles with as many per layer as the circuit has: one gamma and one beta per layer stand for all of it.
    /// </summary>
    /// <exception cref="ArgumentException">Neither one per layer nor what the circuit has.</exception>
    public QaoaAngles Expand(QaoaAngles angles)
    {
        return new(Repeat(angles.Gammas, GammasPerLayer), Repeat(angles.Betas, BetasPerLayer));

        double[] Repeat(double[] values, int perLayer) =>
            values.Length == Layers * perLayer ? values
            : values.Length == Layers ? [.. values.SelectMany(v => Enumerable.Repeat(v, perLayer))]
            : throw new ArgumentException(
                $"Expected {Layers} or {Layers * perLayer} angles, got {values.Length}.",
                nameof(angles)
            );
    }

    /// <summary>What <see cref="TemplateGate.Parameter"/> counts: gammas and betas layer by layer, then start angles.</summary>
    /// <param name="starts">Of <see cref="QaoaVariant.WarmStart"/>, shape [n]; null for the others.</param>
    public double[] Parameters(QaoaAngles angles, IReadOnlyList<double>? starts = null)
    {
        var expanded = Expand(angles);
        return [.. expanded.Gammas, .. expanded.Betas, .. starts ?? []];
    }

    /// <summary>The circuit at given angles.</summary>
    public QirCircuit At(QaoaAngles angles, IReadOnlyList<double>? starts = null)
    {
        var parameters = Parameters(angles, starts);
        return new(Qubits, [.. Template.Select(g => g.At(parameters))]);
    }
}
