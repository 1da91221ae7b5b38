using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Reads CPU time and memory of a child from outside, so that a figure needs nobody's word and survives a crash. Linux
/// only; elsewhere the CPU comes from <see cref="System.Diagnostics.Process"/> and memory is null.
/// </summary>
internal sealed partial class ProcessMeter(System.Diagnostics.Process process)
{
    private readonly int _pid = process.Id;
    private readonly int _clock = OperatingSystem.IsLinux() && GetCpuClock(process.Id, out var clock) == 0 ? clock : 0;

    /// <summary>User and kernel time of all threads, those that ended included; null once the process is gone.</summary>
    public double? CpuSeconds
    {
        get
        {
            // /proc/PID/stat counts in ticks of 10 ms; the process's CPU clock counts in nanoseconds.
            if (_clock != 0)
                return GetTime(_clock, out var time) == 0 ? time.Seconds + time.Nanoseconds * 1e-9 : null;
            try
            {
                process.Refresh();
                return process.TotalProcessorTime.TotalSeconds;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    public long? ResidentBytes => ReadStatus("VmRSS:");

    /// <summary>High-water mark of resident memory since the child reset it.</summary>
    public long? PeakResidentBytes => ReadStatus("VmHWM:");

    /// <summary>
    /// Caps the child's data segment at <paramref name="bytes"/> above what it has now: a backstop for one allocation
    /// that is larger than what polling could catch. An allocation beyond it fails, which ends the process.
    /// </summary>
    public void LimitData(long bytes)
    {
        if (!OperatingSystem.IsLinux() || ReadStatus("VmData:") is not { } now)
            return;
        var limit = new ResourceLimit { Soft = (ulong)(now + bytes), Hard = ulong.MaxValue };
        _ = SetLimit(_pid, ResourceLimit.Data, in limit, IntPtr.Zero);
    }

    private long? ReadStatus(string name)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{_pid.ToString(CultureInfo.InvariantCulture)}/status"))
                if (line.StartsWith(name, StringComparison.Ordinal))
                    return 1024
                        * long.Parse(line.AsSpan(name.Length).Trim().TrimEnd("kB"), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process is gone, or this is not Linux.
        }
        return null;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public const int Data = 2;
        public ulong Soft;
        public ulong Hard;
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid")]
    private static partial int GetCpuClock(int pid, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int pid, int resource, in ResourceLimit limit, IntPtr old);
}
