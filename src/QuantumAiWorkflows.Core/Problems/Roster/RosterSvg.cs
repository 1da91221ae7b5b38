using System.Globalization;
using QuantumAiWorkflows.Problems.Drawings;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// The shift table as people pin it to a wall: a row for every person, a column for every day, a colour for every shift,
/// weekends shaded, fixed days off crossed, requests that are not met marked by a black corner; below, who there is against who is needed.
/// </summary>
internal sealed class RosterSvg
{
    private const int Cell = 24;
    private const int Top = 40;
    private const int LegendRow = 20;

    /// <summary>Beyond it cells have their colour only: the drawing of a year of 1000 people stays below 20 MB.</summary>
    private const int MaxLabelledCells = 20_000;

    private readonly RosterProblem _problem;
    private readonly RosterSolution _solution;
    private readonly RosterCalendar _calendar;
    private readonly bool _hasLabels;
    private readonly int _left;
    private readonly SvgDocument _svg;

    private RosterSvg(RosterProblem problem, RosterSolution solution)
    {
        (_problem, _solution) = (problem, solution);
        _calendar = new(problem.Days, problem.FirstDay);
        _hasLabels = (long)problem.Staff.Count * problem.Days <= MaxLabelledCells;
        var longest = problem.Staff.Select(p => p.Id).Concat(problem.Shifts.Select(s => s.Id)).Max(id => id.Length);
        _left = 16 + 7 * Math.Clamp(longest, 4, 24);
        _svg = new(
            Math.Max(_left + problem.Days * Cell + 16, 480),
            LegendTop + (problem.Shifts.Count + 3) * LegendRow,
            $"Roster of {problem.Staff.Count} people over {problem.Days} days"
        );
    }

    private int CoverTop => Top + _problem.Staff.Count * Cell + 12;

    private int LegendTop => CoverTop + _problem.Shifts.Count * Cell + 24;

    public static string Draw(RosterProblem problem, RosterSolution solution)
    {
        var table = new RosterSvg(problem, solution);
        table.DrawDays();
        table.DrawStaff();
        table.DrawShifts();
        table.DrawMarks();
        table.DrawCover();
        table.DrawLegend();
        return table._svg.ToString();
    }

    private void DrawDays()
    {
        for (var d = 0; d < _problem.Days; d++)
        {
            if (_calendar.IsWeekend(d))
                _svg.Add(
                    $"<rect x=\"{X(d)}\" y=\"{Top - 28}\" width=\"{Cell}\" height=\"{LegendTop - Top + 4}\" fill=\"#eceff4\"/>"
                );
            _svg.Label(X(d) + Cell / 2, Top - 16, _calendar.ShortName(d)[..2], anchor: "middle");
            _svg.Label(X(d) + Cell / 2, Top - 4, d.ToString(CultureInfo.InvariantCulture), anchor: "middle");
        }
    }

    private void DrawStaff()
    {
        for (var i = 0; i < _problem.Staff.Count; i++)
            _svg.Label(_left - 6, Y(i) + 16, SvgDocument.Short(_problem.Staff[i].Id), anchor: "end");
        DrawGrid(Top, _problem.Staff.Count);
    }

    private void DrawGrid(int top, int rows)
    {
        var lines = new SvgPath();
        for (var r = 0; r <= rows; r++)
            lines.At(_left, top + r * Cell, $"h{_problem.Days * Cell}");
        for (var d = 0; d <= _problem.Days; d++)
            lines.At(X(d), top, $"v{rows * Cell}");
        _svg.Add($"<path d=\"{lines}\" stroke=\"#c8ccd4\" fill=\"none\"/>");
    }

    /// <summary>One path per shift: every cell of its colour.</summary>
    private void DrawShifts()
    {
        for (var s = 0; s < _problem.Shifts.Count; s++)
        {
            var cells = new SvgPath();
            ForEachCell(s, (i, d) => cells.At(X(d) + 1, Y(i) + 1, "h22v22h-22z"));
            if (!cells.IsEmpty)
                _svg.Add($"<path d=\"{cells}\" fill=\"{Palette.Area(s)}\"/>");
            // A cell has room for three characters; the legend has the name.
            var name = new StringInfo(_problem.Shifts[s].Id);
            var label = name.SubstringByTextElements(0, Math.Min(3, name.LengthInTextElements));
            if (_hasLabels)
                ForEachCell(s, (i, d) => _svg.Label(X(d) + Cell / 2, Y(i) + 16, label, anchor: "middle"));
        }
    }

    private void ForEachCell(int shift, Action<int, int> action)
    {
        for (var i = 0; i < _problem.Staff.Count; i++)
        {
            var days = _solution.Of(_problem, i);
            for (var d = 0; d < days.Length; d++)
                if (days[d] == shift)
                    action(i, d);
        }
    }

    private void DrawMarks()
    {
        var (crosses, corners) = (new SvgPath(), new SvgPath());
        for (var i = 0; i < _problem.Staff.Count; i++)
        {
            var person = _problem.Staff[i];
            var days = _solution.Of(_problem, i);
            foreach (var day in person.DaysOff)
                crosses.At(X(day) + 7, Y(i) + 7, "l10 10m0 -10l-10 10");
            foreach (var request in person.ShiftOnRequests)
                if (days[request.Day] != request.Shift)
                    corners.At(X(request.Day) + 23, Y(i) + 1, "v7l-7 -7z");
            foreach (var request in person.ShiftOffRequests)
                if (days[request.Day] == request.Shift)
                    corners.At(X(request.Day) + 23, Y(i) + 1, "v7l-7 -7z");
        }
        _svg.Add($"<path d=\"{crosses}\" stroke=\"#8a93a3\" fill=\"none\"/>");
        _svg.Add($"<path d=\"{corners}\" fill=\"{Palette.Ink}\"/>");
    }

    /// <summary>Assigned / required; red when somebody is missing, amber when there are too many.</summary>
    private void DrawCover()
    {
        var tally = new RosterTally(_problem, _solution);
        for (var s = 0; s < _problem.Shifts.Count; s++)
            _svg.Label(_left - 6, CoverTop + s * Cell + 16, SvgDocument.Short(_problem.Shifts[s].Id), anchor: "end");
        DrawGrid(CoverTop, _problem.Shifts.Count);
        foreach (var need in _problem.Cover)
        {
            var assigned = tally.Assigned(need.Day, need.Shift);
            var colour =
                need.Under(assigned) > 0 ? Palette.Bad
                : need.Over(assigned) > 0 ? Palette.Warning
                : Palette.Good;
            _svg.Label(
                X(need.Day) + Cell / 2,
                CoverTop + need.Shift * Cell + 15,
                $"{assigned}/{need.Required}",
                "small",
                "middle",
                colour
            );
        }
    }

    private void DrawLegend()
    {
        for (var s = 0; s < _problem.Shifts.Count; s++)
        {
            var y = LegendTop + s * LegendRow;
            _svg.Add($"<rect x=\"{_left}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{Palette.Area(s)}\"/>");
            _svg.Label(
                _left + 20,
                y + 11,
                $"{SvgDocument.Short(_problem.Shifts[s].Id, 40)}, {_problem.Shifts[s].Minutes} min"
            );
        }
        var below = LegendTop + _problem.Shifts.Count * LegendRow;
        _svg.Label(_left, below + 11, "crossed: fixed day off; black corner: a request that is not met");
        _svg.Label(_left, below + 11 + LegendRow, "below the people: assigned / required of each shift");
    }

    private int X(int day) => _left + day * Cell;

    private static int Y(int person) => Top + person * Cell;
}
