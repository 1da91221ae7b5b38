using QuantumAiWorkflows.Problems.Drawings;

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>
/// Where locations have no coordinates: a line of time for each vehicle, with driving as a thin line, waiting dashed and service
/// as a box.
/// </summary>
internal static class RouteTimeLines
{
    private const double Width = 900;
    private const double Row = 34;
    private const double Left = 130;
    private const double Top = 50;

    /// <summary>Far beyond what anyone reads; larger plans have the CSV.</summary>
    private const int MostRoutes = 500;

    public static string Draw(RoutingProblem problem, RoutingSolution solution)
    {
        var routes = solution.Routes.Select(route => new DrivenRoute(problem, route)).ToArray();
        var shown = routes.Take(MostRoutes).ToArray();
        var (from, until) = (0.0, 1.0);
        if (shown.Length > 0)
        {
            from = shown.Min(r => problem.Units.Time.Of(r.Vehicle.Earliest));
            until = Math.Max(shown.Max(r => r.Schedule.Finish), from + 1);
        }
        double X(double time) => Left + (time - from) / (until - from) * (Width - Left - 20);

        var bottom = Top + Row * shown.Length;
        var svg = new SvgDocument(
            Width + RouteLegend.Width,
            Math.Max(bottom + 50, RouteLegend.Height(solution)),
            $"{routes.Length} routes for {problem.Stops.Count} stops over time"
        );
        DrawAxis(svg, problem, from, until, bottom, X);
        foreach (var (r, driven) in shown.Index())
            DrawRoute(svg, problem, driven, r, X);
        if (routes.Length > shown.Length)
            svg.Label(10, bottom + 38, $"and {routes.Length - shown.Length} more routes");
        svg.Label(Left, bottom + 20, "line: driving, dots: waiting, box: service, white box: late", "small");
        RouteLegend.Draw(svg, problem, routes, Width + 10, 30);
        return svg.ToString();
    }

    private static void DrawAxis(
        SvgDocument svg,
        RoutingProblem problem,
        double from,
        double until,
        double bottom,
        Func<double, double> x
    )
    {
        // Five to ten marks at 1, 2 or 5 times a power of ten.
        var rough = problem.Units.Time.Back(until - from) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step =
            rough >= 5 * power ? 5 * power
            : rough >= 2 * power ? 2 * power
            : power;
        var first = Math.Ceiling(problem.Units.Time.Back(from) / step);
        for (var k = 0; k <= 12; k++)
        {
            var mark = (first + k) * step;
            if (mark * problem.Units.Time.Factor > until)
                break;
            var at = x(mark * problem.Units.Time.Factor);
            svg.Add($"<line x1=\"{at}\" y1=\"{Top - 14}\" x2=\"{at}\" y2=\"{bottom}\" stroke=\"{Palette.Faint}\"/>");
            svg.Label(at, Top - 18, CanonicalJson.Number(mark), "small", "middle");
        }
    }

    private static void DrawRoute(
        SvgDocument svg,
        RoutingProblem problem,
        DrivenRoute driven,
        int r,
        Func<double, double> x
    )
    {
        var y = Top + Row * r + Row / 2;
        svg.Label(10, y + 4, SvgDocument.Short($"{r + 1} {driven.Vehicle.Id}", 18));
        void Line(double start, double end, string dashes) =>
            svg.Add(
                $"<line x1=\"{x(start)}\" y1=\"{y}\" x2=\"{x(end)}\" y2=\"{y}\" stroke=\"{Palette.Of(r)}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>"
            );
        var time = problem.Units.Time.Of(driven.Vehicle.Earliest);
        var named = double.NegativeInfinity;
        foreach (var visit in driven.Schedule.Visits)
        {
            Line(time, visit.Arrival, "none");
            if (visit.Start > visit.Arrival)
                Line(visit.Arrival, visit.Start, "2 4");
            var name = problem.Stops[visit.Stop].Id;
            var arrival = RouteLegend.Shown(problem.Units.Time.Back(visit.Arrival));
            svg.Add(
                $"<rect x=\"{x(visit.Start)}\" y=\"{y - 6}\" width=\"{Math.Max(3, x(visit.Departure) - x(visit.Start))}\" height=\"12\" fill=\"{(visit.Late > 0 ? "#fff" : Palette.Of(r))}\" stroke=\"{Palette.Of(r)}\">"
                    + $"<title>{name} at {arrival}{(visit.Late > 0 ? ", late" : "")}</title></rect>"
            );
            // Names that would run into the one before stand in the tooltip only.
            if (x(visit.Start) >= named)
            {
                svg.Label(x(visit.Start), y - 8, SvgDocument.Short(name, 12), "small halo");
                named = x(visit.Start) + 6 + 5.2 * Math.Min(name.Length, 12);
            }
            time = visit.Departure;
        }
        Line(time, driven.Schedule.Finish, "none");
    }
}
