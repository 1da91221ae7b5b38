using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>name=value</c> of an option that takes JSON members.</summary>
internal static class NameValue
{
    /// <summary>A value that is JSON is what it says (3, true, [1, 2]); anything else is a text.</summary>
    public static (string Name, JsonNode? Value) Parse(string option, string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
            throw StopException.Usage($"{option} {text}: expected NAME=VALUE.");
        try
        {
            return (name, JsonNode.Parse(value));
        }
        catch (JsonException)
        {
            return (name, JsonValue.Create(value));
        }
    }
}
