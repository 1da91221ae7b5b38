using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Circuits;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.UnitTests.Quantum.Circuits;

public partial class RunCircuitTests
{
    public static TheoryData<QaoaVariant> Variants => [.. Enum.GetValues<QaoaVariant>()];

    [GeneratedRegex(@"^(?<name>\w+)\[(?<index>\d+)\]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AngleName { get; }

    [GeneratedRegex(
        @"^(h|x|r[xyz]{1,2}\(-?[\d.E-]+\)|c[xz]) q\[[0-4]\](, q\[[0-4]\])?;$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex GateLine { get; }

    [GeneratedRegex(
        @"^c\[(?<bit>\d)\] = measure q\[\k<bit>\];$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MeasureLine { get; }

    private static readonly double[] Starts = [0.4, 1.2, 2.5, 1.9, 0.8];

    private static RunCircuit Circuit(QaoaVariant variant, QuboProblem? problem = null)
    {
        problem ??= Some.Qubo(5, seed: 3);
        var options = Options(variant);
        var starts = variant == QaoaVariant.WarmStart ? Starts : null;
        return RunCircuit.Of(problem, options, Angles(variant), starts, QSharpCache.Folder, () => false);
    }

    private static QaoaOptions Options(QaoaVariant variant) =>
        new()
        {
            Variant = variant,
            Groups =
                variant == QaoaVariant.XyRing
                    ?
                    [
                        [4, 0, 2],
                    ]
                    : null,
        };

    /// <summary>Two layers; of multi-angle one angle stands for each layer.</summary>
    private static LayerAngles Angles(QaoaVariant _) => new([0.3, 0.1], [-0.5, -0.2]);

    /// <summary>The state of the run, as the engine has it.</summary>
    private static Complex[] StateOf(QaoaVariant variant)
    {
        var starts = variant == QaoaVariant.WarmStart ? Starts : null;
        var problem = Some.Qubo(5, seed: 3);
        var expressions = new QaoaExpressions(
            problem.Model.ToIsing(),
            CircuitShape.From(Options(variant), problem),
            starts
        );
        var (circuit, _) = QaoaCompiler.Compile(expressions, 2, QSharpCache.Folder, () => false);
        using var engine = new GateEngine(circuit, starts);
        engine.Prepare(new([0.3, 0.1], [-0.5, -0.2]));
        return [.. Enumerable.Range(0, 32).Select(engine.Amplitude)];
    }

    /// <summary>The gates one by one on a state: what the circuit means, whatever wrote it.</summary>
    private static Complex[] Run(QirCircuit circuit)
    {
        var state = new GateState(circuit.Qubits);
        state.PrepareProduct([.. Enumerable.Repeat(Unitary2.Identity, circuit.Qubits)]);
        foreach (var gate in circuit.Gates)
            switch (gate.Kind)
            {
                case QirGateKind.M:
                    break;
                case QirGateKind.Cx:
                    state.FlipControlled(gate.First, gate.Second);
                    break;
                case QirGateKind.Cz:
                    state.NegateBoth(gate.First, gate.Second);
                    break;
                case QirGateKind.Rxx or QirGateKind.Ryy or QirGateKind.Rzz:
                    // exp(-iθ/2·PP) is P's basis change on both, the parity's rotation, and back.
                    var change = gate.Kind switch
                    {
                        QirGateKind.Rxx => Unitary2.H,
                        QirGateKind.Ryy => Unitary2.Rx(Math.PI / 2),
                        _ => Unitary2.Identity,
                    };
                    state.Apply(gate.First, change);
                    state.Apply(gate.Second, change);
                    state.FlipControlled(gate.First, gate.Second);
                    state.Apply(gate.Second, Unitary2.Rz(gate.Angle));
                    state.FlipControlled(gate.First, gate.Second);
                    state.Apply(gate.First, change.Adjoint);
                    state.Apply(gate.Second, change.Adjoint);
                    break;
                default:
                    state.Apply(gate.First, GateStep.Matrix([new(gate, -1, default, -1)], []));
                    break;
            }
        return [.. Enumerable.Range(0, 1 << circuit.Qubits).Select(state.Amplitude)];
    }

    private static double Overlap(Complex[] a, Complex[] b) =>
        a.Zip(b, (x, y) => Complex.Conjugate(x) * y).Aggregate(Complex.Add).Magnitude;

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_json_lists_the_gates_of_the_run(QaoaVariant variant)
    {
        var json = JsonNode.Parse(Circuit(variant).Write(CircuitFormat.Json))!;
        var gates = json["gates"]!.AsArray();

        json["variant"]!.GetValue<string>().Should().Be(JsonNamingPolicy.CamelCase.ConvertName(variant.ToString()));
        (json["qubits"]!.GetValue<int>(), json["layers"]!.GetValue<int>()).Should().Be((5, 2));
        gates
            .GroupBy(g => g!["gate"]!.GetValue<string>())
            .ToDictionary(g => g.Key, g => g.Count())
            .Should()
            .BeEquivalentTo(json["gateCounts"]!.AsObject().ToDictionary(c => c.Key, c => c.Value!.GetValue<int>()));
        json["twoQubitGates"]!.GetValue<int>().Should().Be(gates.Count(g => g!["qubits"]!.AsArray().Count == 2));

        var read = new QirCircuit(
            5,
            [
                .. gates.Select(g => new QirGate(
                    Enum.Parse<QirGateKind>(g!["gate"]!.GetValue<string>(), ignoreCase: true),
                    g["angle"]?.GetValue<double>() ?? 0,
                    g["qubits"]![0]!.GetValue<int>(),
                    g["qubits"]!.AsArray().ElementAtOrDefault(1)?.GetValue<int>() ?? -1
                )),
            ]
        );
        Overlap(Run(read), StateOf(variant)).Should().BeApproximately(1, 1e-12);

        // Each gate is a multiple of the angle it names, the same one for every use of that name and gate and qubits.
        var scaled = gates.Where(g => g!["scaledBy"] is not null).ToList();
        scaled.Should().NotBeEmpty();
        foreach (var gate in scaled)
        {
            var angle = AngleName.Match(gate!["scaledBy"]!.GetValue<string>());
            var name = angle.Groups["name"].Value;
            var index = int.Parse(angle.Groups["index"].Value, CultureInfo.InvariantCulture);
            json[name]!.AsArray().Count.Should().BeGreaterThan(index);
            var layered = gate["layer"] is not null;
            gate["part"]!
                .GetValue<string>()
                .Should()
                .Be(
                    name == "gammas" ? "cost"
                    : layered ? "mixer"
                    : "start"
                );
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_qir_runs_to_the_state_of_the_run(QaoaVariant variant)
    {
        var circuit = QirCircuit.Parse(Circuit(variant).Write(CircuitFormat.Qir));

        Overlap(Run(circuit), StateOf(variant)).Should().BeApproximately(1, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Microsofts_own_reader_of_OpenQASM_takes_it_for_the_same_circuit(QaoaVariant variant)
    {
        var qasm = Circuit(variant).Write(CircuitFormat.Qasm);
        using var qsharp = new QSharpInstance(QSharpCache.Folder, Xoshiro256.FromSeed(1, "qasm"));

        var qir = qsharp.CompileToQir(
            new QSharpProgram([new QSharpSource("circuit.qasm", qasm)], "base") { Language = "openqasm" }
        );

        Overlap(Run(QirCircuit.Parse(qir)), StateOf(variant)).Should().BeApproximately(1, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_OpenQASM_has_a_line_for_each_gate(QaoaVariant variant)
    {
        var circuit = Circuit(variant);
        var lines = circuit.Write(CircuitFormat.Qasm).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines[..2].Should().Equal("OPENQASM 3.0;", "include \"stdgates.inc\";");
        lines.Should().Contain("qubit[5] q;").And.Contain("bit[5] c;");
        lines.Count(l => GateLine.IsMatch(l)).Should().Be(circuit.NumGates - 5);
        lines.Count(l => MeasureLine.IsMatch(l)).Should().Be(5);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_drawing_shows_every_gate_within_its_bounds(QaoaVariant variant)
    {
        var circuit = Circuit(variant);
        var svg = XDocument.Parse(circuit.Write(CircuitFormat.Svg)).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        string? Class(XElement e) => (string?)e.Attribute("class");

        var boxes = svg.Elements(ns + "rect").Where(e => Class(e) == "box").ToList();
        var links = svg.Elements(ns + "line").Where(e => Class(e) == "link").ToList();
        (boxes.Count + links.Count).Should().Be(circuit.NumGates);
        svg.Elements(ns + "line").Count(e => Class(e) == "wire").Should().Be(5);
        svg.Elements(ns + "text").Select(e => e.Value).Should().Contain(["q0", "q4", "cost 1", "mixer 2", "shots"]);

        // No box on another one, none on a link that passes by, all inside.
        var (width, height) = ((int)svg.Attribute("width")!, (int)svg.Attribute("height")!);
        boxes.Select(b => ((int)b.Attribute("x")!, (int)b.Attribute("y")!)).Should().OnlyHaveUniqueItems();
        foreach (var box in boxes)
        {
            var (x, y) = ((int)box.Attribute("x")!, (int)box.Attribute("y")!);
            (x > 0 && x + 46 < width && y > 0 && y + 32 < height).Should().BeTrue();
            links
                .Should()
                .NotContain(l =>
                    (int)l.Attribute("x1")! == x + 23
                    && (int)l.Attribute("y1")! <= y + 16
                    && (int)l.Attribute("y2")! >= y + 16
                );
        }
        svg.Element(ns + "style")!.Value.Should().Contain("prefers-color-scheme: dark");
    }

    [Fact]
    public void Labels_in_a_drawing_are_text_and_nothing_else()
    {
        const string hostile = "</text><script>alert(1)</script>";
        var problem = new QuboBuilder(_ => default)
        {
            Labels = [JsonSerializer.Serialize(hostile), JsonSerializer.Serialize("a&\"'b\u0001"), "3"],
        };
        problem.Add(0, 1, 1, 0);
        problem.Add(1, 2, -1, 0);

        var text = Circuit(QaoaVariant.Standard, problem.Build(3, new FaultList())).Write(CircuitFormat.Svg);

        var svg = XDocument.Parse(text).Root!;
        svg.Descendants().Select(e => e.Name.LocalName).Should().NotContain("script");
        svg.Descendants()
            .SelectMany(e => e.Attributes())
            .Select(a => a.Name.LocalName)
            .Should()
            .NotContain(n => n.StartsWith("on"));
        var names = svg.Elements().Where(e => (string?)e.Attribute("class") == "name").Select(e => e.Value);
        names.Should().Equal("q0 </text><scri…", "q1 a&\"'b\uFFFD", "q2 3");
    }

    [Fact]
    public void A_drawing_has_a_limit_and_the_texts_have_none()
    {
        RunCircuit.LimitOf(CircuitFormat.Svg).Should().Be(2000);
        foreach (var format in new[] { CircuitFormat.Json, CircuitFormat.Qasm, CircuitFormat.Qir })
            RunCircuit.LimitOf(format).Should().BeNull();
    }
}
