using System.Globalization;
using System.Text;
using System.Xml;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// The shift table as people pin it to a wall: a row for every person, a column for every day, a colour for every shift,
/// weekends shaded, fixed days off crossed, requests that are not met marked in red; below, who there is against who is needed.
/// </summary>
internal static class RosterSvg
{
    private const int Cell = 24;
    private const int Top = 40;
    private const int LegendRow = 20;

    /// <summary>Beyond it cells have their colour only: the drawing of a year of 1000 people stays below 20 MB.</summary>
    private const int MaxLabelledCells = 20_000;

    public static string Draw(RosterProblem problem, RosterSolution solution) =>
        new Drawing(problem, solution).ToText();

    private sealed class Drawing(RosterProblem problem, RosterSolution solution)
    {
        private readonly StringBuilder _text = new();
        private readonly RosterCalendar _calendar = new(problem.Days, problem.FirstDay);
        private readonly bool _hasLabels = (long)problem.Staff.Count * problem.Days <= MaxLabelledCells;

        private int Left { get; } =
            16
            + 7
                * Math.Clamp(
                    problem.Staff.Select(p => p.Id).Concat(problem.Shifts.Select(s => s.Id)).Max(id => id.Length),
                    4,
                    24
                );

        private int StaffBottom => Top + problem.Staff.Count * Cell;

        private int CoverTop => StaffBottom + 12;

        private int LegendTop => CoverTop + problem.Shifts.Count * Cell + 24;

        public string ToText()
        {
            var width = Math.Max(Left + problem.Days * Cell + 16, 480);
            var height = LegendTop + (problem.Shifts.Count + 3) * LegendRow;
            Append(
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">"
            );
            Append($"<title>Roster of {problem.Staff.Count} people over {problem.Days} days</title>");
            Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
            AppendDays();
            AppendStaff();
            AppendShifts();
            AppendMarks();
            AppendCover();
            AppendLegend();
            return _text.Append("</svg>\n").ToString();
        }

        private void AppendDays()
        {
            for (var d = 0; d < problem.Days; d++)
            {
                if (_calendar.IsWeekend(d))
                    Append(
                        $"<rect x=\"{X(d)}\" y=\"{Top - 28}\" width=\"{Cell}\" height=\"{LegendTop - Top + 4}\" fill=\"#eceff4\"/>"
                    );
                AppendLabel(X(d) + Cell / 2, Top - 16, "middle", _calendar.ShortName(d)[..2]);
                AppendLabel(X(d) + Cell / 2, Top - 4, "middle", d.ToString(CultureInfo.InvariantCulture));
            }
        }

        private void AppendStaff()
        {
            for (var i = 0; i < problem.Staff.Count; i++)
                AppendLabel(Left - 6, Y(i) + 16, "end", Shorten(problem.Staff[i].Id, 24));
            AppendGrid(Top, problem.Staff.Count);
        }

        private void AppendGrid(int top, int rows)
        {
            var path = new StringBuilder();
            for (var r = 0; r <= rows; r++)
                path.Append(CultureInfo.InvariantCulture, $"M{Left} {top + r * Cell}h{problem.Days * Cell}");
            for (var d = 0; d <= problem.Days; d++)
                path.Append(CultureInfo.InvariantCulture, $"M{X(d)} {top}v{rows * Cell}");
            Append($"<path d=\"{path}\" stroke=\"#c8ccd4\" fill=\"none\"/>");
        }

        /// <summary>One path per shift: every cell of its colour.</summary>
        private void AppendShifts()
        {
            for (var s = 0; s < problem.Shifts.Count; s++)
            {
                var path = new StringBuilder();
                ForEachCell(
                    s,
                    (i, d) => path.Append(CultureInfo.InvariantCulture, $"M{X(d) + 1} {Y(i) + 1}h22v22h-22z")
                );
                if (path.Length > 0)
                    Append($"<path d=\"{path}\" fill=\"{Colour(s)}\"/>");
                var label = Shorten(problem.Shifts[s].Id, 3);
                if (_hasLabels)
                    ForEachCell(s, (i, d) => AppendLabel(X(d) + Cell / 2, Y(i) + 16, "middle", label));
            }
        }

        private void ForEachCell(int shift, Action<int, int> action)
        {
            for (var i = 0; i < problem.Staff.Count; i++)
            {
                var days = solution.Of(problem, i);
                for (var d = 0; d < days.Length; d++)
                    if (days[d] == shift)
                        action(i, d);
            }
        }

        private void AppendMarks()
        {
            var (crosses, corners) = (new StringBuilder(), new StringBuilder());
            for (var i = 0; i < problem.Staff.Count; i++)
            {
                var days = solution.Of(problem, i);
                foreach (var day in problem.Staff[i].DaysOff)
                    crosses.Append(CultureInfo.InvariantCulture, $"M{X(day) + 7} {Y(i) + 7}l10 10m0 -10l-10 10");
                foreach (var request in problem.Staff[i].ShiftOnRequests)
                    if (days[request.Day] != request.Shift)
                        corners.Append(CultureInfo.InvariantCulture, $"M{X(request.Day) + 23} {Y(i) + 1}v7l-7 -7z");
                foreach (var request in problem.Staff[i].ShiftOffRequests)
                    if (days[request.Day] == request.Shift)
                        corners.Append(CultureInfo.InvariantCulture, $"M{X(request.Day) + 23} {Y(i) + 1}v7l-7 -7z");
            }
            Append($"<path d=\"{crosses}\" stroke=\"#8a93a3\" fill=\"none\"/>");
            Append($"<path d=\"{corners}\" fill=\"#c62828\"/>");
        }

        /// <summary>Assigned / required; red when somebody is missing, amber when there are too many.</summary>
        private void AppendCover()
        {
            var tally = new RosterTally(problem, solution);
            for (var s = 0; s < problem.Shifts.Count; s++)
                AppendLabel(Left - 6, CoverTop + s * Cell + 16, "end", Shorten(problem.Shifts[s].Id, 24));
            AppendGrid(CoverTop, problem.Shifts.Count);
            foreach (var need in problem.Cover)
            {
                var assigned = tally.Assigned(need.Day, need.Shift);
                var colour =
                    need.Under(assigned) > 0 ? "#c62828"
                    : need.Over(assigned) > 0 ? "#b26a00"
                    : "#2e7d32";
                var (x, y) = (X(need.Day) + Cell / 2, CoverTop + need.Shift * Cell + 15);
                Append(
                    $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" font-size=\"9\" fill=\"{colour}\">{assigned}/{need.Required}</text>"
                );
            }
        }

        private void AppendLegend()
        {
            for (var s = 0; s < problem.Shifts.Count; s++)
            {
                var y = LegendTop + s * LegendRow;
                Append($"<rect x=\"{Left}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{Colour(s)}\"/>");
                AppendLabel(
                    Left + 20,
                    y + 11,
                    "start",
                    $"{Shorten(problem.Shifts[s].Id, 40)}, {problem.Shifts[s].Minutes} min"
                );
            }
            var below = LegendTop + problem.Shifts.Count * LegendRow;
            AppendLabel(Left, below + 11, "start", "crossed: fixed day off; red corner: a request that is not met");
            AppendLabel(Left, below + 11 + LegendRow, "start", "below the people: assigned / required of each shift");
        }

        private int X(int day) => Left + day * Cell;

        private static int Y(int person) => Top + person * Cell;

        private void AppendLabel(int x, int y, string anchor, string label) =>
            Append($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{Escape(label)}</text>");

        private void Append(FormattableString element) =>
            _text.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>Hues a golden angle apart stay distinct however many there are; light enough for black text.</summary>
    private static string Colour(int shift) =>
        FormattableString.Invariant($"hsl({(int)(shift * 137.508 + 205) % 360} 65% 74%)");

    private static string Shorten(string id, int length)
    {
        if (id.Length <= length)
            return id;
        // Not between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(id[length - 2]) ? length - 2 : length - 1;
        return $"{id[..end]}…";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                < 0x10000 when !XmlConvert.IsXmlChar((char)rune.Value) => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        return escaped.ToString();
    }
}
