using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling;

internal static class SchedulingSummary
{
    public static JsonObject Of(SchedulingProblem problem)
    {
        var modes = problem.Tasks.SelectMany(t => t.Modes).ToList();
        return new()
        {
            ["numJobs"] = problem.Jobs.Count,
            ["numTasks"] = problem.Tasks.Count,
            ["numResources"] = problem.Resources.Count,
            ["numModes"] = modes.Count,
            ["numPrecedences"] = problem.Tasks.Sum(t => t.After.Length),
            ["objective"] = JsonNames.Of(problem.Objective),
            ["shape"] = Shape(problem),
            ["totalCapacity"] = problem.Resources.Sum(r => (long)r.Capacity),
            ["minDuration"] = modes.Min(m => m.Duration),
            ["maxDuration"] = modes.Max(m => m.Duration),
            ["latestRelease"] = problem.Jobs.Max(j => j.Release),
            ["numDueDates"] = problem.Jobs.Count(j => j.Due is not null),
            ["numModesThatNeverFit"] = modes.Count(m => !m.Fits),
            ["longestChain"] = LongestChain(problem),
            ["horizon"] = problem.Horizon,
        };
    }

    /// <summary>The narrowest usual name for what was read.</summary>
    private static string Shape(SchedulingProblem problem)
    {
        if (problem.Resources.Count == 0)
            return "precedencesOnly";
        var isUnary = problem.Resources.All(r => r.Capacity == 1);
        if (!isUnary || problem.Tasks.Any(t => t.Modes.Any(m => m.Uses.Length > 1)))
            return "resourceConstrained";
        if (problem.Jobs.All(j => j.NumTasks == 1) && problem.Tasks.All(t => t.After.Length == 0))
            return problem.Resources.Count == 1 ? "singleMachine" : "parallelMachines";
        return problem.Tasks.All(t => t.Modes.Length == 1) ? "jobShop" : "flexibleJobShop";
    }

    /// <summary>Lower bound on the makespan from precedences alone: every task in its shortest mode.</summary>
    private static long LongestChain(SchedulingProblem problem)
    {
        var ends = new long[problem.Tasks.Count];
        foreach (var i in PrecedenceOrder.Of(problem))
        {
            long start = problem.Jobs[problem.Tasks[i].Job].Release;
            foreach (var before in problem.Tasks[i].After)
                start = Math.Max(start, ends[before]);
            ends[i] = start + problem.Tasks[i].Modes.Where(m => m.Fits).Min(m => m.Duration);
        }
        return ends.Max();
    }
}
