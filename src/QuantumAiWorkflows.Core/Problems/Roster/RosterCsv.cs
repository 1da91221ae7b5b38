using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Reports;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>A row for every person, a column for every day, shift ids in the cells.</summary>
internal static class RosterCsv
{
    public static string Write(RosterProblem problem, RosterSolution solution)
    {
        var calendar = new RosterCalendar(problem.Days, problem.FirstDay);
        var tally = new RosterTally(problem, solution);
        using var csv = new CsvText();
        var days = Enumerable.Range(0, problem.Days).Select(d => $"{Text(d)} {calendar.ShortName(d)}");
        csv.Row(["staff", .. days, "shifts", "minutes"]);
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            var row = new List<string>(problem.Days + 3) { problem.Staff[i].Id };
            foreach (var shift in solution.Of(problem, i))
                row.Add(shift == RosterSolution.Off ? "" : problem.Shifts[shift].Id);
            csv.Row([.. row, Text(tally.ShiftsWorked[i]), Text(tally.Minutes[i])]);
        }
        return csv.ToString();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
