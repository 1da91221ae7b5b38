using System.Text.Json;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

/// <summary>Golden values of the procedure's reference implementation.</summary>
internal static class VerdictVectors
{
    private static readonly JsonElement Root = Load();

    public static string Procedure => Root.GetProperty("procedure").GetString()!;

    public static IEnumerable<JsonElement> All(string section) => Root.GetProperty(section).EnumerateArray();

    public static JsonElement Named(string section, string name) =>
        All(section).First(v => v.GetProperty("name").GetString() == name);

    public static TheoryData<string> Names(string section) =>
        [.. All(section).Select(v => v.GetProperty("name").GetString()!)];

    public static double[] Doubles(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    public static double? Optional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;

    private static JsonElement Load()
    {
        using var stream = typeof(VerdictVectors).Assembly.GetManifestResourceStream("verdict-vectors.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
