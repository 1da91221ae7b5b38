using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Roster.Generators;

/// <summary>
/// A roster that has a feasible plan, because one is drawn first and the limits are put around it: runs of 2 to 5 shifts
/// with 2 to 4 days off between them, later shifts never before earlier ones within a run. The cover is what the plan has.
/// </summary>
public sealed class RandomRosterGenerator : ProblemGenerator<RandomRosterParameters>
{
    private const int LongestRun = 5;
    private const int ShortestRun = 2;
    private const int LongestRest = 4;
    private const int ShortestRest = 2;

    public override string Id => "roster-random";

    public override string Title => "Random roster around a planted plan";

    public override ProblemFamily Family => RosterFamily.Instance;

    protected override Problem? Generate(RandomRosterParameters parameters, long seed, string pointer, FaultList faults)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, Id);
        var (days, numShifts) = (parameters.Days, parameters.Shifts);
        var shifts = Enumerable
            .Range(0, numShifts)
            .Select(s => new RosterShift($"S{s + 1}", 480 + 60 * (s % 3), [.. Enumerable.Range(0, s)]))
            .ToArray();
        var plan = new int[parameters.Staff * days];
        for (var i = 0; i < parameters.Staff; i++)
            Draw(plan.AsSpan(i * days, days), numShifts, random);
        var weekends = new RosterCalendar(days, Weekday.Monday).Weekends;
        var staff = Enumerable
            .Range(0, parameters.Staff)
            .Select(i => Person(i, plan.AsSpan(i * days, days), shifts, weekends, parameters, random))
            .ToArray();
        var cover =
            from day in Enumerable.Range(0, days)
            from shift in Enumerable.Range(0, numShifts)
            let required = Enumerable.Range(0, parameters.Staff).Count(i => plan[i * days + day] == shift)
            select new RosterCover(day, shift, required, parameters.HardCover ? null : 100, 1);
        return new RosterProblem(days, Weekday.Monday, shifts, staff, [.. cover]);
    }

    private static void Draw(Span<int> plan, int numShifts, Xoshiro256 random)
    {
        var isWorking = random.NextBoolean();
        for (var d = 0; d < plan.Length; isWorking = !isWorking)
        {
            var length = isWorking
                ? ShortestRun + random.NextInt32(LongestRun - ShortestRun + 1)
                : ShortestRest + random.NextInt32(LongestRest - ShortestRest + 1);
            var shift = random.NextInt32(numShifts);
            for (var k = 0; k < length && d < plan.Length; k++, d++)
            {
                plan[d] = isWorking ? shift : RosterSolution.Off;
                if (random.NextInt32(4) == 0)
                    shift += random.NextInt32(numShifts - shift);
            }
        }
    }

    private static RosterStaff Person(
        int i,
        ReadOnlySpan<int> plan,
        RosterShift[] shifts,
        IReadOnlyList<IReadOnlyList<int>> weekends,
        RandomRosterParameters parameters,
        Xoshiro256 random
    )
    {
        var (minutes, worked, free) = (0, new int[shifts.Length], new List<int>());
        for (var d = 0; d < plan.Length; d++)
            if (plan[d] == RosterSolution.Off)
                free.Add(d);
            else
            {
                minutes += shifts[plan[d]].Minutes;
                worked[plan[d]]++;
            }
        var workedWeekends = 0;
        foreach (var weekend in weekends)
        foreach (var day in weekend)
            if (plan[day] != RosterSolution.Off)
            {
                workedWeekends++;
                break;
            }
        random.Shuffle<int>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(free));
        var (on, off) = (new List<RosterRequest>(), new List<RosterRequest>());
        for (var d = 0; d < plan.Length; d++)
            if (random.NextDouble() < parameters.RequestDensity)
                (random.NextBoolean() ? on : off).Add(new(d, random.NextInt32(shifts.Length), 1 + random.NextInt32(3)));
        return new()
        {
            Id = $"P{i + 1}",
            // Some are not trained for what the plan does not ask of them.
            MaxShifts = [.. worked.Select(n => n == 0 && random.NextBoolean() ? 0 : (int?)null)],
            MinMinutes = minutes > shifts[0].Minutes ? minutes - shifts[0].Minutes : null,
            MaxMinutes = minutes < plan.Length * shifts.Max(s => s.Minutes) ? minutes : null,
            MinConsecutiveShifts = ShortestRun,
            MaxConsecutiveShifts = LongestRun < plan.Length ? LongestRun : null,
            MinConsecutiveDaysOff = ShortestRest,
            MaxWeekends = workedWeekends < weekends.Count ? workedWeekends : null,
            DaysOff = [.. free.Take(parameters.DaysOff).Order()],
            ShiftOnRequests = on,
            ShiftOffRequests = off,
        };
    }
}

public sealed record RandomRosterParameters
{
    [Range(1, 200)]
    public required int Staff { get; init; }

    [Description("Day 0 is a Monday.")]
    [Range(1, RosterProblem.MaxDays)]
    public int Days { get; init; } = 14;

    [Description("Kinds of shifts, in the order of the day; none may be followed by an earlier one on the next day.")]
    [Range(1, 10)]
    public int Shifts { get; init; } = 2;

    [Description("Fixed days off of each person, as far as the plan has them.")]
    [Range(0, 14)]
    public int DaysOff { get; init; } = 1;

    [Description(
        "The probability with which a person has a request for a day: for or against one shift, of weight 1 to 3."
    )]
    [Range(0.0, 1.0)]
    public double RequestDensity { get; init; } = 0.2;

    [Description("True: too few people are not allowed. False: each one too few costs 100.")]
    public bool HardCover { get; init; }
}
