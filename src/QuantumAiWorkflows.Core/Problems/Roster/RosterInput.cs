using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>What a client posts. The canonical form has the same members, with everything that was left out said.</summary>
public sealed record RosterInput
{
    [Description("Always \"roster\".")]
    public required string Family { get; init; }

    [Description("Need not be given; 1.")]
    [Range(1, 1)]
    public int? Schema { get; init; }

    [Description("Length of the horizon; days are counted from 0.")]
    [Range(1, RosterProblem.MaxDays)]
    public required int Days { get; init; }

    [Description("The kinds of shifts. A person works at most one shift a day.")]
    [Length(1, RosterProblem.MaxShifts)]
    public required IReadOnlyList<RosterShiftInput> Shifts { get; init; }

    [Description("The people, with the limits of each of them: all of these are hard.")]
    [Length(1, RosterProblem.MaxStaff)]
    public required IReadOnlyList<RosterStaffInput> Staff { get; init; }

    [Description(
        "How many people a day and shift needs, each pair at most once. What does not stand here may have any number."
    )]
    [Length(0, RosterProblem.MaxDays * RosterProblem.MaxShifts)]
    public required IReadOnlyList<RosterCoverInput> Cover { get; init; }

    [Description("What applies to all.")]
    public RosterRulesInput Rules { get; init; } = new();

    [Description("Yours to recognise the problem by; no part of its identity.")]
    [Length(0, 200)]
    public string? Name { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 10_000)]
    public string? Notes { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 50)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

public sealed record RosterShiftInput
{
    [Description("At most 100 characters, none of them a control character; no two shifts have the same.")]
    [Length(1, RosterProblem.MaxIdLength)]
    public required string Id { get; init; }

    [Description("Working time, in minutes.")]
    [Range(1, RosterProblem.MaxMinutes)]
    public required int Minutes { get; init; }

    [Description("Ids of the shifts that the same person may not work on the next day.")]
    [Length(0, RosterProblem.MaxShifts)]
    public IReadOnlyList<string> CannotBeFollowedBy { get; init; } = [];
}

/// <summary>Hard limits on what one person works; a limit that is absent or null does not bind.</summary>
public record RosterLimitsInput
{
    [Description(
        "By shift id: the most shifts of that kind in the horizon. A shift that does not stand here is not limited."
    )]
    [Length(0, RosterProblem.MaxShifts)]
    public IReadOnlyDictionary<string, int>? MaxShifts { get; init; }

    [Description("The least working time in the horizon, in minutes.")]
    [Range(0, RosterProblem.MaxDays * RosterProblem.MaxMinutes)]
    public int? MinMinutes { get; init; }

    [Description("The most working time in the horizon, in minutes.")]
    [Range(0, RosterProblem.MaxDays * RosterProblem.MaxMinutes)]
    public int? MaxMinutes { get; init; }

    [Description(
        "The fewest days worked in a row. A run that touches the first or the last day is exempt: it may go on outside the horizon."
    )]
    [Range(0, RosterProblem.MaxDays)]
    public int? MinConsecutiveShifts { get; init; }

    [Description("The most days worked in a row, within the horizon.")]
    [Range(0, RosterProblem.MaxDays)]
    public int? MaxConsecutiveShifts { get; init; }

    [Description("The fewest days off in a row; a run that touches the first or the last day is exempt.")]
    [Range(0, RosterProblem.MaxDays)]
    public int? MinConsecutiveDaysOff { get; init; }

    [Description("The most weekends worked; one is worked when its Saturday or its Sunday is.")]
    [Range(0, RosterProblem.MaxDays)]
    public int? MaxWeekends { get; init; }
}

public sealed record RosterStaffInput : RosterLimitsInput
{
    [Description("At most 100 characters, none of them a control character; no two people have the same.")]
    [Length(1, RosterProblem.MaxIdLength)]
    public required string Id { get; init; }

    [Description("Days on which this person does not work. Hard.")]
    [Length(0, RosterProblem.MaxDays)]
    public IReadOnlyList<int> DaysOff { get; init; } = [];

    [Description("Shifts that this person wants; each one not worked costs its weight.")]
    [Length(0, RosterProblem.MaxDays * RosterProblem.MaxShifts)]
    public IReadOnlyList<RosterRequestInput> ShiftOnRequests { get; init; } = [];

    [Description("Shifts that this person does not want; each one worked costs its weight.")]
    [Length(0, RosterProblem.MaxDays * RosterProblem.MaxShifts)]
    public IReadOnlyList<RosterRequestInput> ShiftOffRequests { get; init; } = [];
}

public sealed record RosterRequestInput
{
    [Description("From 0.")]
    public required int Day { get; init; }

    [Description("Id of the shift.")]
    public required string Shift { get; init; }

    [Description("What it costs when it is not met.")]
    [Range(0, RosterProblem.MaxWeight)]
    public int Weight { get; init; } = 1;
}

public sealed record RosterCoverInput
{
    [Description("From 0.")]
    public required int Day { get; init; }

    [Description("Id of the shift.")]
    public required string Shift { get; init; }

    [Description("How many people are needed.")]
    [Range(0, RosterProblem.MaxRequired)]
    public required int Required { get; init; }

    [Description("What each person too few costs; absent or null: too few is not allowed.")]
    [Range(0, RosterProblem.MaxWeight)]
    public int? WeightUnder { get; init; }

    [Description("What each person too many costs; absent: nothing; null: too many is not allowed.")]
    [Range(0, RosterProblem.MaxWeight)]
    public int? WeightOver { get; init; } = 0;
}

[Description("Limits given here hold for every person who does not have the same one.")]
public sealed record RosterRulesInput : RosterLimitsInput
{
    [Description("The weekday of day 0; it tells where the weekends are.")]
    public Weekday FirstDay { get; init; } = Weekday.Monday;
}

public enum Weekday
{
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}
