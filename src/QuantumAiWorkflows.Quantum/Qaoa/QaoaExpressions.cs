using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>Calls of the operations in the Q# sources for one Ising model and one circuit shape, as Q# expressions.</summary>
/// <param name="starts">Start angles of <see cref="QaoaVariant.WarmStart"/>, shape [n]; null for the others.</param>
internal sealed class QaoaExpressions(QuboTerms ising, CircuitShape? shape = null, IReadOnlyList<double>? starts = null)
{
    private readonly QaoaVariant _variant = shape?.Variant ?? QaoaVariant.Standard;

    private readonly string _model =
        $"{QSharpProgram.Literal(ising.Linear)}, [{string.Join(", ", Enumerable.Range(0, ising.Value.Length)
            .Select(k => $"({ising.Row[k]}, {ising.Column[k]}, {QSharpProgram.Literal(ising.Value[k])})"))}]";

    /// <summary>The cost function.</summary>
    public QuboTerms Ising => ising;

    /// <summary>Start angles of a warm start, shape [n]; null for other shapes.</summary>
    public IReadOnlyList<double>? Starts => starts;

    private int Terms => ising.Linear.Count(h => h != 0) + ising.Value.Count(w => w != 0);

    /// <summary>One shot, ended by measurements.</summary>
    public string Sample(QaoaAngles angles) => Sample(angles, starts);

    /// <summary>The same with every angle 1, the start angles, too: what circuits are compiled from.</summary>
    public string Template(CircuitShape of) =>
        Sample(of.Unit(ising.NumVariables, Terms), starts: [.. Enumerable.Repeat(1.0, ising.NumVariables)]);

    /// <summary>The shape with so many layers; standard QAOA where none was given.</summary>
    public CircuitShape Shape(int layers) =>
        shape is null ? CircuitShape.Standard(layers) : shape with { Layers = layers };

    /// <summary>The states at several angles, in one call.</summary>
    public string Dump(IEnumerable<QaoaAngles> angles) =>
        $"{Operation("Dump", "States")}([{string.Join(", ", angles.Select(a => $"({Angles(a)})"))}], {Extra(starts)}{_model})";

    private string Sample(QaoaAngles angles, IReadOnlyList<double>? starts) =>
        $"{Operation("Sample", "")}({Angles(angles)}, {Extra(starts)}{_model})";

    private string Operation(string verb, string ending) =>
        _variant switch
        {
            QaoaVariant.XyRing => $"XyRing.{verb}XyRing{ending}",
            QaoaVariant.WarmStart => $"WarmStart.{verb}WarmStart{ending}",
            QaoaVariant.MultiAngle => $"MultiAngle.{verb}MultiAngle{ending}",
            _ => $"Qaoa.{verb}Qaoa{ending}",
        };

    private string Angles(QaoaAngles angles) =>
        _variant == QaoaVariant.MultiAngle
            ? $"{ByLayer(angles.Gammas, Terms)}, {ByLayer(angles.Betas, ising.NumVariables)}"
            : $"{QSharpProgram.Literal(angles.Gammas)}, {QSharpProgram.Literal(angles.Betas)}";

    /// <summary>One angle per layer stands for all of the layer.</summary>
    private string ByLayer(double[] angles, int perLayer)
    {
        var layers = shape!.Layers;
        var isWhole = angles.Length == layers * perLayer;
        var rows = Enumerable
            .Range(0, layers)
            .Select(l => isWhole ? angles.Skip(l * perLayer).Take(perLayer) : Enumerable.Repeat(angles[l], perLayer));
        return $"[{string.Join(", ", rows.Select(QSharpProgram.Literal))}]";
    }

    /// <summary>What an operation takes between the angles and the model.</summary>
    private string Extra(IReadOnlyList<double>? starts) =>
        _variant switch
        {
            QaoaVariant.XyRing => $"[{string.Join(", ", shape!.Groups.Select(g => $"[{string.Join(", ", g)}]"))}], ",
            QaoaVariant.WarmStart => $"{QSharpProgram.Literal(starts!)}, ",
            _ => "",
        };
}
