using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>The server's limits on a budget: refused with the number, never cut silently.</summary>
internal static class BudgetCeilings
{
    public static void Check(SolveBudget budget, LimitOptions limits, string pointer, FaultList faults)
    {
        var cores = Environment.ProcessorCount;
        Check(budget.TimeSeconds, limits.SecondsPerSolve, "timeSeconds", pointer, faults);
        Check(budget.CpuSeconds, limits.SecondsPerSolve * cores, "cpuSeconds", pointer, faults);
        Check(budget.MemoryMegabytes, limits.MemoryMegabytesPerSolve, "memoryMegabytes", pointer, faults);
        Check(budget.Threads, cores, "threads", pointer, faults);
    }

    private static void Check(double? value, double limit, string name, string pointer, FaultList faults)
    {
        if (value > limit)
            faults.Add(
                FaultCode.OverLimit,
                $"{pointer}/{name}",
                $"This server allows {name} up to {limit:R}, got {value:R}.",
                value,
                limit
            );
    }
}
