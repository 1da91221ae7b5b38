using QuantumAiWorkflows.Problems.Drawings;

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>Routes on a plane, north up: straight lines between stops in the order of the visits, depots as squares.</summary>
internal static class RouteMap
{
    private const double Side = 720;
    private const double Margin = 40;

    /// <summary>More names than this cover each other, and the map.</summary>
    private const int MostNames = 60;

    public static string Draw(RoutingProblem problem, RoutingSolution solution)
    {
        var routes = solution.Routes.Select(route => new DrivenRoute(problem, route)).ToArray();
        var at = Project(problem);
        var height = Math.Max(Side, RouteLegend.Height(solution)) + 2 * Margin;
        var svg = new SvgDocument(
            Side + RouteLegend.Width + 3 * Margin,
            height,
            $"{routes.Length} routes for {problem.Stops.Count} stops"
        );
        foreach (var (r, driven) in routes.Index())
            DrawRoute(svg, driven, r, at);
        DrawStops(svg, problem, routes, at);
        foreach (var place in problem.Vehicles.SelectMany(v => new[] { v.Start, v.End ?? v.Start }).Distinct())
        {
            var (x, y) = at[place];
            svg.Add(
                $"<rect x=\"{x - 6}\" y=\"{y - 6}\" width=\"12\" height=\"12\" fill=\"{Palette.Ink}\"><title>{problem.Locations[place].Id}</title></rect>"
            );
            svg.Label(x + 9, y + 4, SvgDocument.Short(problem.Locations[place].Id), "strong halo");
        }
        RouteLegend.Draw(svg, problem, routes, Side + 2 * Margin, Margin);
        return svg.ToString();
    }

    private static void DrawRoute(SvgDocument svg, DrivenRoute driven, int r, (double X, double Y)[] at)
    {
        var points = driven.Places().Select(p => at[p]);
        svg.Add(
            $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Palette.Of(r)}\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"{Palette.Dashes(r)}\"/>"
        );
    }

    private static void DrawStops(
        SvgDocument svg,
        RoutingProblem problem,
        DrivenRoute[] routes,
        (double X, double Y)[] at
    )
    {
        var hasNames = problem.Stops.Count <= MostNames;
        var served = new HashSet<int>();
        var names = new PlacedNames();
        foreach (var (r, driven) in routes.Index())
        foreach (var (k, visit) in driven.Schedule.Visits.Index())
        {
            var stop = problem.Stops[visit.Stop];
            var (x, y) = at[stop.Location];
            var arrival = RouteLegend.Shown(problem.Units.Time.Back(visit.Arrival));
            svg.Add(
                $"<circle cx=\"{x}\" cy=\"{y}\" r=\"{(hasNames ? "5" : "2.5")}\" fill=\"{(visit.Late > 0 ? "#fff" : Palette.Of(r))}\" stroke=\"{Palette.Of(r)}\" stroke-width=\"2\">"
                    + $"<title>{stop.Id}: route {r + 1}, visit {k + 1}, at {arrival}{(visit.Late > 0 ? ", late" : "")}</title></circle>"
            );
            // A line alone does not say which way it goes.
            if (served.Add(visit.Stop) && hasNames)
                names.Add(x, y, $"{k + 1} {stop.Id}");
        }
        foreach (var (s, stop) in problem.Stops.Index())
            if (!served.Contains(s))
            {
                var (x, y) = at[stop.Location];
                svg.Add(
                    $"<path d=\"M{x - 4} {y - 4}l8 8m0 -8l-8 8\" stroke=\"{Palette.Ink}\" stroke-width=\"1.5\"><title>{stop.Id}: left out</title></path>"
                );
                if (hasNames)
                    names.Add(x, y, stop.Id);
            }
        names.Draw(svg);
    }

    /// <summary>
    /// Pixels of every location: to scale, y up. Degrees of longitude are as wide as at the middle latitude; TSPLIB's GEO has the
    /// latitude first.
    /// </summary>
    private static (double X, double Y)[] Project(RoutingProblem problem)
    {
        var isEarth = problem.Locations[0].Latitude is not null;
        var isGeo = problem.Metric == DistanceMetric.TsplibGeo;
        var points = problem
            .Locations.Select(l =>
                isEarth ? (X: l.Longitude!.Value, Y: l.Latitude!.Value)
                : isGeo ? (X: l.Y!.Value, Y: l.X!.Value)
                : (X: l.X!.Value, Y: l.Y!.Value)
            )
            .ToArray();
        var (left, right) = (points.Min(p => p.X), points.Max(p => p.X));
        var (bottom, top) = (points.Min(p => p.Y), points.Max(p => p.Y));
        var narrow = isEarth || isGeo ? Math.Max(0.05, Math.Cos((bottom + top) / 2 * Math.PI / 180)) : 1;
        var extent = Math.Max((right - left) * narrow, top - bottom);
        var scale = extent > 0 ? Side / extent : 0;
        return
        [
            .. points.Select(p =>
                (Margin + (p.X - left) * narrow * scale, Margin + Side / 2 + ((bottom + top) / 2 - p.Y) * scale)
            ),
        ];
    }
}

/// <summary>Names beside their points, on a side where they cover no name before; where there is none, the tooltip has it.</summary>
internal sealed class PlacedNames
{
    private const double Height = 10;

    /// <summary>Of a letter of the small font, a little more than on average.</summary>
    private const double Letter = 5.2;

    private readonly List<(double X, double Y, double Width, string Name)> _placed = [];

    public void Add(double x, double y, string id)
    {
        var name = SvgDocument.Short(id);
        var width = name.Length * Letter;
        (double X, double Y)[] sides =
        [
            (x + 8, y + 4),
            (x - 8 - width, y + 4),
            (x - width / 2, y - 8),
            (x - width / 2, y + 15),
        ];
        foreach (var (left, baseline) in sides)
            if (
                left > 0
                && !_placed.Exists(p => left < p.X + p.Width && p.X < left + width && Math.Abs(p.Y - baseline) < Height)
            )
            {
                _placed.Add((left, baseline, width, name));
                return;
            }
    }

    /// <summary>After all lines and points, so that nothing runs through a name.</summary>
    public void Draw(SvgDocument svg)
    {
        foreach (var (x, y, _, name) in _placed)
            svg.Label(x, y, name, "small halo");
    }
}
