using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Economics;

/// <summary>Something that a run can consume, by the name that price lists use.</summary>
internal sealed record UsageDimension(string Name, Func<Usage, double?> Of)
{
    public static IReadOnlyList<UsageDimension> All { get; } =
    [
        new("cpuSecond", u => u.CpuSecond),
        new("memoryGibSecond", u => u.MemoryGibSecond),
        new("gpuSecond", u => u.GpuSecond),
        new("qpuTask", u => u.QpuTask),
        new("shot", u => u.Shot),
        new("qpuSecond", u => u.QpuSecond),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(d => d.Name)];

    public static bool IsQpu(string name) => name is "qpuTask" or "shot" or "qpuSecond";
}
