using System.ComponentModel;
using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster.Formats;

/// <summary>
/// The roster text of schedulingbenchmarks.org: sections of comma-separated lines, # comments, days from 0. Day 0 is a Monday
/// unless the settings say otherwise. Cover is soft on both sides.
/// </summary>
public sealed class RosterFormat : ProblemFormat
{
    public override string Id => "roster";

    public override string Title => "Roster text (schedulingbenchmarks.org)";

    public override string MediaType => "text/plain";

    public override string Extension => ".txt";

    public override ProblemFamily Family => RosterFamily.Instance;

    public override Type SettingsType => typeof(RosterFileSettings);

    protected override IReadOnlyList<Problem>? ReadContent(
        ReadOnlyMemory<byte> content,
        object settings,
        string settingsPointer,
        FaultList faults
    )
    {
        var given = (RosterFileSettings)settings;
        var file = new RosterFile(content, faults);
        if (file.Read(given.FirstDay) is not { } input)
            return null;
        // The reader knows where in the record a fault is, the file on which line that stood.
        var found = new FaultList();
        var problem = RosterReader.Read(input, "", found);
        foreach (var fault in found.Items)
            faults.Add(
                fault with
                {
                    Code = FaultCode.FileContent,
                    Pointer = null,
                    Line = file.LineOf(fault.Pointer!),
                    Column = 1,
                }
            );
        return problem is null ? null : [problem];
    }

    protected override string? WriteContent(Problem problem, out string? refusal) =>
        (refusal = Refusal((RosterProblem)problem)) is null ? WriteText((RosterProblem)problem) : null;

    private static string? Refusal(RosterProblem problem)
    {
        if (problem.FirstDay != Weekday.Monday)
            return "its day 0 is a Monday, the problem's is not";
        if (problem.Cover.Any(c => c.WeightUnder is null || c.WeightOver is null))
            return "its cover is soft, some of the problem's is hard";
        var ids = problem.Shifts.Select(s => s.Id).Concat(problem.Staff.Select(p => p.Id));
        return ids.FirstOrDefault(id => !IsWritable(id)) is { } bad
            ? $"the id \"{bad}\" has a comma, |, =, # or SECTION_ at its beginning or white space around it"
            : null;
    }

    private static bool IsWritable(string id) =>
        !id.AsSpan().ContainsAny(",|=")
        && id[0] != '#'
        && !id.StartsWith("SECTION_", StringComparison.Ordinal)
        && id.Trim() == id;

    private static string WriteText(RosterProblem problem)
    {
        var text = new StringBuilder(
            "SECTION_HORIZON\n# All days are numbered from 0, a Monday; the number of days:\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"{problem.Days}\n\nSECTION_SHIFTS\n");
        text.Append("# ShiftID, Length in mins, Shifts which cannot follow this shift | separated\n");
        foreach (var shift in problem.Shifts)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{shift.Id},{shift.Minutes},{string.Join('|', shift.CannotBeFollowedBy.Select(s => problem.Shifts[s].Id))}\n"
            );
        text.Append("\nSECTION_STAFF\n# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, ")
            .Append("MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends\n");
        foreach (var person in problem.Staff)
            AppendPerson(text, problem, person);
        text.Append("\nSECTION_DAYS_OFF\n# EmployeeID, DayIndexes (start at zero)\n");
        foreach (var person in problem.Staff.Where(p => p.DaysOff.Count > 0))
            text.Append(CultureInfo.InvariantCulture, $"{person.Id},{string.Join(',', person.DaysOff)}\n");
        AppendRequests(text, problem, "ON", p => p.ShiftOnRequests);
        AppendRequests(text, problem, "OFF", p => p.ShiftOffRequests);
        text.Append("\nSECTION_COVER\n# Day, ShiftID, Requirement, Weight for under, Weight for over\n");
        foreach (var cover in problem.Cover)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{cover.Day},{problem.Shifts[cover.Shift].Id},{cover.Required},{cover.WeightUnder},{cover.WeightOver}\n"
            );
        return text.ToString();
    }

    /// <summary>A limit that is not there becomes one that does not bind, which reading takes away again.</summary>
    private static void AppendPerson(StringBuilder text, RosterProblem problem, RosterStaff person)
    {
        var most = problem.Shifts.Select((s, k) => $"{s.Id}={Text(person.MaxShifts[k] ?? problem.Days)}");
        int[] limits =
        [
            person.MaxMinutes ?? problem.Days * problem.Shifts.Max(s => s.Minutes),
            person.MinMinutes ?? 0,
            person.MaxConsecutiveShifts ?? problem.Days,
            person.MinConsecutiveShifts ?? 1,
            person.MinConsecutiveDaysOff ?? 1,
            person.MaxWeekends ?? problem.Weekends.Count,
        ];
        text.Append($"{person.Id},{string.Join('|', most)},{string.Join(',', limits.Select(Text))}\n");
    }

    private static void AppendRequests(
        StringBuilder text,
        RosterProblem problem,
        string kind,
        Func<RosterStaff, IReadOnlyList<RosterRequest>> requests
    )
    {
        text.Append($"\nSECTION_SHIFT_{kind}_REQUESTS\n# EmployeeID, Day, ShiftID, Weight\n");
        foreach (var person in problem.Staff)
        foreach (var request in requests(person))
            text.Append(
                CultureInfo.InvariantCulture,
                $"{person.Id},{request.Day},{problem.Shifts[request.Shift].Id},{request.Weight}\n"
            );
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a file leaves open.</summary>
public sealed record RosterFileSettings : IFileSettings
{
    [Description("Need not be given; \"roster\".")]
    public string? Family { get; init; }

    [Description("The weekday of day 0.")]
    public Weekday FirstDay { get; init; } = Weekday.Monday;
}
