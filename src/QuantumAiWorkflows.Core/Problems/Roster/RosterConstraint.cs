using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>The names of the hard constraints, and where each stands in the canonical problem: for violations and for conflicts.</summary>
public readonly record struct RosterConstraint(string Name, string Pointer)
{
    public const string DayOff = "dayOff";
    public const string MaxShifts = "maxShifts";
    public const string MinMinutes = "minMinutes";
    public const string MaxMinutes = "maxMinutes";
    public const string MinConsecutiveShifts = "minConsecutiveShifts";
    public const string MaxConsecutiveShifts = "maxConsecutiveShifts";
    public const string MinConsecutiveDaysOff = "minConsecutiveDaysOff";
    public const string MaxWeekends = "maxWeekends";
    public const string CannotBeFollowedBy = "cannotBeFollowedBy";
    public const string CoverUnder = "coverUnder";
    public const string CoverOver = "coverOver";

    /// <param name="name">Any of the names that are members of a person, too.</param>
    public static RosterConstraint OfPerson(int person, string name) => new(name, $"/staff/{Index(person)}/{name}");

    public static RosterConstraint OfDayOff(int person, int k) =>
        new(DayOff, $"/staff/{Index(person)}/daysOff/{Index(k)}");

    public static RosterConstraint OfMaxShifts(int person, string shift) =>
        new(MaxShifts, StrictJson.Append($"/staff/{Index(person)}/maxShifts", shift));

    /// <param name="k">Which of the followers of the shift.</param>
    public static RosterConstraint OfSuccession(int shift, int k) =>
        new(CannotBeFollowedBy, $"/shifts/{Index(shift)}/cannotBeFollowedBy/{Index(k)}");

    /// <param name="name"><see cref="CoverUnder"/> or <see cref="CoverOver"/>.</param>
    public static RosterConstraint OfCover(int k, string name) => new(name, $"/cover/{Index(k)}");

    private static string Index(int value) => value.ToString(CultureInfo.InvariantCulture);
}
