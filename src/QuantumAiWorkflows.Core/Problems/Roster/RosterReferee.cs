namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// Scores a roster: the weights of requests not met and of cover missed, in whole numbers, and one violation for each hard
/// constraint that does not hold, with how far in all. Rules on runs of days know nothing of the time outside the horizon:
/// a run at either end is never too short.
/// </summary>
internal static class RosterReferee
{
    public static Evaluation Evaluate(RosterProblem problem, RosterSolution solution)
    {
        var tally = new RosterTally(problem, solution);
        var violations = new List<Violation>();
        var objective = 0L;
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            var days = solution.Of(problem, i);
            objective += RequestCost(problem.Staff[i], days);
            JudgePerson(problem, tally, i, days, violations);
        }
        JudgeSuccessions(problem, solution, violations);
        for (var k = 0; k < problem.Cover.Count; k++)
        {
            var cover = problem.Cover[k];
            var assigned = tally.Assigned(cover.Day, cover.Shift);
            objective += cover.Cost(assigned);
            if (cover.WeightUnder is null)
                Add(
                    violations,
                    RosterConstraint.OfCover(k, RosterConstraint.CoverUnder),
                    cover.Under(assigned),
                    "people"
                );
            if (cover.WeightOver is null)
                Add(
                    violations,
                    RosterConstraint.OfCover(k, RosterConstraint.CoverOver),
                    cover.Over(assigned),
                    "people"
                );
        }
        return new(objective, violations);
    }

    public static long RequestCost(RosterStaff person, ReadOnlySpan<int> days)
    {
        var cost = 0L;
        foreach (var request in person.ShiftOnRequests)
            if (days[request.Day] != request.Shift)
                cost += request.Weight;
        foreach (var request in person.ShiftOffRequests)
            if (days[request.Day] == request.Shift)
                cost += request.Weight;
        return cost;
    }

    private static void JudgePerson(
        RosterProblem problem,
        RosterTally tally,
        int i,
        ReadOnlySpan<int> days,
        List<Violation> violations
    )
    {
        var person = problem.Staff[i];
        for (var k = 0; k < person.DaysOff.Count; k++)
            if (days[person.DaysOff[k]] != RosterSolution.Off)
                Add(violations, RosterConstraint.OfDayOff(i, k), 1, "shifts");
        for (var s = 0; s < problem.Shifts.Count; s++)
            if (person.MaxShifts[s] is { } most)
                Add(violations, RosterConstraint.OfMaxShifts(i, problem.Shifts[s].Id), days.Count(s) - most, "shifts");

        var runs = RunLengths(days);
        AddOwn(RosterConstraint.MinMinutes, (person.MinMinutes ?? 0) - tally.Minutes[i], "minutes");
        AddOwn(RosterConstraint.MaxMinutes, tally.Minutes[i] - (person.MaxMinutes ?? int.MaxValue), "minutes");
        if (person.MinConsecutiveShifts is { } least)
            AddOwn(RosterConstraint.MinConsecutiveShifts, Lack(runs, working: true, least), "shifts");
        if (person.MaxConsecutiveShifts is { } longest)
            AddOwn(
                RosterConstraint.MaxConsecutiveShifts,
                runs.Where(r => r.IsWorking).Sum(r => Math.Max(0, r.Length - longest)),
                "shifts"
            );
        if (person.MinConsecutiveDaysOff is { } rest)
            AddOwn(RosterConstraint.MinConsecutiveDaysOff, Lack(runs, working: false, rest), "days");
        AddOwn(RosterConstraint.MaxWeekends, tally.Weekends[i] - (person.MaxWeekends ?? int.MaxValue), "weekends");

        void AddOwn(string name, int amount, string unit) =>
            Add(violations, RosterConstraint.OfPerson(i, name), amount, unit);
    }

    /// <summary>How much is missing in all to runs of at least <paramref name="least"/> days; runs at the ends count as long enough.</summary>
    private static int Lack(List<(bool IsWorking, int Length)> runs, bool working, int least) =>
        runs.Skip(1).SkipLast(1).Where(r => r.IsWorking == working).Sum(r => Math.Max(0, least - r.Length));

    private static List<(bool IsWorking, int Length)> RunLengths(ReadOnlySpan<int> days)
    {
        var runs = new List<(bool IsWorking, int Length)>();
        foreach (var shift in days)
        {
            var isWorking = shift != RosterSolution.Off;
            if (runs.Count > 0 && runs[^1].IsWorking == isWorking)
                runs[^1] = (isWorking, runs[^1].Length + 1);
            else
                runs.Add((isWorking, 1));
        }
        return runs;
    }

    /// <summary>Over all people: how often a shift is followed by one that it must not be followed by.</summary>
    private static void JudgeSuccessions(RosterProblem problem, RosterSolution solution, List<Violation> violations)
    {
        var numShifts = problem.Shifts.Count;
        var followed = new int[numShifts * numShifts];
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            var days = solution.Of(problem, i);
            for (var d = 1; d < days.Length; d++)
                if (days[d - 1] != RosterSolution.Off && days[d] != RosterSolution.Off)
                    followed[days[d - 1] * numShifts + days[d]]++;
        }
        for (var s = 0; s < numShifts; s++)
        {
            var followers = problem.Shifts[s].CannotBeFollowedBy;
            for (var k = 0; k < followers.Count; k++)
                Add(
                    violations,
                    RosterConstraint.OfSuccession(s, k),
                    followed[s * numShifts + followers[k]],
                    "successions"
                );
        }
    }

    private static void Add(List<Violation> violations, RosterConstraint constraint, int amount, string unit)
    {
        if (amount > 0)
            violations.Add(new(constraint.Name, constraint.Pointer, amount, unit));
    }
}
