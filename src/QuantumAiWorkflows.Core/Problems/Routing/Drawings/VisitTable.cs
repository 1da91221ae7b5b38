using QuantumAiWorkflows.Benchmarks.Reports;

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>One row for each visit, and one for each route's end; stops that are left out stand last, without a route.</summary>
internal static class VisitTable
{
    public static string Write(RoutingProblem problem, RoutingSolution solution)
    {
        using var csv = new CsvText();
        var loads = Enumerable.Range(1, problem.Dimensions).Select(d => problem.Dimensions == 1 ? "load" : $"load{d}");
        csv.Row([
            "route",
            "vehicle",
            "position",
            "stop",
            "location",
            "arrival",
            "waiting",
            "serviceStart",
            "departure",
            "distance",
            .. loads,
        ]);
        var units = problem.Units;
        for (var r = 0; r < solution.Routes.Count; r++)
        {
            var driven = new DrivenRoute(problem, solution.Routes[r]);
            string[] route = [Text(r + 1), driven.Vehicle.Id];
            foreach (var (k, visit) in driven.Schedule.Visits.Index())
            {
                var stop = problem.Stops[visit.Stop];
                csv.Row([
                    .. route,
                    Text(k + 1),
                    stop.Id,
                    problem.Locations[stop.Location].Id,
                    Text(units.Time.Back(visit.Arrival)),
                    Text(units.Time.Back(visit.Start - visit.Arrival)),
                    Text(units.Time.Back(visit.Start)),
                    Text(units.Time.Back(visit.Departure)),
                    Text(units.Distance.Back(visit.Distance)),
                    .. visit.Load.Select(load => Text(units.Load.Back(load))),
                ]);
            }
            if (driven.Vehicle.End is { } end)
                csv.Row([
                    .. route,
                    Text(driven.Schedule.Visits.Length + 1),
                    "",
                    problem.Locations[end].Id,
                    Text(units.Time.Back(driven.Schedule.Finish)),
                    "",
                    "",
                    "",
                    Text(units.Distance.Back(driven.Schedule.Distance)),
                    .. Enumerable.Repeat("", problem.Dimensions),
                ]);
        }
        var served = solution.Routes.SelectMany(r => r.Stops).ToHashSet();
        foreach (var (s, stop) in problem.Stops.Index())
            if (!served.Contains(s))
                csv.Row([
                    "",
                    "",
                    "",
                    stop.Id,
                    problem.Locations[stop.Location].Id,
                    .. Enumerable.Repeat("", 5 + problem.Dimensions),
                ]);
        return csv.ToString();
    }

    private static string Text(double value) => CanonicalJson.Number(value);
}
