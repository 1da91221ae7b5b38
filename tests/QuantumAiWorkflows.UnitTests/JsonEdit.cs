using System.Globalization;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.UnitTests;

public static class JsonEdit
{
    /// <summary>Sets the member at a path such as <c>options/0/name</c>.</summary>
    public static void Set(this JsonNode root, string path, JsonNode? value)
    {
        var steps = path.Split('/');
        foreach (var step in steps[..^1])
            root = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? root[index]! : root[step]!;
        root[steps[^1]] = value;
    }
}
