using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>What a planner asks of a schedule: who does what when, which jobs are late, and what holds the end up.</summary>
internal static class ScheduleDetails
{
    public static JsonObject Of(SchedulingProblem problem, SchedulingSolution solution)
    {
        var placed = PlacedTasks.Of(problem, solution);
        var jobs = JobOutcome.Of(problem, placed);
        var makespan = jobs.Max(j => j.Completion) ?? 0;
        return new()
        {
            ["makespan"] = makespan,
            ["totalTardiness"] = jobs.Sum(j => j.Tardiness),
            ["weightedTardiness"] = jobs.Sum(j => j.Job.Weight * j.Tardiness),
            ["maxLateness"] = jobs.Max(j => j.Lateness),
            ["numLateJobs"] = jobs.Count(j => j.Tardiness > 0),
            ["jobs"] = new JsonArray([
                .. jobs.Select(j => new JsonObject
                {
                    ["id"] = j.Job.Id,
                    ["start"] = j.Start,
                    ["completion"] = j.Completion,
                    ["due"] = j.Job.Due,
                    ["lateness"] = j.Lateness,
                    ["tardiness"] = j.Tardiness,
                }),
            ]),
            ["rows"] = new JsonArray([
                .. GanttRow.Of(problem.Resources, placed).Select(r => Row(problem, r, makespan)),
            ]),
            ["criticalPath"] = new JsonArray([
                .. CriticalPath.Of(problem, placed).Select(i => (JsonNode)problem.Tasks[i].Id),
            ]),
        };
    }

    private static JsonObject Row(SchedulingProblem problem, GanttRow row, long makespan) =>
        new()
        {
            ["resource"] = row.Resource.Id,
            ["capacity"] = row.Resource.Capacity,
            ["utilization"] = makespan <= 0 ? 0 : (double)row.Busy / ((double)row.Resource.Capacity * makespan),
            ["bars"] = new JsonArray([
                .. row.Bars.Select(b => new JsonObject
                {
                    ["task"] = problem.Tasks[b.Task].Id,
                    ["job"] = problem.Jobs[problem.Tasks[b.Task].Job].Id,
                    ["mode"] = b.Placed.Mode.Id,
                    ["start"] = b.Placed.Start,
                    ["end"] = b.Placed.End,
                    ["amount"] = b.Amount,
                    ["lane"] = b.Lane,
                }),
            ]),
        };
}

/// <summary>
/// A chain of tasks without a gap up to the end of the schedule: each begins the moment the one before it ends and needs it,
/// because it waits for it or uses a resource that it used. The chain begins where a task starts for another reason: at time
/// 0, at its job's release, or later than it had to.
/// </summary>
internal static class CriticalPath
{
    /// <summary>O(n + precedences): from one step to the next either a precedence is followed or time goes back.</summary>
    public static List<int> Of(SchedulingProblem problem, Placed?[] placed)
    {
        var byEnd = Enumerable.Range(0, placed.Length).Where(i => placed[i] is not null).ToLookup(i => placed[i]!.End);
        var path = new List<int>();
        if (byEnd.Count == 0)
            return path;
        var seen = new HashSet<int>();
        int? next = byEnd[byEnd.Max(g => g.Key)].First();
        while (next is { } task && seen.Add(task))
        {
            path.Add(task);
            var own = placed[task]!;
            // What it waits for explains more than what was in its way.
            next = problem
                .Tasks[task]
                .After.Where(i => placed[i]?.End == own.Start)
                .Select(i => (int?)i)
                .FirstOrDefault();
            if (next is null && own.Mode.Duration > 0)
                next = byEnd[own.Start]
                    .Where(i => SharesResource(placed[i]!.Mode, own.Mode))
                    .Select(i => (int?)i)
                    .FirstOrDefault();
        }
        path.Reverse();
        return path;
    }

    private static bool SharesResource(ShopMode left, ShopMode right) =>
        left.Duration > 0
        && right.Duration > 0
        && Array.Exists(left.Uses, l => Array.Exists(right.Uses, r => r.Resource == l.Resource));
}
