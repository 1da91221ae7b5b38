using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// What follows from a roster: the work of every person with the requests that are not met, who there is against who is
/// needed on every day and shift, and what the objective consists of.
/// </summary>
internal static class RosterDetails
{
    public static JsonObject Of(RosterProblem problem, RosterSolution solution)
    {
        var tally = new RosterTally(problem, solution);
        var (staff, cover) = (new JsonArray(), new JsonArray());
        var (requestCost, underCost, overCost) = (0L, 0L, 0L);
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            var days = solution.Of(problem, i);
            var cost = RosterReferee.RequestCost(problem.Staff[i], days);
            requestCost += cost;
            staff.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["staff"] = problem.Staff[i].Id,
                        ["shifts"] = tally.ShiftsWorked[i],
                        ["minutes"] = tally.Minutes[i],
                        ["weekends"] = tally.Weekends[i],
                        ["requestCost"] = cost,
                        ["requestsBroken"] = Broken(problem, problem.Staff[i], solution, i),
                    }
            );
        }
        foreach (var need in problem.Cover)
        {
            var assigned = tally.Assigned(need.Day, need.Shift);
            underCost += (long)need.Under(assigned) * (need.WeightUnder ?? 0);
            overCost += (long)need.Over(assigned) * (need.WeightOver ?? 0);
            cover.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["day"] = need.Day,
                        ["shift"] = problem.Shifts[need.Shift].Id,
                        ["required"] = need.Required,
                        ["assigned"] = assigned,
                        ["cost"] = need.Cost(assigned),
                    }
            );
        }
        return new()
        {
            ["cost"] = new JsonObject
            {
                ["requests"] = requestCost,
                ["coverUnder"] = underCost,
                ["coverOver"] = overCost,
            },
            ["staff"] = staff,
            ["cover"] = cover,
        };
    }

    /// <summary><c>kind</c> is on for a shift that was wanted and is not worked, off for one that was not wanted and is.</summary>
    private static JsonArray Broken(RosterProblem problem, RosterStaff person, RosterSolution solution, int i)
    {
        var days = solution.Of(problem, i);
        var broken = new JsonArray();
        foreach (var request in person.ShiftOnRequests)
            if (days[request.Day] != request.Shift)
                Add("on", request);
        foreach (var request in person.ShiftOffRequests)
            if (days[request.Day] == request.Shift)
                Add("off", request);
        return broken;

        void Add(string kind, RosterRequest request) =>
            broken.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["kind"] = kind,
                        ["day"] = request.Day,
                        ["shift"] = problem.Shifts[request.Shift].Id,
                        ["weight"] = request.Weight,
                    }
            );
    }
}
