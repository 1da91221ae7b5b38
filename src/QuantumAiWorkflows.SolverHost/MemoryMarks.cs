using System.Runtime;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>Keeps one run's memory out of the next run's figures.</summary>
internal static class MemoryMarks
{
    private const long WorthReleasing = 64 << 20;

    /// <summary>
    /// Resets the high-water mark of resident memory (Linux: 5 to /proc/self/clear_refs). Without it a 5 MB job after a
    /// 300 MB job reports 306 MB.
    /// </summary>
    public static void Reset()
    {
        try
        {
            if (OperatingSystem.IsLinux())
                File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Some containers mount /proc read-only: the peak then covers the child's life, which only overstates it.
        }
    }

    /// <summary>Gives a large run's memory back before the next one begins.</summary>
    public static void Release()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) < WorthReleasing)
            return;
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
