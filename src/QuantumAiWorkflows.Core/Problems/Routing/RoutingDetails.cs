using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// A plan as people drive it: arrivals, waiting, loads, distances, what was left out and why. All of it follows from the
/// problem's data.
/// </summary>
internal static class RoutingDetails
{
    public static JsonObject? Of(RoutingProblem problem, RoutingSolution? solution)
    {
        var reasons = LeftOut.Explain(problem, solution);
        var fleet = LeftOut.Shortages(problem).Select(ToJson).ToArray();
        if (solution is null)
            return reasons.Count + fleet.Length == 0
                ? null
                : new() { ["unserved"] = ToJson(problem, reasons), ["fleet"] = new JsonArray([.. fleet]) };

        var routes = solution.Routes.Select(route => new DrivenRoute(problem, route)).ToArray();
        return new()
        {
            ["routes"] = new JsonArray([.. routes.Select(route => ToJson(problem, route))]),
            ["totals"] = Totals(problem, routes),
            ["unserved"] = ToJson(problem, reasons),
            ["fleet"] = new JsonArray([.. fleet]),
        };
    }

    private static JsonObject ToJson(RoutingProblem problem, DrivenRoute driven)
    {
        var (units, schedule) = (problem.Units, driven.Schedule);
        return new()
        {
            ["vehicle"] = driven.Vehicle.Id,
            ["start"] = problem.Locations[driven.Vehicle.Start].Id,
            ["end"] = driven.Vehicle.End is { } end ? problem.Locations[end].Id : null,
            ["departure"] = driven.Vehicle.Earliest,
            ["finish"] = units.Time.Back(schedule.Finish),
            ["distance"] = units.Distance.Back(schedule.Distance),
            ["waiting"] = units.Time.Back(driven.Waiting),
            ["peakLoads"] = Numbers(schedule.Peak, units.Load),
            ["cost"] = driven.Cost,
            ["stops"] = new JsonArray([
                .. schedule.Visits.Select(visit => new JsonObject
                {
                    ["stop"] = problem.Stops[visit.Stop].Id,
                    ["arrival"] = units.Time.Back(visit.Arrival),
                    ["serviceStart"] = units.Time.Back(visit.Start),
                    ["waiting"] = units.Time.Back(visit.Start - visit.Arrival),
                    ["departure"] = units.Time.Back(visit.Departure),
                    ["loads"] = Numbers(visit.Load, units.Load),
                    ["distance"] = units.Distance.Back(visit.Distance),
                }),
            ]),
        };
    }

    private static JsonObject Totals(RoutingProblem problem, DrivenRoute[] routes)
    {
        var served = routes.SelectMany(r => r.Route.Stops).Distinct().Count();
        return new()
        {
            ["routes"] = routes.Length,
            ["served"] = served,
            ["unserved"] = problem.Stops.Count - served,
            ["distance"] = problem.Units.Distance.Back(routes.Sum(r => r.Schedule.Distance)),
            ["waiting"] = problem.Units.Time.Back(routes.Sum(r => r.Waiting)),
            ["lastFinish"] = routes.Length == 0 ? null : problem.Units.Time.Back(routes.Max(r => r.Schedule.Finish)),
        };
    }

    private static JsonArray ToJson(RoutingProblem problem, IReadOnlyList<Unserved> reasons) =>
        [
            .. reasons.Select(unserved =>
            {
                var json = new JsonObject
                {
                    ["stop"] = problem.Stops[unserved.Stop].Id,
                    ["reason"] = JsonNames.Of(unserved.Reason),
                    ["evidence"] = unserved.IsProven ? "proven" : "heuristic",
                };
                if (problem.Stops[unserved.Stop].SkipPenalty is { } penalty)
                    json["skipPenalty"] = penalty;
                if (unserved.ExtraCost is { } cost)
                    json["extraCost"] = cost;
                return json;
            }),
        ];

    private static JsonObject ToJson(Shortage shortage) =>
        new()
        {
            ["reason"] = "capacity",
            ["dimension"] = shortage.Dimension,
            ["demand"] = shortage.Demand,
            ["capacity"] = shortage.Capacity,
            ["evidence"] = "proven",
        };

    private static JsonArray Numbers(double[] values, Unit unit) =>
        [.. values.Select(v => JsonValue.Create(unit.Back(v)))];
}

/// <summary>A route of an answer beside what happens on it.</summary>
internal sealed record DrivenRoute(RoutingProblem Problem, Route Route)
{
    public RoutingVehicle Vehicle => Problem.Vehicles[Route.Vehicle];

    public RouteSchedule Schedule { get; } = new(Problem, Problem.Vehicles[Route.Vehicle], Route.Stops);

    /// <summary>Locations in the order in which it comes to them, from its start.</summary>
    public IEnumerable<int> Places()
    {
        yield return Vehicle.Start;
        foreach (var stop in Route.Stops)
            yield return Problem.Stops[stop].Location;
        if (Vehicle.End is { } end)
            yield return end;
    }

    public double Cost => RoutingReferee.RouteCost(Problem, Route.Vehicle, Schedule);

    /// <summary>In the unit of times.</summary>
    public double Waiting => Schedule.Visits.Sum(v => v.Start - v.Arrival);
}
