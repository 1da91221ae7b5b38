using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>A plan read from a file, with what the file says that it costs.</summary>
/// <param name="Cost">Null where the file does not say.</param>
public sealed record PublishedPlan(RoutingSolution Solution, double? Cost);

/// <summary>Published plans: CVRPLIB's .sol and TSPLIB's tours. Whether a plan is feasible is for the referee to say.</summary>
public static class SolutionFiles
{
    /// <summary>
    /// Lines <c>Route #k: 3 1 2</c> and <c>Cost c</c>. Customers count from 1 in the order of the problem's stops, which is node
    /// minus 1 of a .vrp file, and the number in Solomon's. Null when a fault was added.
    /// </summary>
    public static PublishedPlan? ReadRoutes(ReadOnlyMemory<byte> content, RoutingProblem problem, FaultList faults)
    {
        var before = faults.Count;
        var lines = new TextLines(content, faults);
        var routes = new List<Route>();
        double? cost = null;
        if (problem.Vehicles.Count > 1)
            lines.Refuse("The file does not say which kind of vehicle drives a route; the problem has several.");
        while (lines.NextLine() && !faults.IsFull)
        {
            var isRoute = lines.Content.TrimStart().StartsWith("Route", StringComparison.OrdinalIgnoreCase);
            if (isRoute && lines.Before(':') is not null)
            {
                var stops = new List<int>();
                while (!lines.IsAtEnd && lines.TryInt("a customer", 1, problem.Stops.Count, out var customer))
                    stops.Add(customer - 1);
                routes.Add(new(0, stops));
            }
            else if (lines.Token().Equals("Cost", StringComparison.OrdinalIgnoreCase))
            {
                if (lines.TryNumber("a cost", out var value))
                    cost = value;
            }
            else if (!lines.Content.TrimStart().StartsWith("#", StringComparison.Ordinal))
                lines.Refuse("Expected a line \"Route #1: ...\" or \"Cost ...\".");
        }
        if (faults.Count == before && routes.Count == 0)
            lines.Refuse("Expected a line \"Route #1: ...\"; the file has none.");
        return faults.Count == before ? new(new(routes), cost) : null;
    }

    /// <summary>
    /// TSPLIB's TOUR_SECTION: every node once, then -1. Nodes count from 1 in the order of the problem's locations; the tour is
    /// turned to begin at the vehicle's start. Null when a fault was added.
    /// </summary>
    public static PublishedPlan? ReadTour(ReadOnlyMemory<byte> content, RoutingProblem problem, FaultList faults)
    {
        var before = faults.Count;
        var lines = new TextLines(content, faults);
        var size = problem.Locations.Count;
        while (lines.NextLine() && !lines.Content.TrimStart().StartsWith("TOUR_SECTION", StringComparison.Ordinal)) { }
        var tour = new List<int>();
        var isOver = false;
        while (!isOver && faults.Count == before && lines.NextLine())
        while (!isOver && !lines.IsAtEnd && lines.TryInt("a node, or -1 for the end", -1, size, out var node))
            if (node == -1)
                isOver = true;
            else if (node == 0)
                lines.Refuse("Nodes count from 1.");
            else if (tour.Count < size)
                tour.Add(node - 1);
            else
                isOver = !lines.Refuse($"Expected {size} nodes, got more.");
        if (faults.Count > before)
            return null;
        if (tour.Distinct().Count() != size)
            lines.Refuse($"Expected a TOUR_SECTION with each of {size} nodes, got {tour.Distinct().Count()} of them.");
        var stops = problem.Stops.Select((stop, s) => (stop.Location, s)).ToLookup(s => s.Location, s => s.s);
        var start = tour.IndexOf(problem.Vehicles[0].Start);
        if (faults.Count > before)
            return null;
        var visits = Enumerable.Range(1, size - 1).SelectMany(k => stops[tour[(start + k) % size]]);
        return new(new([new Route(0, [.. stops[problem.Vehicles[0].Start], .. visits])]), null);
    }
}
