using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>One value per variable, in variable order and in the problem's vartype.</summary>
public sealed record QuboSolution(sbyte[] Values) : Solution
{
    public override int CompareTo(Solution? other) =>
        other is QuboSolution o ? Values.AsSpan().SequenceCompareTo(o.Values) : 1;

    public bool Equals(QuboSolution? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Values.AsSpan()));
        return hash.ToHashCode();
    }

    /// <summary><c>{"values": [0,1,1]}</c>, and <c>byLabel</c> where the problem has labels.</summary>
    internal JsonObject ToJson(IReadOnlyList<string>? labels)
    {
        var values = new JsonArray();
        foreach (var value in Values)
            values.Add((JsonNode)(int)value);
        var json = new JsonObject { ["values"] = values };
        if (labels is null)
            return json;

        var byLabel = new JsonObject();
        var taken = labels.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
            byLabel[MemberName(labels[i], taken)] = (int)Values[i];
        json["byLabel"] = byLabel;
        return json;
    }

    internal static QuboSolution? Read(JsonElement element, QuboProblem problem, string pointer, FaultList faults)
    {
        var before = faults.Count;
        if (StrictJson.Read<Wire>(element, pointer, faults) is not { } wire)
            return null;
        if (wire.Values.Length != problem.NumVariables)
        {
            faults.Add(
                FaultCode.LengthMismatch,
                $"{pointer}/values",
                $"Expected {problem.NumVariables} values, got {wire.Values.Length}.",
                wire.Values.Length,
                problem.NumVariables
            );
            return null;
        }

        var low = problem.Vartype == Vartype.Binary ? 0 : -1;
        for (var i = 0; i < wire.Values.Length; i++)
            if (wire.Values[i] != low && wire.Values[i] != 1)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{pointer}/values/{i}",
                    $"Expected {low} or 1, got {wire.Values[i]}.",
                    wire.Values[i],
                    1
                );
        return faults.Count == before ? new([.. wire.Values.Select(v => (sbyte)v)]) : null;
    }

    /// <summary>A string label names itself; any other is named by its JSON text, marked when a string has taken it.</summary>
    private static string MemberName(string label, HashSet<string> taken)
    {
        if (label.StartsWith('"'))
            return JsonSerializer.Deserialize<string>(label)!;
        return taken.Contains(CanonicalJson.Text(label)) ? $"{label} (number)" : label;
    }

    private sealed record Wire
    {
        public required int[] Values { get; init; }

        /// <summary>Accepted so that an answer can be sent back as it came; the values decide.</summary>
        public Dictionary<string, int>? ByLabel { get; init; }
    }
}
