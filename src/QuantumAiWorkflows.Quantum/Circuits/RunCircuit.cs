using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Quantum.Circuits;

/// <summary>A run's circuit at the angles of its sampled state, made again from the Q# sources, or from their cache.</summary>
public sealed class RunCircuit
{
    private readonly QuboProblem _problem;
    private readonly IReadOnlyList<double>? _starts;
    private readonly QaoaAngles _angles;
    private readonly QaoaCircuit _template;
    private readonly string _text;

    private RunCircuit(
        QuboProblem problem,
        QaoaCircuit template,
        string text,
        QaoaAngles angles,
        IReadOnlyList<double>? starts
    )
    {
        (_problem, _template, _text, _starts) = (problem, template, text, starts);
        _angles = template.Expand(angles);
    }

    /// <param name="options">Of the run.</param>
    /// <param name="startAngles">Of a warm start; null for other circuits.</param>
    /// <param name="isOver">True interrupts a compilation.</param>
    /// <exception cref="QSharp.QSharpException">The circuit was in no cache and could not be compiled.</exception>
    public static RunCircuit Of(
        QuboProblem problem,
        QaoaOptions options,
        LayerAngles angles,
        IReadOnlyList<double>? startAngles,
        string cacheDirectory,
        Func<bool> isOver
    )
    {
        var expressions = new QaoaExpressions(
            problem.Model.ToIsing(),
            CircuitShape.From(options, problem),
            startAngles
        );
        var (template, text) = QaoaCompiler.CompileToText(expressions, options.Layers, cacheDirectory, isOver);
        return new(problem, template, text, new([.. angles.Gammas], [.. angles.Betas]), startAngles);
    }

    /// <summary>Gates, measurements included.</summary>
    public int NumGates => _template.Template.Count;

    /// <summary>Most gates that a format takes; null for no limit.</summary>
    public static int? LimitOf(CircuitFormat format) => format == CircuitFormat.Svg ? CircuitDrawing.MaxGates : null;

    /// <summary>For a circuit within <see cref="LimitOf"/>.</summary>
    public string Write(CircuitFormat format)
    {
        var circuit = _template.At(_angles, _starts);
        return format switch
        {
            CircuitFormat.Json => JsonSerializer.Serialize(Document(circuit), StrictJson.Options),
            CircuitFormat.Qasm => OpenQasm.Write(circuit, Title),
            CircuitFormat.Qir => QirCircuit.WithAngles(_text, [.. circuit.Gates.Select(g => g.Angle)]),
            _ => CircuitDrawing.Svg(_template, circuit, Title, WireNames()),
        };
    }

    private string Variant => JsonNames.Of(_template.Shape.Variant);

    private string Title =>
        $"QAOA, variant {Variant}, {Count(_template.Layers, "layer")}, {Count(_template.Qubits, "qubit")}";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private CircuitDocument Document(QirCircuit circuit) =>
        new()
        {
            Variant = Variant,
            Layers = _template.Layers,
            Qubits = _template.Qubits,
            Depth = circuit.Depth,
            TwoQubitGates = circuit.TwoQubitGates,
            GateCounts = circuit.Counts,
            Gammas = _angles.Gammas,
            Betas = _angles.Betas,
            Starts = _starts,
            Gates = [.. _template.Template.Zip(circuit.Gates, ToDocument)],
        };

    private CircuitGate ToDocument(TemplateGate template, QirGate gate) =>
        new(
            gate.Name,
            gate.IsOnTwoQubits ? [gate.First, gate.Second] : [gate.First],
            template.Part.ToString().ToLowerInvariant()
        )
        {
            Layer = template.Layer < 0 ? null : template.Layer,
            Angle = gate.HasAngle ? gate.Angle : null,
            ScaledBy = NameOf(template.Parameter),
        };

    private string? NameOf(int parameter)
    {
        if (parameter < 0)
            return null;
        var gammas = _angles.Gammas.Length;
        return parameter < gammas ? $"gammas[{parameter}]"
            : parameter < _template.NumAngles ? $"betas[{parameter - gammas}]"
            : $"starts[{parameter - _template.NumAngles}]";
    }

    /// <summary>The qubits' numbers, and the variables' labels beside them where there are any.</summary>
    private List<string> WireNames() =>
        [
            .. Enumerable
                .Range(0, _template.Qubits)
                .Select(q => _problem.Labels is { } l ? $"q{q} {Text(l[q])}" : $"q{q}"),
        ];

    /// <summary>A label without the quotes of its JSON.</summary>
    private static string Text(string label)
    {
        using var json = JsonDocument.Parse(label);
        return json.RootElement.ValueKind == JsonValueKind.String ? json.RootElement.GetString()! : label;
    }
}
