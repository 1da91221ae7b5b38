using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>What was understood of a posted roster: counts, weekends and work against need, so that a wrong reading shows.</summary>
internal static class RosterSummary
{
    public static JsonObject Of(RosterProblem problem)
    {
        var cover = problem.Cover;
        return new()
        {
            ["days"] = problem.Days,
            ["firstDay"] = problem.FirstDay.ToString().ToLowerInvariant(),
            ["weekends"] = problem.Weekends.Count,
            ["shifts"] = problem.Shifts.Count,
            ["staff"] = problem.Staff.Count,
            ["fixedDaysOff"] = problem.Staff.Sum(p => p.DaysOff.Count),
            ["shiftOnRequests"] = problem.Staff.Sum(p => p.ShiftOnRequests.Count),
            ["shiftOffRequests"] = problem.Staff.Sum(p => p.ShiftOffRequests.Count),
            ["forbiddenSuccessions"] = problem.Shifts.Sum(s => s.CannotBeFollowedBy.Count),
            ["cover"] = cover.Count,
            ["hardCover"] = cover.Count(c => c.WeightUnder is null || c.WeightOver is null),
            ["requiredMinutes"] = cover.Sum(c => (long)c.Required * problem.Shifts[c.Shift].Minutes),
            ["leastMinutesOfStaff"] = problem.Staff.Sum(p => (long)(p.MinMinutes ?? 0)),
            // Null where somebody has no such limit.
            ["mostMinutesOfStaff"] = problem.Staff.All(p => p.MaxMinutes is not null)
                ? problem.Staff.Sum(p => (long?)p.MaxMinutes)
                : null,
        };
    }
}
