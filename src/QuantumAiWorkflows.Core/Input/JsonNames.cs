using System.Text.Json;

namespace QuantumAiWorkflows.Input;

/// <summary>How members of an enum are called wherever a reader sees them: in JSON, in reports and in sentences.</summary>
public static class JsonNames
{
    /// <summary>In camel case, "quantumInspired".</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
