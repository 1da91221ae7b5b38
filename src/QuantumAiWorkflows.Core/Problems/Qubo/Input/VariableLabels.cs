using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

/// <summary>
/// Labels as dimod has them: strings, numbers and nested arrays of those (its tuples). The JSON type counts: "4" and 4
/// differ, 4 and 4.0 do not.
/// </summary>
internal static class VariableLabels
{
    /// <summary>The canonical JSON of each label; null when a fault was added.</summary>
    public static IReadOnlyList<string>? Read(JsonElement element, string pointer, FaultList faults)
    {
        var before = faults.Count;
        if (element.ValueKind != JsonValueKind.Array)
        {
            faults.Add(FaultCode.WrongType, pointer, "Expected an array of labels.");
            return null;
        }

        var labels = new List<string>(element.GetArrayLength());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in element.EnumerateArray())
        {
            var code = Check(item);
            var label = code is null ? CanonicalJson.Value(item) : "";
            if (code is null && !seen.Add(label))
                code = FaultCode.DuplicateEntry;
            if (code is { } fault)
                faults.Add(
                    fault,
                    $"{pointer}/{labels.Count.ToString(CultureInfo.InvariantCulture)}",
                    fault switch
                    {
                        FaultCode.DuplicateEntry => "Another variable has this label.",
                        FaultCode.NotFinite => "A number in a label is beyond the range of a double.",
                        _ => "Expected a string, a number, or a nested array of those.",
                    }
                );
            labels.Add(label);
        }
        return faults.Count == before ? labels : null;
    }

    public static bool CheckCount(IReadOnlyList<string> labels, int numVariables, string pointer, FaultList faults)
    {
        if (labels.Count == numVariables)
            return true;
        faults.Add(
            FaultCode.LengthMismatch,
            pointer,
            $"Expected a label for each of the {numVariables} variables, got {labels.Count}.",
            labels.Count,
            numVariables
        );
        return false;
    }

    private static FaultCode? Check(JsonElement label) =>
        label.ValueKind switch
        {
            JsonValueKind.String => null,
            JsonValueKind.Number => double.IsFinite(label.GetDouble()) ? null : FaultCode.NotFinite,
            JsonValueKind.Array => label.EnumerateArray().Select(Check).FirstOrDefault(code => code is not null),
            _ => FaultCode.WrongType,
        };
}
