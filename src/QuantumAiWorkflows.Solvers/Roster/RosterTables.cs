using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.Solvers.Roster;

/// <summary>
/// A roster problem as flat arrays for searches that change a few days at a time. Indices: person x days + day for cells, day x
/// shifts + shift for cover, person x shifts + shift for limits. A limit that does not bind is a number that nothing reaches.
/// </summary>
internal sealed class RosterTables
{
    private const int Never = int.MaxValue / 2;

    public RosterTables(RosterProblem problem)
    {
        Problem = problem;
        (Staff, Days, Shifts) = (problem.Staff.Count, problem.Days, problem.Shifts.Count);
        var cells = Staff * Days;
        RequestCost = new int[cells * (Shifts + 1)];
        IsFixedOff = new bool[cells];
        Required = new int[Days * Shifts];
        (UnderCost, OverCost) = (new int[Days * Shifts], new int[Days * Shifts]);
        (IsUnderHard, IsOverHard) = (new bool[Days * Shifts], new bool[Days * Shifts]);
        MinutesOf = [.. problem.Shifts.Select(s => s.Minutes)];
        MinMinutes = [.. problem.Staff.Select(p => p.MinMinutes ?? 0)];
        MaxMinutes = [.. problem.Staff.Select(p => p.MaxMinutes ?? Never)];
        MinWork = [.. problem.Staff.Select(p => p.MinConsecutiveShifts ?? 0)];
        MaxWork = [.. problem.Staff.Select(p => p.MaxConsecutiveShifts ?? Never)];
        MinRest = [.. problem.Staff.Select(p => p.MinConsecutiveDaysOff ?? 0)];
        MaxWeekends = [.. problem.Staff.Select(p => p.MaxWeekends ?? Never)];
        MaxShifts = [.. problem.Staff.SelectMany(p => p.MaxShifts.Select(most => most ?? Never))];
        IsForbidden = new bool[Shifts * Shifts];
        for (var s = 0; s < Shifts; s++)
            foreach (var follower in problem.Shifts[s].CannotBeFollowedBy)
                IsForbidden[s * Shifts + follower] = true;
        OtherWeekendDay = new int[Days];
        Array.Fill(OtherWeekendDay, -1);
        foreach (var weekend in problem.Weekends)
            (OtherWeekendDay[weekend[0]], OtherWeekendDay[weekend[^1]]) = (weekend[^1], weekend[0]);
        FillCover();
        FillPeople();
    }

    public RosterProblem Problem { get; }

    public int Staff { get; }

    public int Days { get; }

    public int Shifts { get; }

    /// <summary>(cell) x (shifts + 1) + shift + 1, so that a day off, shift -1, comes first: requests that are then not met.</summary>
    public int[] RequestCost { get; }

    public bool[] IsFixedOff { get; }

    public int[] Required { get; }

    public int[] UnderCost { get; }

    public int[] OverCost { get; }

    public bool[] IsUnderHard { get; }

    public bool[] IsOverHard { get; }

    public bool HasHardCover { get; private set; }

    public int[] MinutesOf { get; }

    public int[] MinMinutes { get; }

    public int[] MaxMinutes { get; }

    public int[] MinWork { get; }

    public int[] MaxWork { get; }

    public int[] MinRest { get; }

    public int[] MaxWeekends { get; }

    public int[] MaxShifts { get; }

    /// <summary>(shift) x shifts + (the next day's).</summary>
    public bool[] IsForbidden { get; }

    /// <summary>The weekend's other day; the day itself where it is alone in its weekend; -1 on other days.</summary>
    public int[] OtherWeekendDay { get; }

    /// <summary>Of a request or of one person in a cover; at least 1.</summary>
    public int LargestWeight { get; private set; } = 1;

    /// <summary>Above 0; 1 where nothing costs anything.</summary>
    public int SmallestWeight { get; private set; } = int.MaxValue;

    private void FillCover()
    {
        foreach (var cover in Problem.Cover)
        {
            var k = cover.Day * Shifts + cover.Shift;
            Required[k] = cover.Required;
            (UnderCost[k], OverCost[k]) = (cover.WeightUnder ?? 0, cover.WeightOver ?? 0);
            (IsUnderHard[k], IsOverHard[k]) = (cover.WeightUnder is null, cover.WeightOver is null);
            HasHardCover |= IsUnderHard[k] || IsOverHard[k];
            Weigh(UnderCost[k]);
            Weigh(OverCost[k]);
        }
    }

    private void FillPeople()
    {
        for (var i = 0; i < Staff; i++)
        {
            var person = Problem.Staff[i];
            foreach (var day in person.DaysOff)
                IsFixedOff[i * Days + day] = true;
            foreach (var request in person.ShiftOnRequests)
            {
                var costs = RequestCost.AsSpan((i * Days + request.Day) * (Shifts + 1), Shifts + 1);
                foreach (ref var cost in costs)
                    cost += request.Weight;
                costs[request.Shift + 1] -= request.Weight;
                Weigh(request.Weight);
            }
            foreach (var request in person.ShiftOffRequests)
            {
                RequestCost[(i * Days + request.Day) * (Shifts + 1) + request.Shift + 1] += request.Weight;
                Weigh(request.Weight);
            }
        }
        SmallestWeight = Math.Min(SmallestWeight, LargestWeight);
    }

    private void Weigh(int weight)
    {
        LargestWeight = Math.Max(LargestWeight, weight);
        if (weight > 0)
            SmallestWeight = Math.Min(SmallestWeight, weight);
    }
}
