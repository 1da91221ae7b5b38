using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>The suites that ship with the product, ready to post. A new one is a file in Suites/ and a line here.</summary>
public static class BuiltInSuites
{
    private static readonly string[] Names =
    [
        "demo",
        "demo-large",
        "smoke",
        "qaoa-vs-classical",
        "qubo-classical",
        "scaling",
    ];

    private static readonly Lazy<IReadOnlyList<Suite>> Loaded = new(() => [.. Names.Select(Load)]);

    public static IReadOnlyList<Suite> All => Loaded.Value;

    public static Suite? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static Suite Get(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no built-in suite \"{name}\".", nameof(name));

    private static Suite Load(string name)
    {
        using var stream =
            typeof(BuiltInSuites).Assembly.GetManifestResourceStream($"Suites/{name}.json")
            ?? throw new InvalidOperationException($"The suite {name} is not embedded.");
        using var document = JsonDocument.Parse(stream);
        var faults = new FaultList();
        // Cloned: the suite keeps elements of it beyond the document's life.
        return Suite.Read(document.RootElement.Clone(), "", faults)
            ?? throw new InvalidOperationException($"The suite {name} has faults: {string.Join(" ", faults.Items)}");
    }
}
