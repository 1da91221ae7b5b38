using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Roster.Encodings;

/// <summary>
/// A variable for each person, day and shift that the person may work then, and one for a day off where a rule on runs of days
/// or on weekends asks for it and there is a choice of shifts; where there is one shift, a day off is that shift not worked.
/// </summary>
internal sealed class RosterCells
{
    private readonly RosterProblem _problem;
    private readonly int[] _first;
    private readonly int[] _off;

    public RosterCells(RosterProblem problem)
    {
        _problem = problem;
        var (people, days, shifts) = (problem.Staff.Count, problem.Days, problem.Shifts.Count);
        _first = new int[people * days * shifts];
        _off = new int[people * days];
        for (var i = 0; i < people; i++)
        {
            var dayOff = problem.Staff[i].DaysOff.ToHashSet();
            for (var d = 0; d < days; d++)
            {
                var count = 0;
                for (var s = 0; s < shifts; s++)
                {
                    var isAllowed = !dayOff.Contains(d) && MayWork(i, s);
                    _first[(i * days + d) * shifts + s] = isAllowed ? Count++ : None;
                    count += isAllowed ? 1 : 0;
                }
                _off[i * days + d] = count > 1 && HasRunRules(i) ? Count++ : None;
            }
        }
    }

    private const int None = -1;

    /// <summary>Of the variables here.</summary>
    public int Count { get; private set; }

    /// <summary>Null where the person may not.</summary>
    public int? Shift(int person, int day, int shift) =>
        _first[(person * _problem.Days + day) * _problem.Shifts.Count + shift] is >= 0 and var variable
            ? variable
            : null;

    /// <summary>Null where no variable says so.</summary>
    public int? Off(int person, int day) =>
        _off[person * _problem.Days + day] is >= 0 and var variable ? variable : null;

    /// <summary>The shifts that the person may work on a day, with their variables.</summary>
    public IEnumerable<(int Shift, int Variable)> Shifts(int person, int day)
    {
        for (var s = 0; s < _problem.Shifts.Count; s++)
            if (Shift(person, day, s) is { } variable)
                yield return (s, variable);
    }

    /// <summary>In the order of the variables.</summary>
    public void AddVariables(ConstrainedModel model)
    {
        for (var i = 0; i < _problem.Staff.Count; i++)
        for (var d = 0; d < _problem.Days; d++)
        {
            // The shift's id in quotes: no two names are then equal, whatever clients call people and shifts.
            foreach (var (shift, _) in Shifts(i, d))
                model.AddBinary($"day {d}, {CanonicalJson.Text(_problem.Shifts[shift].Id)}: {_problem.Staff[i].Id}");
            if (Off(i, d) is not null)
                model.AddBinary($"day {d}, off: {_problem.Staff[i].Id}");
        }
    }

    /// <summary>Of several shifts on a day the first: a roster has one.</summary>
    public RosterSolution Decode(IReadOnlyList<long> values)
    {
        var plan = new int[_off.Length];
        for (var cell = 0; cell < plan.Length; cell++)
        {
            plan[cell] = RosterSolution.Off;
            foreach (var (shift, variable) in Shifts(cell / _problem.Days, cell % _problem.Days))
                if (values[variable] == 1)
                {
                    plan[cell] = shift;
                    break;
                }
        }
        return new(plan);
    }

    /// <summary>False for a roster with a shift that its person may not work then.</summary>
    public bool TryWrite(RosterSolution solution, Span<long> values)
    {
        for (var cell = 0; cell < _off.Length; cell++)
        {
            var (person, day, shift) = (cell / _problem.Days, cell % _problem.Days, solution.Shifts[cell]);
            var variable = shift == RosterSolution.Off ? Off(person, day) : Shift(person, day, shift);
            if (variable is { } one)
                values[one] = 1;
            else if (shift != RosterSolution.Off)
                return false;
        }
        return true;
    }

    private bool MayWork(int person, int shift) =>
        _problem.Staff[person].MaxShifts[shift] != 0
        && !(_problem.Staff[person].MaxMinutes < _problem.Shifts[shift].Minutes);

    private bool HasRunRules(int i)
    {
        var person = _problem.Staff[i];
        return person.MinConsecutiveShifts > 1
            || person.MinConsecutiveDaysOff > 1
            || person.MaxConsecutiveShifts < _problem.Days
            || person.MaxWeekends < _problem.Weekends.Count;
    }
}
