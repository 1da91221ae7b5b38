using System.Reflection;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Where the child's program is: <c>solver-host/</c> of a published service, else its own build output.</summary>
internal static class SolverHostLocation
{
    private const string FileName = "QuantumAiWorkflows.SolverHost.dll";

    public static string Path { get; } = Find();

    private static string Find()
    {
        var published = System.IO.Path.Combine(AppContext.BaseDirectory, "solver-host", FileName);
        if (File.Exists(published))
            return published;
        var built = Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "SolverHostPath")
            .Value!;
        return File.Exists(built)
            ? built
            : throw new FileNotFoundException($"The solver host is neither at {published} nor at {built}.");
    }
}
