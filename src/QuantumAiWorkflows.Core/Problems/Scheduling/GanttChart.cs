using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Benchmarks.Reports;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// A schedule as an SVG picture without scripts: a row per resource, in as many lanes as tasks run on it at once, a colour per
/// job with a legend, a time axis, and due dates where there are few. Tasks without a resource have a row of their own.
/// </summary>
internal sealed class GanttChart
{
    private const int Left = 120;
    private const int Top = 34;
    private const int Lane = 22;
    private const int Gap = 8;
    private const int ChartWidth = 1080;
    private const int LegendColumn = 108;

    /// <summary>Beyond, a legend is longer than the chart and its colours cannot be told apart.</summary>
    private const int MostInLegend = 60;

    private readonly SchedulingProblem _problem;
    private readonly StringBuilder _svg = new();
    private readonly long _begin;
    private readonly long _end;

    private GanttChart(SchedulingProblem problem, Placed?[] placed)
    {
        _problem = problem;
        var all = placed.OfType<Placed>().ToList();
        _begin = Math.Min(0, all.Count == 0 ? 0 : all.Min(p => p.Start));
        _end = Math.Max(_begin + 1, all.Count == 0 ? 1 : all.Max(p => p.End));
    }

    public static string Draw(SchedulingProblem problem, SchedulingSolution solution)
    {
        var placed = PlacedTasks.Of(problem, solution);
        return new GanttChart(problem, placed).Draw(placed);
    }

    private string Draw(Placed?[] placed)
    {
        var rows = GanttRow
            .Of(_problem.Resources, placed)
            .Append(WithoutResource(placed))
            .Where(r => r.Bars.Count > 0)
            .ToList();
        var chartHeight = rows.Sum(r => r.NumLanes * Lane + Gap);
        var legend = Math.Min(_problem.Jobs.Count, MostInLegend);
        var columns = (Left + ChartWidth) / LegendColumn;
        var height = Top + chartHeight + 24 + (legend + columns - 1) / columns * 20 + 12;
        var width = Left + ChartWidth + 20;
        Add(
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" """
        );
        Add($"""font-family="sans-serif" font-size="11" role="img">{'\n'}<title>{Text(Title(placed))}</title>{'\n'}""");
        Add($"""<rect width="{width}" height="{height}" fill="#ffffff"/>{'\n'}""");
        Add($"""<text x="8" y="14" font-size="13" font-weight="bold">{Text(Title(placed))}</text>{'\n'}""");
        Axis(chartHeight);
        var y = Top;
        foreach (var row in rows)
        {
            Row(row, y);
            y += row.NumLanes * Lane + Gap;
        }
        Legend(y + 24, legend, columns);
        return _svg.Append("</svg>\n").ToString();
    }

    private string Title(Placed?[] placed)
    {
        var jobs = JobOutcome.Of(_problem, placed);
        var late = jobs.Count(j => j.Tardiness > 0);
        return FormattableString.Invariant(
            $"{_problem.Jobs.Count} jobs, {_problem.Tasks.Count} tasks, end at {jobs.Max(j => j.Completion) ?? 0}{(late > 0 ? $", {late} late" : "")}"
        );
    }

    private void Axis(int chartHeight)
    {
        var step = Step((_end - _begin) / 12.0);
        for (var t = (long)Math.Ceiling((double)_begin / step) * step; t <= _end; t += step)
        {
            Add($"""<path d="M{X(t)} {Top - 4}V{Top + chartHeight}" stroke="#dddddd"/>""");
            Add(
                $"""<text x="{X(t)}" y="{Top + chartHeight + 13}" text-anchor="middle" fill="#555555">{t}</text>{'\n'}"""
            );
        }
        if (_problem.Jobs.Count > 20)
            return;
        for (var j = 0; j < _problem.Jobs.Count; j++)
            if (_problem.Jobs[j].Due is { } due && due <= _end)
                Add(
                    $"""<path d="M{X(due)} {Top - 4}V{Top + chartHeight}" stroke="{Colour(j)}" stroke-dasharray="4 3"><title>{Text($"{_problem.Jobs[j].Id} is due at {due}")}</title></path>{'\n'}"""
                );
    }

    private void Row(GanttRow row, int y)
    {
        var middle = y + row.NumLanes * Lane / 2 + 4;
        var capacity = row.Resource.Capacity > 1 ? $" ({row.Resource.Capacity})" : "";
        Add(
            $"""<text x="{Left - 8}" y="{middle}" text-anchor="end">{Text(Cut(row.Resource.Id, 14) + capacity)}</text>{'\n'}"""
        );
        foreach (var bar in row.Bars)
        {
            var (task, own) = (_problem.Tasks[bar.Task], bar.Placed);
            var (x, top) = (X(own.Start), y + bar.Lane * Lane);
            var width = Math.Max((own.End - own.Start) * Scale, 0.5);
            var amount = row.Resource.Capacity > 1 ? $" ×{bar.Amount}" : "";
            Add(
                $"""<rect x="{x}" y="{top}" width="{width:0.##}" height="{Lane - 3}" rx="2" fill="{Colour(task.Job)}" stroke="#333333" stroke-width="0.5"><title>{Text($"{task.Id} of {_problem.Jobs[task.Job].Id}, mode {own.Mode.Id}{amount}: {own.Start} to {own.End}")}</title></rect>"""
            );
            var label = task.Id + amount;
            if (width >= 6.5 * label.Length + 4)
                Add($"""<text x="{x}" dx="3" y="{top + 14}">{Text(label)}</text>""");
            _svg.Append('\n');
        }
    }

    private void Legend(int y, int count, int columns)
    {
        for (var j = 0; j < count; j++)
        {
            var (x, top) = (8 + j % columns * LegendColumn, y + j / columns * 20);
            var isCut = j == count - 1 && count < _problem.Jobs.Count;
            var label = isCut ? $"and {_problem.Jobs.Count - count + 1} more" : Cut(_problem.Jobs[j].Id, 14);
            var fill = isCut ? "#ffffff" : Colour(j);
            Add(
                $"""<rect x="{x}" y="{top}" width="12" height="12" fill="{fill}" stroke="#333333" stroke-width="0.5"/>"""
            );
            Add($"""<text x="{x + 17}" y="{top + 10}">{Text(label)}</text>{'\n'}""");
        }
    }

    /// <summary>Tasks that take time and use nothing, as if there were a resource for them.</summary>
    private static GanttRow WithoutResource(Placed?[] placed)
    {
        ResourceUse[] once = [new(0, 1)];
        return GanttRow.Of(
            [new("no resource", 1)],
            [.. placed.Select(p => p is { Mode.Uses: [] } ? p with { Mode = p.Mode with { Uses = once } } : null)]
        )[0];
    }

    /// <summary>Hues a golden angle apart: neighbours differ, and however many there are no two are the same.</summary>
    private static string Colour(int job) =>
        FormattableString.Invariant(
            $"hsl({job * 137.508 % 360:0} {(job / 12 % 2 == 0 ? 65 : 40)}% {(job % 2 == 0 ? 68 : 78)}%)"
        );

    /// <summary>1, 2 or 5 times a power of ten, at least 1 and at least what is asked.</summary>
    private static long Step(double atLeast)
    {
        for (var power = 1L; ; power *= 10)
            foreach (var digit in new[] { 1, 2, 5 })
                if (digit * power >= atLeast)
                    return digit * power;
    }

    private double Scale => (double)ChartWidth / (_end - _begin);

    private string X(long time) => (Left + (time - _begin) * Scale).ToString("0.##", CultureInfo.InvariantCulture);

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static string Cut(string id, int length) => id.Length <= length ? id : $"{id[..(length - 1)]}…";

    /// <summary>A client's text in XML: nothing in it is markup, and no character is one that XML forbids.</summary>
    private static string Text(string text)
    {
        var visible = VisibleText.Of(text).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');
        return System.Security.SecurityElement.Escape(visible);
    }
}
