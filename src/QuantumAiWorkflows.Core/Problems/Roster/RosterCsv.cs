using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>A row for every person, a column for every day, shift ids in the cells; RFC 4180.</summary>
internal static class RosterCsv
{
    public static string Write(RosterProblem problem, RosterSolution solution)
    {
        var calendar = new RosterCalendar(problem.Days, problem.FirstDay);
        var tally = new RosterTally(problem, solution);
        var text = new StringBuilder("staff");
        for (var d = 0; d < problem.Days; d++)
            text.Append(CultureInfo.InvariantCulture, $",{d} {calendar.ShortName(d)}");
        text.Append(",shifts,minutes\r\n");
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            text.Append(Field(problem.Staff[i].Id));
            foreach (var shift in solution.Of(problem, i))
                text.Append(',').Append(shift == RosterSolution.Off ? "" : Field(problem.Shifts[shift].Id));
            text.Append(CultureInfo.InvariantCulture, $",{tally.ShiftsWorked[i]},{tally.Minutes[i]}\r\n");
        }
        return text.ToString();
    }

    /// <summary>A spreadsheet would take what begins like a formula for one: an apostrophe tells it that it is text.</summary>
    private static string Field(string id)
    {
        var text = id[0] is '=' or '+' or '-' or '@' ? $"'{id}" : id;
        return text.AsSpan().ContainsAny(",\"") || text.Trim() != text
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
