using System.Globalization;

namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>Q# sources for one target profile.</summary>
/// <param name="Profile"><c>unrestricted</c> to run in the simulator, <c>base</c> for QIR without classical control.</param>
internal sealed record QSharpProgram(IReadOnlyList<QSharpSource> Sources, string Profile)
{
    /// <summary><c>qsharp</c> or <c>openqasm</c>: what the sources are written in.</summary>
    public string Language { get; init; } = "qsharp";

    /// <summary>
    /// Without the tests: they branch on measurements, which base-profile QIR cannot, and would be compiled every time.
    /// </summary>
    private static IEnumerable<QSharpSource> Circuits =>
        QSharpToolchain.Sources.Where(s => !s.Name.EndsWith("Tests.qs", StringComparison.Ordinal));

    /// <summary>The project's own sources, for the simulator.</summary>
    public static QSharpProgram ForSimulator() => new([.. Circuits], "unrestricted");

    /// <summary>The same with the tests among them.</summary>
    public static QSharpProgram ForTests() => new(QSharpToolchain.Sources, "unrestricted");

    /// <summary>The project's own sources with an entry point whose body is <paramref name="expression"/>, for QIR.</summary>
    public static QSharpProgram ForQir(string expression) =>
        new([.. Circuits, new("Entry.qs", $"@EntryPoint()\noperation Main() : Result[] {{ {expression} }}")], "base");

    /// <summary>
    /// A Q# literal. Expressions are put together from these alone, never from text of a client.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Q# has no literal for NaN and infinities.</exception>
    public static string Literal(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Q# has no literal for this number.");
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    public static string Literal(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Literal))}]";

    /// <summary>The shape of the module's <c>IProgramConfig</c>.</summary>
    internal Dictionary<string, object> ToJavaScript() =>
        new(StringComparer.Ordinal)
        {
            ["packageGraphSources"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["root"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["sources"] = Sources.Select(s => (object)new List<object> { s.Name, s.Text }).ToList(),
                    ["languageFeatures"] = new List<object>(),
                    ["dependencies"] = new Dictionary<string, object>(StringComparer.Ordinal),
                },
                ["packages"] = new Dictionary<string, object>(StringComparer.Ordinal),
                ["hasManifest"] = false,
            },
            ["profile"] = Profile,
            ["projectType"] = Language,
        };
}
