using System.Globalization;
using QuantumAiWorkflows.Problems.Drawings;

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>What the colours mean: a line for each route with its vehicle, stops, distance and end, and what was left out.</summary>
internal static class RouteLegend
{
    public const double Width = 300;

    private const double LineHeight = 18;
    private const int MostRoutes = 60;

    public static double Height(RoutingSolution solution) =>
        40 + LineHeight * (Math.Min(solution.Routes.Count, MostRoutes) + 2);

    public static void Draw(SvgDocument svg, RoutingProblem problem, DrivenRoute[] routes, double x, double y)
    {
        var evaluation = problem.Evaluate(new RoutingSolution([.. routes.Select(r => r.Route)]));
        svg.Label(
            x,
            y,
            $"cost {Shown(evaluation.Objective)}{(evaluation.IsFeasible ? "" : ", limits broken")}",
            "strong"
        );
        var hasTimes = HasTimes(problem);
        foreach (var (r, driven) in routes.Index().Take(MostRoutes))
        {
            y += LineHeight;
            svg.Add(
                $"<line x1=\"{x}\" y1=\"{y - 4}\" x2=\"{x + 24}\" y2=\"{y - 4}\" stroke=\"{Palette.Of(r)}\" stroke-width=\"3\" stroke-dasharray=\"{Palette.Dashes(r)}\"/>"
            );
            var distance = problem.Units.Distance.Back(driven.Schedule.Distance);
            var finish = problem.Units.Time.Back(driven.Schedule.Finish);
            svg.Label(
                x + 30,
                y,
                $"{r + 1} {SvgDocument.Short(driven.Vehicle.Id, 14)}: {driven.Route.Stops.Count} stops, distance {Shown(distance)}{(hasTimes ? $", until {Shown(finish)}" : "")}"
            );
        }
        if (routes.Length > MostRoutes)
            svg.Label(x + 30, y += LineHeight, $"and {routes.Length - MostRoutes} more routes");
        var left = problem.Stops.Count - routes.SelectMany(r => r.Route.Stops).Distinct().Count();
        if (left > 0)
            svg.Label(x, y + LineHeight, $"{left} stops left out");
    }

    /// <summary>Without, the end of a route is its length once more.</summary>
    private static bool HasTimes(RoutingProblem problem) =>
        problem.Durations != problem.Distances
        || problem.Vehicles.Any(v => v.Earliest > 0 || double.IsFinite(v.Latest))
        || problem.Stops.Any(s => s.ServiceTime > 0 || s.Windows.Length > 0);

    /// <summary>As people read it; the JSON and CSV have every digit.</summary>
    public static string Shown(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);
}
