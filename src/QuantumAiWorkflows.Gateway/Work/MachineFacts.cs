using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>What a run record says of the machine (decision 9). Read once; only the load changes.</summary>
internal static class MachineFacts
{
    private static readonly RunEnvironment Constant = new()
    {
        MachineName = Environment.MachineName,
        CpuModel = ReadFirst("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Os = RuntimeInformation.OSDescription,
        DotNet = RuntimeInformation.FrameworkDescription,
        Simd = Simd(),
        Build = Protocol.Build,
        // The SDK appends the commit to the informational version when the sources are a git checkout.
        GitCommit = Assembly
            .GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')
            .ElementAtOrDefault(1),
        Packages = SolverPackages.Read(),
    };

    /// <param name="sentinelSeconds">Just measured; null for most runs.</param>
    public static RunEnvironment Now(int otherRuns, double? sentinelSeconds = null) =>
        Constant with
        {
            LoadBefore = Load(),
            OtherRuns = otherRuns,
            SentinelSeconds = sentinelSeconds,
        };

    private static string Simd() =>
        Vector512.IsHardwareAccelerated ? "avx512"
        : Fma.IsSupported && Avx2.IsSupported ? "avx2+fma"
        : Vector128.IsHardwareAccelerated ? "vector128"
        : "scalar";

    private static double? Load() =>
        ReadText("/proc/loadavg") is { } text
        && double.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var load)
            ? load
            : null;

    private static string? ReadFirst(string path, string key) =>
        ReadText(path)
            ?.Split('\n')
            .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            ?.Split(':', 2)[1]
            .Trim();

    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
