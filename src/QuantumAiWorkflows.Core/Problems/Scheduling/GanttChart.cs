using System.Globalization;
using QuantumAiWorkflows.Problems.Drawings;

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

    private const int MostLateNamed = 3;

    private readonly SchedulingProblem _problem;
    private readonly SvgDocument _svg;
    private readonly long _begin;
    private readonly long _end;

    private GanttChart(SchedulingProblem problem, Placed?[] placed, int chartHeight, int legendHeight)
    {
        _problem = problem;
        var all = placed.OfType<Placed>().ToList();
        _begin = Math.Min(0, all.Count == 0 ? 0 : all.Min(p => p.Start));
        _end = Math.Max(_begin + 1, all.Count == 0 ? 1 : all.Max(p => p.End));
        _svg = new(Left + ChartWidth + 20, Top + chartHeight + 24 + legendHeight + 12, Title(placed));
        _svg.Label(8, 14, Title(placed) + (HasDueDates ? "; dashed lines: due dates" : ""), "strong");
    }

    public static string Draw(SchedulingProblem problem, SchedulingSolution solution)
    {
        var placed = PlacedTasks.Of(problem, solution);
        var rows = GanttRow
            .Of(problem.Resources, placed)
            .Append(WithoutResource(placed))
            .Where(r => r.Bars.Count > 0)
            .ToList();
        var chartHeight = rows.Sum(r => r.NumLanes * Lane + Gap);
        var legend = Math.Min(problem.Jobs.Count, MostInLegend);
        var columns = (Left + ChartWidth) / LegendColumn;
        var chart = new GanttChart(problem, placed, chartHeight, (legend + columns - 1) / columns * 20);
        chart.DrawAxis(chartHeight);
        var y = Top;
        foreach (var row in rows)
        {
            chart.DrawRow(row, y);
            y += row.NumLanes * Lane + Gap;
        }
        chart.DrawLegend(y + 24, legend, columns);
        return chart._svg.ToString();
    }

    private string Title(Placed?[] placed)
    {
        var jobs = JobOutcome.Of(_problem, placed);
        var late = jobs.Where(j => j.Tardiness > 0).Select(j => SvgDocument.Short(j.Job.Id, 14)).ToList();
        var named = string.Join(", ", late.Take(MostLateNamed)) + (late.Count > MostLateNamed ? ", ..." : "");
        return FormattableString.Invariant(
            $"{Count(_problem.Jobs.Count, "job")}, {Count(_problem.Tasks.Count, "task")}, end at {jobs.Max(j => j.Completion) ?? 0}{(late.Count > 0 ? $", {late.Count} late: {named}" : "")}"
        );
    }

    private static string Count(int count, string what) =>
        FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>Of many jobs they would cover each other.</summary>
    private bool HasDueDates => _problem.Jobs.Count <= 20 && _problem.Jobs.Any(j => j.Due <= _end);

    private void DrawAxis(int chartHeight)
    {
        var step = Step((_end - _begin) / 12.0);
        for (var t = (long)Math.Ceiling((double)_begin / step) * step; t <= _end; t += step)
        {
            _svg.Add($"<path d=\"M{X(t)} {Top - 4}V{Top + chartHeight}\" stroke=\"{Palette.Faint}\"/>");
            _svg.Label(X(t), Top + chartHeight + 13, t.ToString(CultureInfo.InvariantCulture), anchor: "middle");
        }
        if (!HasDueDates)
            return;
        for (var j = 0; j < _problem.Jobs.Count; j++)
            if (_problem.Jobs[j].Due is { } due && due <= _end)
                _svg.Add(
                    $"<path d=\"M{X(due)} {Top - 4}V{Top + chartHeight}\" stroke=\"{Palette.Area(j)}\" stroke-dasharray=\"4 3\"><title>{_problem.Jobs[j].Id} is due at {due}</title></path>"
                );
    }

    private void DrawRow(GanttRow row, int y)
    {
        var middle = y + row.NumLanes * Lane / 2 + 4;
        var capacity = row.Resource.Capacity > 1 ? $" ({row.Resource.Capacity})" : "";
        _svg.Label(Left - 8, middle, SvgDocument.Short(row.Resource.Id, 14) + capacity, anchor: "end");
        foreach (var bar in row.Bars)
        {
            var (task, own) = (_problem.Tasks[bar.Task], bar.Placed);
            var (x, top) = (X(own.Start), y + bar.Lane * Lane);
            var width = Math.Max((own.End - own.Start) * Scale, 0.5);
            var amount = row.Resource.Capacity > 1 ? $" ×{bar.Amount}" : "";
            _svg.Add(
                $"<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{Lane - 3}\" rx=\"2\" fill=\"{Palette.Area(task.Job)}\" stroke=\"#333\" stroke-width=\"0.5\">"
                    + $"<title>{task.Id} of {_problem.Jobs[task.Job].Id}, mode {own.Mode.Id}{amount}: {own.Start} to {own.End}</title></rect>"
            );
            var label = task.Id + amount;
            if (width >= 6.5 * label.Length + 4)
                _svg.Label(x + 3, top + 14, label);
        }
    }

    private void DrawLegend(int y, int count, int columns)
    {
        for (var j = 0; j < count; j++)
        {
            var (x, top) = (8 + j % columns * LegendColumn, y + j / columns * 20);
            var isCut = j == count - 1 && count < _problem.Jobs.Count;
            var label = isCut
                ? $"and {_problem.Jobs.Count - count + 1} more"
                : SvgDocument.Short(_problem.Jobs[j].Id, 14);
            var fill = isCut ? "#fff" : Palette.Area(j);
            _svg.Add(
                $"<rect x=\"{x}\" y=\"{top}\" width=\"12\" height=\"12\" fill=\"{fill}\" stroke=\"#333\" stroke-width=\"0.5\"/>"
            );
            _svg.Label(x + 17, top + 10, label);
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

    /// <summary>1, 2 or 5 times a power of ten, at least 1 and at least what is asked.</summary>
    private static long Step(double atLeast)
    {
        for (var power = 1L; ; power *= 10)
            foreach (var digit in new[] { 1, 2, 5 })
                if (digit * power >= atLeast)
                    return digit * power;
    }

    private double Scale => (double)ChartWidth / (_end - _begin);

    private double X(long time) => Left + (time - _begin) * Scale;
}
