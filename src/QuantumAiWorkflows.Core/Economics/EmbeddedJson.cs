using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Economics;

/// <summary>Data that comes with the product: JSON files embedded in this assembly, by folder.</summary>
internal static class EmbeddedJson
{
    public static IEnumerable<T> All<T>(string folder)
    {
        var assembly = typeof(EmbeddedJson).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith($"{folder}/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<T>(stream, StrictJson.Options)!;
        }
    }
}
