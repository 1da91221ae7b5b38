using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Quantum.Qir;

/// <summary>
/// A base-profile QIR program as a flat list of gates: what Microsoft's compiler makes of a Q# program without
/// measurement-dependent control.
/// </summary>
internal sealed class QirCircuit
{
    private const string QuantumCall = "call void @__quantum__qis__";
    private const string RuntimeCall = "call void @__quantum__rt__";
    private const string QubitsAttribute = "\"required_num_qubits\"=\"";

    public QirCircuit(int qubits, IReadOnlyList<QirGate> gates)
    {
        Qubits = qubits;
        Gates = gates;
    }

    public int Qubits { get; }

    /// <summary>In program order.</summary>
    public IReadOnlyList<QirGate> Gates { get; }

    public int TwoQubitGates => Gates.Count(g => g.IsOnTwoQubits);

    /// <summary>Gates by QIR's name, measurements included.</summary>
    public IReadOnlyDictionary<string, int> Counts =>
        Gates.GroupBy(g => g.Kind).OrderBy(g => g.Key).ToDictionary(g => g.First().Name, g => g.Count());

    /// <summary>Time steps when every gate starts as soon as its qubits are free; measurements included.</summary>
    public int Depth
    {
        get
        {
            var busyUntil = new int[Qubits];
            foreach (var gate in Gates)
                if (gate.IsOnTwoQubits)
                    busyUntil[gate.First] = busyUntil[gate.Second] =
                        Math.Max(busyUntil[gate.First], busyUntil[gate.Second]) + 1;
                else
                    busyUntil[gate.First]++;
            return busyUntil.Max();
        }
    }

    /// <exception cref="QirException">Not base-profile QIR with the gates of <see cref="QirGateKind"/>.</exception>
    public static QirCircuit Parse(string llvm)
    {
        var gates = new List<QirGate>();
        var isInside = false;
        foreach (var raw in llvm.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.StartsWith("define ", StringComparison.Ordinal))
                isInside = true;
            else if (line is "}")
                isInside = false;
            else if (isInside && line.StartsWith(QuantumCall, StringComparison.Ordinal))
                gates.Add(ParseGate(line));
            else if (isInside && !IsWithoutEffect(line))
                throw Refused(line);
        }

        var qubits = ParseQubits(llvm);
        foreach (var gate in gates)
            if (gate.First >= qubits || gate.Second >= qubits)
                throw new QirException($"A gate is on qubit {Math.Max(gate.First, gate.Second)} of {qubits}.");
        return new(qubits, gates);
    }

    /// <summary>Start, end and bookkeeping of the output; labels and blank lines.</summary>
    private static bool IsWithoutEffect(ReadOnlySpan<char> line) =>
        line.IsEmpty
        || line.EndsWith(":", StringComparison.Ordinal)
        || line.StartsWith("ret ", StringComparison.Ordinal)
        || line.StartsWith($"{RuntimeCall}initialize(", StringComparison.Ordinal)
        || line.StartsWith($"{RuntimeCall}array_record_output(", StringComparison.Ordinal)
        || line.StartsWith($"{RuntimeCall}result_record_output(", StringComparison.Ordinal);

    /// <summary>
    /// The program's text with other angles: one per gate in program order, ignored where a gate has none. Everything
    /// else stays as the compiler wrote it.
    /// </summary>
    public static string WithAngles(string llvm, IReadOnlyList<double> angles)
    {
        const string before = "(double ";
        var text = new StringBuilder(llvm.Length);
        var gate = 0;
        foreach (var line in llvm.AsSpan().EnumerateLines())
        {
            var start = line.IndexOf(before, StringComparison.Ordinal) + before.Length;
            if (!line.TrimStart().StartsWith(QuantumCall, StringComparison.Ordinal))
                text.Append(line);
            else if (start < before.Length)
            {
                text.Append(line);
                gate++;
            }
            else
            {
                text.Append(line[..start])
                    .Append(Literal(angles[gate++]))
                    .Append(line[(start + line[start..].IndexOf(','))..]);
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The shortest text that reads back as the same number, with the point that LLVM and OpenQASM ask for.</summary>
    public static string Literal(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('.', StringComparison.Ordinal))
            return text;
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? $"{text}.0" : text.Insert(exponent, ".0");
    }

    /// <summary>Reads such as <c>call void @__quantum__qis__rzz__body(double 2.0, %Qubit* inttoptr (i64 0 to …), …)</c>.</summary>
    private static QirGate ParseGate(ReadOnlySpan<char> line)
    {
        var rest = line[QuantumCall.Length..];
        var nameEnd = rest.IndexOf("__body(", StringComparison.Ordinal);
        if (nameEnd < 0)
            throw Refused(line);
        var arguments = rest[(nameEnd + "__body(".Length)..];
        return rest[..nameEnd] switch
        {
            "h" => OnOne(QirGateKind.H, ref arguments),
            "x" => OnOne(QirGateKind.X, ref arguments),
            "rx" => OnOne(QirGateKind.Rx, ref arguments),
            "ry" => OnOne(QirGateKind.Ry, ref arguments),
            "rz" => OnOne(QirGateKind.Rz, ref arguments),
            "cx" or "cnot" => OnTwo(QirGateKind.Cx, ref arguments),
            "cz" => OnTwo(QirGateKind.Cz, ref arguments),
            "rxx" => OnTwo(QirGateKind.Rxx, ref arguments),
            "ryy" => OnTwo(QirGateKind.Ryy, ref arguments),
            "rzz" => OnTwo(QirGateKind.Rzz, ref arguments),
            "m" => OnTwo(QirGateKind.M, ref arguments),
            _ => throw Refused(line),
        };
    }

    private static QirGate OnOne(QirGateKind kind, ref ReadOnlySpan<char> arguments)
    {
        var gate = new QirGate(kind, 0, 0, -1);
        var angle = gate.HasAngle ? NextAngle(ref arguments) : 0;
        return gate with { Angle = angle, First = NextIndex(ref arguments) };
    }

    private static QirGate OnTwo(QirGateKind kind, ref ReadOnlySpan<char> arguments)
    {
        var gate = OnOne(kind, ref arguments);
        var second = NextIndex(ref arguments);
        return gate.IsOnTwoQubits && second == gate.First
            ? throw new QirException($"A gate {gate.Name} is twice on qubit {second}.")
            : gate with
            {
                Second = second,
            };
    }

    /// <summary>A decimal number, or LLVM's hexadecimal bits of a double.</summary>
    private static double NextAngle(ref ReadOnlySpan<char> arguments)
    {
        var text = NextBetween(ref arguments, "double ", ",");
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? BitConverter.Int64BitsToDouble(
                long.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            )
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static int NextIndex(ref ReadOnlySpan<char> arguments) =>
        int.Parse(NextBetween(ref arguments, "inttoptr (i64 ", " to"), NumberStyles.None, CultureInfo.InvariantCulture);

    private static int ParseQubits(ReadOnlySpan<char> llvm) =>
        int.Parse(NextBetween(ref llvm, QubitsAttribute, "\""), NumberStyles.None, CultureInfo.InvariantCulture);

    private static ReadOnlySpan<char> NextBetween(ref ReadOnlySpan<char> text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        var length = start < 0 ? -1 : text[(start + before.Length)..].IndexOf(after, StringComparison.Ordinal);
        if (length < 0)
            throw new QirException($"Expected \"{before.Trim()} … {after.Trim()}\" in the QIR.");
        var found = text.Slice(start + before.Length, length);
        text = text[(start + before.Length + length)..];
        return found;
    }

    private static QirException Refused(ReadOnlySpan<char> line) =>
        new(
            $"Expected only h, x, rx, ry, rz, cx, cz, rxx, ryy, rzz and m without control flow in the QIR, got: {line}"
        );
}
