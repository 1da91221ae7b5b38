using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Roster.Encodings;

/// <summary>The rules on one person: one shift a day, counts and minutes of shifts, runs of days, weekends.</summary>
internal sealed class PersonConstraints(RosterProblem problem, RosterCells cells, int i, ConstrainedModel model)
{
    private readonly RosterStaff _person = problem.Staff[i];

    /// <summary>Minutes in their common unit, with the variable that says how many there are; null where none does.</summary>
    private (int Variable, long Unit)? _minutes;

    /// <summary>By weekend, the variable that says that it is worked; empty where nothing asks.</summary>
    private readonly List<int> _weekends = [];

    /// <summary>Terms of the rules on runs of days: what grows with the cube of the days.</summary>
    public static double CountTerms(RosterProblem problem, RosterStaff person)
    {
        var (days, count) = (problem.Days, 0.0);
        foreach (var least in new[] { person.MinConsecutiveShifts ?? 0, person.MinConsecutiveDaysOff ?? 0 })
            for (var run = 1; run < Math.Min(least, days - 1); run++)
                count += (double)(days - run - 1) * (run + 2);
        if (person.MaxConsecutiveShifts is { } most && most < days)
            count += (double)(days - most) * (most + 1);
        return count;
    }

    public void Add()
    {
        for (var d = 0; d < problem.Days; d++)
            AddOneShift(d);
        for (var s = 0; s < problem.Shifts.Count; s++)
            if (_person.MaxShifts[s] is { } most)
                model.AddConstraint(
                    RosterConstraint.MaxShifts,
                    $"maxShifts[{i},{s}]",
                    RosterConstraint.OfMaxShifts(i, problem.Shifts[s].Id).Pointer,
                    [
                        .. from d in Enumerable.Range(0, problem.Days)
                        where cells.Shift(i, d, s) is not null
                        select (cells.Shift(i, d, s)!.Value, 1.0),
                    ],
                    Relation.AtMost,
                    most
                );
        AddMinutes();
        AddRuns();
        AddWeekends();
    }

    /// <summary>The values of this person's own variables, by those of the shifts.</summary>
    public void Complete(RosterSolution solution, Span<long> values)
    {
        var days = solution.Of(problem, i);
        if (_minutes is var (variable, unit))
        {
            var minutes = 0L;
            foreach (var shift in days)
                minutes += shift == RosterSolution.Off ? 0 : problem.Shifts[shift].Minutes;
            values[variable] = Math.Clamp(
                minutes / unit,
                model.Variables[variable].Lower,
                model.Variables[variable].Upper
            );
        }
        for (var w = 0; w < _weekends.Count; w++)
            foreach (var day in problem.Weekends[w])
                if (days[day] != RosterSolution.Off)
                    values[_weekends[w]] = 1;
    }

    private void AddOneShift(int d)
    {
        var variables = cells.Shifts(i, d).Select(s => s.Variable).ToList();
        var (name, pointer) = ($"oneShift[{i},{d}]", $"/staff/{i}");
        if (cells.Off(i, d) is { } off)
            model.AddOneHot("oneShift", name, pointer, [.. variables, off]);
        else if (variables.Count > 1)
            model.AddConstraint("oneShift", name, pointer, [.. variables.Select(v => (v, 1.0))], Relation.AtMost, 1);
    }

    private void AddMinutes()
    {
        var terms = new List<(int Variable, double Minutes)>();
        var (unit, possible) = (0L, 0L);
        for (var d = 0; d < problem.Days; d++)
        {
            var longest = 0L;
            foreach (var (shift, variable) in cells.Shifts(i, d))
            {
                var minutes = problem.Shifts[shift].Minutes;
                terms.Add((variable, minutes));
                longest = Math.Max(longest, minutes);
                unit = (long)System.Numerics.BigInteger.GreatestCommonDivisor(unit, minutes);
            }
            possible += longest;
        }
        unit = Math.Max(unit, 1);
        var least = Math.Max(0, _person.MinMinutes ?? 0);
        var (from, to) = ((least + unit - 1) / unit, Math.Min(possible, _person.MaxMinutes ?? long.MaxValue) / unit);
        // A number between both ends takes fewer bits than slack for each end.
        if (least > 0 && from <= to)
        {
            _minutes = (model.AddInteger($"minutes of {_person.Id} by {unit}", from, to), unit);
            terms.Add((_minutes.Value.Variable, -unit));
            Add(RosterConstraint.MinMinutes, Relation.Equal, 0);
            return;
        }
        if (least > 0)
            Add(RosterConstraint.MinMinutes, Relation.AtLeast, least);
        if (_person.MaxMinutes is { } most)
            Add(RosterConstraint.MaxMinutes, Relation.AtMost, most);

        void Add(string kind, Relation relation, double bound) =>
            model.AddConstraint(
                kind,
                $"{kind}[{i}]",
                RosterConstraint.OfPerson(i, kind).Pointer,
                terms,
                relation,
                bound
            );
    }

    private void AddRuns()
    {
        if (_person.MaxConsecutiveShifts is { } most)
            for (var d = 0; d + most < problem.Days; d++)
            {
                var row = new WorkRow(cells, i);
                for (var k = 0; k <= most; k++)
                    row.Add(d + k, 1);
                AtMost(row, RosterConstraint.MaxConsecutiveShifts, $"{d}", most);
            }
        AddShortRuns(RosterConstraint.MinConsecutiveShifts, _person.MinConsecutiveShifts ?? 0, 1);
        AddShortRuns(RosterConstraint.MinConsecutiveDaysOff, _person.MinConsecutiveDaysOff ?? 0, -1);
    }

    /// <summary>
    /// No run of fewer days between two of the other sort: with 1 for a day of the run's sort, not all of the run and none of its
    /// neighbours.
    /// </summary>
    /// <param name="sort">1 for days of work, -1 for days off.</param>
    private void AddShortRuns(string kind, int least, int sort)
    {
        for (var run = 1; run < least; run++)
        for (var d = 0; d + run + 1 < problem.Days; d++)
        {
            var row = new WorkRow(cells, i);
            row.Add(d, -sort);
            for (var k = 1; k <= run; k++)
                row.Add(d + k, sort);
            row.Add(d + run + 1, -sort);
            AtMost(row, kind, $"{d},{run}", sort > 0 ? run - 1 : 1);
        }
    }

    private void AddWeekends()
    {
        if (!(_person.MaxWeekends is { } most && most < problem.Weekends.Count))
            return;
        var count = new WorkRow(cells, i);
        for (var w = 0; w < problem.Weekends.Count; w++)
        {
            var weekend = model.AddBinary($"weekend {w} worked: {_person.Id}");
            _weekends.Add(weekend);
            count.AddVariable(weekend, 1);
            foreach (var day in problem.Weekends[w])
            {
                var row = new WorkRow(cells, i);
                row.Add(day, 1);
                row.AddVariable(weekend, -1);
                AtMost(row, RosterConstraint.MaxWeekends, $"{w},{day}", 0);
            }
        }
        AtMost(count, RosterConstraint.MaxWeekends, "all", most);
    }

    private void AtMost(WorkRow row, string kind, string which, double bound) =>
        row.AtMost(model, kind, $"{kind}[{i},{which}]", RosterConstraint.OfPerson(i, kind).Pointer, bound);
}
