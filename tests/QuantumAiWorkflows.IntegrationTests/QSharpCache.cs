using System.Diagnostics;
using QuantumAiWorkflows.Gateway.Work;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>
/// The native Q# module, compiled once per machine by the solver host itself into the folder that the unit tests use
/// too: ten CPU seconds that no service under test should spend again.
/// </summary>
public static class QSharpCache
{
    private static readonly Lazy<string> Compiled = new(() =>
    {
        var folder = Path.Combine(Repository.Folder, "artifacts", "qsharp-cache");
        using var compiler = Process.Start(SolverChild.StartInfo("compile", folder))!;
        compiler.BeginOutputReadLine();
        compiler.BeginErrorReadLine();
        compiler.WaitForExit();
        return folder;
    });

    /// <summary>Puts the module into a service's cache; nothing where there is no module to compile.</summary>
    public static void CopyTo(string cacheDirectory)
    {
        Directory.CreateDirectory(cacheDirectory);
        if (Directory.Exists(Compiled.Value))
            foreach (var file in Directory.EnumerateFiles(Compiled.Value, "*.cwasm"))
                File.Copy(file, Path.Combine(cacheDirectory, Path.GetFileName(file)));
    }
}

public static class Repository
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "QuantumAiWorkflows.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
