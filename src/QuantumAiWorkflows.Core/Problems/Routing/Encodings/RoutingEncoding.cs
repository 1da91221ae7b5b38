using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Routing.Encodings;

/// <summary>
/// Small routing problems by position: x[v, p, s] says that vehicle v visits stop s as its p-th. For one vehicle that visits
/// everything, n² variables; else each position may also be empty, and vehicles of one kind are told apart.
/// </summary>
/// <remarks>
/// By position, not by edge: the objective is quadratic anyway, and rows and columns of one-hot groups exclude subtours, for
/// which edges would need an ordering variable with slack per pair of stops (A. Lucas, Ising formulations of many NP
/// problems, Frontiers in Physics 2, 2014, section 7.2).
/// </remarks>
internal static class RoutingEncoding
{
    public static EncodingResult Of(RoutingProblem problem, EncodingRequest request)
    {
        if (Limit(problem) is { } beyond)
            return new EncodingResult.Refused(
                $"The encoding of routing problems has capacities, optional stops and several depots; this one has {beyond}."
            );
        var plan = RoutePositions.Of(problem);
        if (EncodingLimits.CheckVariables(plan.NumVariables) is { } tooMany)
            return tooMany;
        if (EncodingLimits.CheckProducts(plan.NumLegs) is { } tooDense)
            return tooDense;
        var model = new ConstrainedModel(problem.Sense);
        plan.AddVariables(model);
        AddObjective(problem, plan, model);
        AddConstraints(problem, plan, model);
        return QuboEncoder.Encode(
            problem,
            new(
                model,
                plan.Decode,
                solution => plan.Encode((RoutingSolution)solution),
                solution => RoutingRepair.Of(problem, (RoutingSolution)solution),
                CoversOptimum: true
            ),
            request
        );
    }

    /// <summary>What the model has no constraint for, where it stands; null when there is none of it.</summary>
    private static string? Limit(RoutingProblem problem)
    {
        for (var s = 0; s < problem.Stops.Count; s++)
            if (problem.Stops[s].Windows.Length > 0)
                return $"time windows at /stops/{s}/windows";
            else if (problem.Stops[s].DeliversFor is not null)
                return $"a delivery at /stops/{s}/deliversFor";
        for (var v = 0; v < problem.Vehicles.Count; v++)
            if (double.IsFinite(problem.Vehicles[v].Latest))
                return $"a shift limit at /vehicles/{v}/latest";
            else if (problem.Vehicles[v].MaxDistance is not null)
                return $"a distance limit at /vehicles/{v}/maxDistance";
        return null;
    }

    private static void AddObjective(RoutingProblem problem, RoutePositions plan, ConstrainedModel model)
    {
        var n = problem.Stops.Count;
        double Way(int from, int to) => problem.Distances[from, to];

        for (var v = 0; v < plan.Vehicles.Count; v++)
        {
            var (vehicle, last) = (plan.VehicleAt(v), plan.Vehicles[v].Positions - 1);
            var cost = vehicle.CostPerDistance;
            for (var p = 0; p <= last; p++)
            for (var s = 0; s < n; s++)
            {
                var (x, at) = (plan.Variable(v, p, s), problem.Stops[s].Location);
                if (p == 0)
                    model.AddObjective(x, vehicle.FixedCost + cost * Way(vehicle.Start, at));
                var home = vehicle.End is { } end ? cost * Way(at, end) : 0;
                if (p == last)
                {
                    model.AddObjective(x, home);
                    continue;
                }
                if (plan.HasEmpty)
                    model.AddObjective(x, plan.Empty(v, p + 1), home);
                for (var t = 0; t < n; t++)
                    if (t != s)
                        model.AddObjective(x, plan.Variable(v, p + 1, t), cost * Way(at, problem.Stops[t].Location));
            }
        }
        for (var s = 0; s < n; s++)
            if (problem.Stops[s].SkipPenalty is { } penalty)
            {
                model.Offset += penalty;
                foreach (var x in plan.Visits(s))
                    model.AddObjective(x, -penalty);
            }
    }

    private static void AddConstraints(RoutingProblem problem, RoutePositions plan, ConstrainedModel model)
    {
        var n = problem.Stops.Count;
        for (var s = 0; s < n; s++)
            model.AddConstraint(
                "visit",
                $"visit[{problem.Stops[s].Id}]",
                $"/stops/{s}",
                [.. plan.Visits(s).Select(x => (x, 1.0))],
                problem.Stops[s].SkipPenalty is null ? Relation.Equal : Relation.AtMost,
                1
            );
        for (var v = 0; v < plan.Vehicles.Count; v++)
        {
            var (kind, positions) = plan.Vehicles[v];
            for (var p = 0; p < positions; p++)
            {
                var symbols = Enumerable.Range(0, n).Select(s => plan.Variable(v, p, s));
                model.AddOneHot(
                    "position",
                    $"position[{v},{p}]",
                    $"/vehicles/{kind}",
                    [.. plan.HasEmpty ? symbols.Append(plan.Empty(v, p)) : symbols]
                );
                if (plan.HasEmpty && p > 0)
                    model.AddConstraint(
                        "gap",
                        $"gap[{v},{p}]",
                        $"/vehicles/{kind}",
                        [(plan.Empty(v, p - 1), 1), (plan.Empty(v, p), -1)],
                        Relation.AtMost,
                        0
                    );
            }
            var vehicle = problem.Vehicles[kind];
            for (var d = 0; d < problem.Dimensions; d++)
                // As many stops as there are positions fit, whichever they are.
                if (
                    problem.Stops.Select(s => s.Demands[d]).OrderDescending().Take(positions).Sum()
                    > vehicle.Capacities[d]
                )
                    model.AddConstraint(
                        "capacity",
                        $"capacity[{v},{d}]",
                        $"/vehicles/{kind}/capacities/{d}",
                        [
                            .. from p in Enumerable.Range(0, positions)
                            from s in Enumerable.Range(0, n)
                            select (plan.Variable(v, p, s), problem.Stops[s].Demands[d]),
                        ],
                        Relation.AtMost,
                        vehicle.Capacities[d]
                    );
        }
    }
}
