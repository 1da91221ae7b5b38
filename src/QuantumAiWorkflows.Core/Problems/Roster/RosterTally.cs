namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>What a roster comes to: counted once, read by the referee, the details and the drawings. O(people x days).</summary>
internal sealed class RosterTally
{
    private readonly int _numShifts;
    private readonly int[] _assigned;

    public RosterTally(RosterProblem problem, RosterSolution solution)
    {
        _numShifts = problem.Shifts.Count;
        _assigned = new int[problem.Days * _numShifts];
        ShiftsWorked = new int[problem.Staff.Count];
        Minutes = new int[problem.Staff.Count];
        Weekends = new int[problem.Staff.Count];
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            var days = solution.Of(problem, i);
            for (var d = 0; d < days.Length; d++)
            {
                if (days[d] == RosterSolution.Off)
                    continue;
                _assigned[d * _numShifts + days[d]]++;
                ShiftsWorked[i]++;
                Minutes[i] += problem.Shifts[days[d]].Minutes;
            }
            foreach (var weekend in problem.Weekends)
            foreach (var day in weekend)
                if (days[day] != RosterSolution.Off)
                {
                    Weekends[i]++;
                    break;
                }
        }
    }

    /// <summary>By person.</summary>
    public int[] ShiftsWorked { get; }

    /// <summary>By person.</summary>
    public int[] Minutes { get; }

    /// <summary>By person: weekends worked.</summary>
    public int[] Weekends { get; }

    public int Assigned(int day, int shift) => _assigned[day * _numShifts + shift];
}
