using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>What a plan costs, and everything in it that does not hold.</summary>
internal static class RoutingReferee
{
    public static Evaluation Evaluate(RoutingProblem problem, RoutingSolution solution)
    {
        var violations = new List<Violation>();
        var schedules = new RouteSchedule[solution.Routes.Count];
        for (var r = 0; r < schedules.Length; r++)
        {
            var route = solution.Routes[r];
            schedules[r] = new(problem, problem.Vehicles[route.Vehicle], route.Stops);
            AddOfRoute(problem, route.Vehicle, schedules[r], violations);
        }
        var visits = Visits.Of(problem, solution);
        AddOfStops(problem, visits, violations);
        for (var v = 0; v < problem.Vehicles.Count; v++)
            if (solution.Routes.Count(route => route.Vehicle == v) - problem.Vehicles[v].Count is > 0 and var missing)
                violations.Add(new("fleet", $"/vehicles/{v}/count", missing, "routes"));
        return new(Cost(problem, solution, schedules, visits), violations);
    }

    /// <summary>Routes' fixed cost and distance, and the penalties of what is left out.</summary>
    private static double Cost(
        RoutingProblem problem,
        RoutingSolution solution,
        RouteSchedule[] schedules,
        Visits visits
    )
    {
        var left = problem.Stops.Where((stop, s) => visits.Count[s] == 0 && stop.SkipPenalty is not null);
        if (!problem.Units.Cost.IsExact)
            return ExactSum.Of(
                left.Select(stop => stop.SkipPenalty!.Value)
                    .Concat(schedules.Select((s, r) => RouteCost(problem, solution.Routes[r].Vehicle, s)))
            );
        var units = left.Sum(stop => problem.Units.Cost.Of(stop.SkipPenalty!.Value));
        for (var r = 0; r < schedules.Length; r++)
            units += CostUnits(problem, problem.Vehicles[solution.Routes[r].Vehicle], schedules[r].Distance);
        return problem.Units.Cost.Back(units);
    }

    /// <summary>Of one route, in the problem's own unit.</summary>
    internal static double RouteCost(RoutingProblem problem, int vehicle, RouteSchedule schedule)
    {
        var kind = problem.Vehicles[vehicle];
        return problem.Units.Cost.IsExact
            ? problem.Units.Cost.Back(CostUnits(problem, kind, schedule.Distance))
            : kind.FixedCost + kind.CostPerDistance * problem.Units.Distance.Back(schedule.Distance);
    }

    /// <summary>Whole numbers only: a distance in tenths at a rate in hundredths costs thousandths.</summary>
    private static double CostUnits(RoutingProblem problem, RoutingVehicle vehicle, double distance)
    {
        var units = problem.Units;
        var rateFactor = DecimalPlaces.Power(units.RateDecimals);
        var rate = Math.Round(vehicle.CostPerDistance * rateFactor);
        return units.Cost.Of(vehicle.FixedCost)
            + distance * rate * (units.Cost.Factor / (units.Distance.Factor * rateFactor));
    }

    private static void AddOfRoute(
        RoutingProblem problem,
        int vehicle,
        RouteSchedule schedule,
        List<Violation> violations
    )
    {
        var kind = problem.Vehicles[vehicle];
        for (var d = 0; d < kind.Capacities.Length; d++)
            if (schedule.Overload(problem, kind, d) is > 0 and var over)
                violations.Add(new("capacity", $"/vehicles/{vehicle}/capacities/{d}", over, "load"));
        foreach (var visit in schedule.Visits)
            if (visit.Late > 0)
                violations.Add(new("timeWindow", $"/stops/{visit.Stop}/windows", visit.Late, "time"));
        if (schedule.Shift > 0)
            violations.Add(new("shift", $"/vehicles/{vehicle}/latest", schedule.Shift, "time"));
        if (schedule.TooFar > 0)
            violations.Add(new("maxDistance", $"/vehicles/{vehicle}/maxDistance", schedule.TooFar, "distance"));
    }

    private static void AddOfStops(RoutingProblem problem, Visits visits, List<Violation> violations)
    {
        for (var s = 0; s < problem.Stops.Count; s++)
        {
            var stop = problem.Stops[s];
            if (visits.Count[s] == 0 && stop.SkipPenalty is null)
                violations.Add(new("unserved", $"/stops/{s}", 1, "stops"));
            if (visits.Count[s] > 1)
                violations.Add(new("servedTwice", $"/stops/{s}", visits.Count[s] - 1, "visits"));
            if (stop.DeliversFor is not { } pickup)
                continue;
            // A pickup whose delivery nobody makes is on the wrong vehicle, too: on one that does not deliver.
            if (visits.Route[s] != visits.Route[pickup])
                violations.Add(new("sameVehicle", $"/stops/{s}/deliversFor", 1, "stops"));
            else if (visits.Count[s] > 0 && visits.Position[s] < visits.Position[pickup])
                violations.Add(
                    new("precedence", $"/stops/{s}/deliversFor", visits.Position[pickup] - visits.Position[s], "visits")
                );
        }
    }

    /// <summary>Where each stop is visited first: index of the route, or -1, and position in it.</summary>
    private sealed record Visits(int[] Count, int[] Route, int[] Position)
    {
        public static Visits Of(RoutingProblem problem, RoutingSolution solution)
        {
            var n = problem.Stops.Count;
            var visits = new Visits(new int[n], new int[n], new int[n]);
            visits.Route.AsSpan().Fill(-1);
            for (var r = 0; r < solution.Routes.Count; r++)
            for (var k = 0; k < solution.Routes[r].Stops.Count; k++)
            {
                var stop = solution.Routes[r].Stops[k];
                if (visits.Count[stop]++ == 0)
                    (visits.Route[stop], visits.Position[stop]) = (r, k);
            }
            return visits;
        }
    }
}
