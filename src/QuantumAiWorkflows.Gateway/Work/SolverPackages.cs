using System.Text.Json;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>The packages of the solver process, from the lists that the build wrote beside it.</summary>
internal static class SolverPackages
{
    /// <summary>"Name version, ..." by name; null where there is no such list.</summary>
    public static string? Read()
    {
        try
        {
            var program = SolverHostLocation.Path;
            using var libraries = Json(Path.ChangeExtension(program, ".deps.json"));
            using var npm = Json(Path.Combine(Path.GetDirectoryName(program)!, "qsharp", "package.json"));
            var packages = libraries
                .RootElement.GetProperty("libraries")
                .EnumerateObject()
                // What a package is called on each system says nothing more than the package itself.
                .Where(l =>
                    l.Value.GetProperty("type").GetString() == "package"
                    && !l.Name.Contains("runtime.", StringComparison.Ordinal)
                )
                .Select(l => l.Name.Replace('/', ' '));
            var modules = npm
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .Select(d => $"{d.Name} {d.Value.GetString()}");
            return string.Join(", ", packages.Concat(modules).Order(StringComparer.Ordinal));
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static JsonDocument Json(string path) => JsonDocument.Parse(File.ReadAllBytes(path));
}
