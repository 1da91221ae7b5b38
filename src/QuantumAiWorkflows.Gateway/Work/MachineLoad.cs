using System.Diagnostics;
using System.Globalization;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>How many cores the whole machine kept busy since a moment: what others did while a solver ran.</summary>
/// <param name="busySeconds">Of all cores since the machine started.</param>
internal sealed class MachineLoad(double busySeconds)
{
    /// <summary>The kernel counts in ticks of 10 ms; below this the count is mostly rounding.</summary>
    private const double ShortestSeconds = 0.2;

    private const double TicksPerSecond = 100;

    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Null where the system does not tell.</summary>
    public static MachineLoad? Begin() => BusySeconds() is { } busy ? new(busy) : null;

    /// <summary>Cores kept busy by everything but the run, on average; null for a run too short to tell.</summary>
    public double? Others(double? ownCpuSeconds)
    {
        var wall = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        return wall >= ShortestSeconds && BusySeconds() is { } busy && ownCpuSeconds is { } own
            ? Math.Max(0, busy - busySeconds - own) / wall
            : null;
    }

    private static double? BusySeconds()
    {
        try
        {
            // cpu  user nice system idle iowait irq softirq steal guest guest_nice; a guest's time is in user's already.
            using var reader = File.OpenText("/proc/stat");
            var fields = reader.ReadLine()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (fields.Length < 9 || fields[0] != "cpu")
                return null;
            double Ticks(int index) => double.Parse(fields[index], CultureInfo.InvariantCulture);
            return (Ticks(1) + Ticks(2) + Ticks(3) + Ticks(6) + Ticks(7) + Ticks(8)) / TicksPerSecond;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
