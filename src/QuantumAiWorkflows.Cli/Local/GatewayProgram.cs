using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace QuantumAiWorkflows.Cli.Local;

/// <summary>The program that <c>--local</c> starts, and how.</summary>
internal static class GatewayProgram
{
    public const string Variable = "QAIW_GATEWAY";

    private const string Name = "QuantumAiWorkflows.Gateway";

    /// <summary>
    /// <c>--gateway</c>, then QAIW_GATEWAY, then <c>gateway/</c> beside this program, then a checkout's build output.
    /// </summary>
    /// <exception cref="StopException">There is none, or none where one was named.</exception>
    public static ProcessStartInfo Find(string? given)
    {
        foreach (
            var (path, source) in new[]
            {
                (given, "--gateway"),
                (Environment.GetEnvironmentVariable(Variable), Variable),
            }
        )
            if (!string.IsNullOrEmpty(path))
                return StartOf(path) ?? throw StopException.Usage($"{source}: there is no gateway at {path}.");
        string?[] places = [Path.Combine(AppContext.BaseDirectory, "gateway"), Built];
        return places.OfType<string>().Select(StartOf).FirstOrDefault(s => s is not null)
            ?? throw StopException.CouldNotRun(
                "There is no gateway here to start: it and its native solvers are not part of this tool. "
                    + $"Publish one (dotnet publish src/{Name} -o gateway) and name its folder with --gateway or {Variable}, "
                    + "run from a checkout (dotnet run --project src/QuantumAiWorkflows.Cli), or name a running service with --server."
            );
    }

    /// <summary>Null in a packed tool.</summary>
    private static string? Built =>
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "GatewayPath")
            ?.Value;

    private static ProcessStartInfo? StartOf(string path)
    {
        var file = Directory.Exists(path) ? InFolder(path) : path;
        if (!File.Exists(file))
            return null;
        if (!file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return new ProcessStartInfo(Path.GetFullPath(file));
        return new ProcessStartInfo(DotnetHost()) { ArgumentList = { "exec", Path.GetFullPath(file) } };
    }

    /// <summary>An assembly runs under the runtime that this program has; what brings its own, by itself.</summary>
    private static string InFolder(string folder)
    {
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        var settings = Path.Combine(folder, $"{Name}.runtimeconfig.json");
        var bringsRuntime =
            !File.Exists(settings)
            || File.ReadAllText(settings).Contains("\"includedFrameworks\"", StringComparison.Ordinal);
        return bringsRuntime ? program : Path.Combine(folder, $"{Name}.dll");
    }

    /// <summary>The dotnet of the running runtime: a tool's own process is not dotnet, and PATH may have another.</summary>
    private static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(host) ? host : name;
    }
}
