using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <content>The hard constraints of people and of successions.</content>
internal sealed partial class RosterModel
{
    private void AddPerson(int i)
    {
        var person = _problem.Staff[i];
        var days = _problem.Days;
        for (var k = 0; k < person.DaysOff.Count; k++)
            if (Enter(RosterConstraint.OfDayOff(i, k)))
                AddClause(Not(Works(i, person.DaysOff[k])));
        for (var s = 0; s < _problem.Shifts.Count; s++)
            if (person.MaxShifts[s] is { } most && Enter(RosterConstraint.OfMaxShifts(i, _problem.Shifts[s].Id)))
                AddSum(Enumerable.Range(0, days).Select(d => Works(i, d, s)), 0, most);
        if (person.MinMinutes is { } least && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MinMinutes)))
            AddMinutes(i, least, long.MaxValue);
        if (person.MaxMinutes is { } longest && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MaxMinutes)))
            AddMinutes(i, 0, longest);
        if (
            person.MaxConsecutiveShifts is { } run
            && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MaxConsecutiveShifts))
        )
            for (var d = 0; d + run < days; d++)
                AddSum(Enumerable.Range(d, run + 1).Select(day => Works(i, day)), 0, run);
        if (
            person.MinConsecutiveShifts is { } work
            && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MinConsecutiveShifts))
        )
            AddShortestRun(work, d => Works(i, d));
        if (
            person.MinConsecutiveDaysOff is { } rest
            && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MinConsecutiveDaysOff))
        )
            AddShortestRun(rest, d => Not(Works(i, d)));
        if (person.MaxWeekends is { } weekends && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MaxWeekends)))
            AddWeekends(i, weekends);
    }

    private void AddMinutes(int i, long low, long high)
    {
        var sum = new LinearConstraintProto { Domain = { low, high } };
        for (var d = 0; d < _problem.Days; d++)
        for (var s = 0; s < _problem.Shifts.Count; s++)
        {
            sum.Vars.Add(Works(i, d, s));
            sum.Coeffs.Add(_problem.Shifts[s].Minutes);
        }
        Add(new ConstraintProto { Linear = sum });
    }

    /// <summary>
    /// A run that begins on a day after the first goes on for the days that it still needs, as far as the horizon reaches:
    /// what begins or ends outside is exempt by that.
    /// </summary>
    private void AddShortestRun(int least, Func<int, int> isIn)
    {
        for (var d = 1; d < _problem.Days; d++)
        for (var later = d + 1; later < Math.Min(d + least, _problem.Days); later++)
            AddClause(isIn(d - 1), Not(isIn(d)), isIn(later));
    }

    private void AddWeekends(int i, int most)
    {
        var worked = new List<int>();
        foreach (var weekend in _problem.Weekends)
        {
            if (weekend.Count == 1)
            {
                worked.Add(Works(i, weekend[0]));
                continue;
            }
            var isWorked = NewInteger(1);
            worked.Add(isWorked);
            foreach (var day in weekend)
                AddClause(Not(Works(i, day)), isWorked);
        }
        AddSum(worked, 0, most);
    }

    private void AddSuccessions()
    {
        var numShifts = _problem.Shifts.Count;
        var forbidden = Enumerable.Range(0, numShifts).Select(_ => new SortedSet<int>()).ToArray();
        for (var s = 0; s < numShifts; s++)
        for (var k = 0; k < _problem.Shifts[s].CannotBeFollowedBy.Count; k++)
        {
            if (!Enter(RosterConstraint.OfSuccession(s, k)))
                continue;
            var follower = _problem.Shifts[s].CannotBeFollowedBy[k];
            forbidden[s].Add(follower);
            if (_isGuarded)
                ForEachSuccession((i, d) => AddClause(Not(Works(i, d, s)), Not(Works(i, d + 1, follower))));
        }
        if (_isGuarded)
            return;
        // Shifts of one day exclude each other, so that all shifts with the same forbidden followers, and these followers, are
        // one clique: a far stronger relaxation than one clause per pair.
        _guard = NoGuard;
        foreach (var followers in forbidden.Where(f => f.Count > 0).DistinctBy(f => string.Join(',', f)))
        {
            var before = Enumerable.Range(0, numShifts).Where(s => forbidden[s].IsSupersetOf(followers)).ToArray();
            ForEachSuccession(
                (i, d) =>
                {
                    var clique = new BoolArgumentProto();
                    clique.Literals.Add(before.Select(s => Works(i, d, s)));
                    clique.Literals.Add(followers.Select(s => Works(i, d + 1, s)));
                    Add(new ConstraintProto { AtMostOne = clique });
                }
            );
        }
    }

    private void ForEachSuccession(Action<int, int> action)
    {
        for (var i = 0; i < _problem.Staff.Count; i++)
        for (var d = 0; d + 1 < _problem.Days; d++)
            action(i, d);
    }
}
