namespace QuantumAiWorkflows.Problems.Roster;

/// <param name="Minutes">Working time.</param>
/// <param name="CannotBeFollowedBy">Indices of the shifts that may not come on the next day, ascending.</param>
public sealed record RosterShift(string Id, int Minutes, IReadOnlyList<int> CannotBeFollowedBy);

/// <summary>One person; a limit that is null does not bind.</summary>
public sealed record RosterStaff
{
    public required string Id { get; init; }

    /// <summary>By shift index; null where that kind of shift is not limited.</summary>
    public required IReadOnlyList<int?> MaxShifts { get; init; }

    public int? MinMinutes { get; init; }

    public int? MaxMinutes { get; init; }

    public int? MinConsecutiveShifts { get; init; }

    public int? MaxConsecutiveShifts { get; init; }

    public int? MinConsecutiveDaysOff { get; init; }

    public int? MaxWeekends { get; init; }

    /// <summary>Ascending.</summary>
    public required IReadOnlyList<int> DaysOff { get; init; }

    /// <summary>By day, then shift; no weight is 0.</summary>
    public required IReadOnlyList<RosterRequest> ShiftOnRequests { get; init; }

    /// <inheritdoc cref="ShiftOnRequests"/>
    public required IReadOnlyList<RosterRequest> ShiftOffRequests { get; init; }
}

/// <param name="Shift">Its index.</param>
/// <param name="Weight">Above 0.</param>
public readonly record struct RosterRequest(int Day, int Shift, int Weight);

/// <param name="Shift">Its index.</param>
/// <param name="WeightUnder">Cost of each person too few; null: not allowed.</param>
/// <param name="WeightOver">Cost of each person too many; null: not allowed.</param>
public readonly record struct RosterCover(int Day, int Shift, int Required, int? WeightUnder, int? WeightOver)
{
    public int Under(int assigned) => Math.Max(0, Required - assigned);

    public int Over(int assigned) => Math.Max(0, assigned - Required);

    /// <summary>What is not allowed costs nothing: it is a violation.</summary>
    public long Cost(int assigned) =>
        (long)Under(assigned) * (WeightUnder ?? 0) + (long)Over(assigned) * (WeightOver ?? 0);
}
