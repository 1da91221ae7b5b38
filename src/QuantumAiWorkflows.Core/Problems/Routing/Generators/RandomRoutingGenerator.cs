using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Routing.Generators;

/// <summary>
/// Customers uniform on a square of side 1000 with the depot in its middle, demands uniform from 1 to 100, as one of the kinds of
/// Uchoa et al., "New benchmark instances for the capacitated vehicle routing problem", European Journal of Operational Research
/// 257, 2017. A plan is planted by sweeping a ray around the depot (Gillett and Miller, Operations Research 22, 1974): fleet,
/// capacity, windows and shift admit it, so that the problem is feasible.
/// </summary>
public sealed class RandomRoutingGenerator : ProblemGenerator<RandomRoutingParameters>
{
    private const int Side = 1000;
    private const int MaxDemand = 100;

    public override string Id => "routing-random";

    public override string Title => "Random vehicle routing";

    public override ProblemFamily Family => RoutingFamily.Instance;

    protected override Problem? Generate(
        RandomRoutingParameters parameters,
        long seed,
        string pointer,
        FaultList faults
    ) => Plant(parameters, seed).Problem;

    /// <summary>The problem and the plan that it was made around.</summary>
    internal static (RoutingProblem Problem, RoutingSolution Plan) Plant(RandomRoutingParameters parameters, long seed)
    {
        var n = parameters.Customers;
        var random = Xoshiro256.FromSeed((ulong)seed, "routing-random");
        var locations = new RoutingLocation[n + 1];
        locations[0] = new("depot", Side / 2, Side / 2, null, null);
        var demands = new double[n];
        for (var i = 0; i < n; i++)
        {
            var name = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            locations[i + 1] = new(
                $"customer-{name}",
                random.NextInt32(Side + 1),
                random.NextInt32(Side + 1),
                null,
                null
            );
            demands[i] = 1 + random.NextInt32(MaxDemand);
        }
        var distances = TravelTable.OfLocations(locations, DistanceMetric.TsplibEuc2d);
        var routes = Sweep(locations, (n + parameters.StopsPerVehicle - 1) / parameters.StopsPerVehicle);
        var fullest = routes.Max(route => route.Sum(s => demands[s]));
        var needed = Math.Ceiling(demands.Sum() / routes.Length / parameters.Tightness);

        var windows = new TimeWindow[n][];
        windows.AsSpan().Fill([]);
        var hasTimes = parameters.WindowShare > 0;
        var serviceTime = hasTimes ? parameters.ServiceTime : 0;
        var latest = 0.0;
        foreach (var route in routes)
        {
            var (at, time) = (0, 0.0);
            foreach (var s in route)
            {
                time += distances[at, s + 1];
                if (random.NextDouble() < parameters.WindowShare)
                {
                    var earliest = Math.Max(0, time - random.NextInt32(parameters.WindowWidth + 1));
                    windows[s] = [new(earliest, earliest + parameters.WindowWidth)];
                }
                (at, time) = (s + 1, time + serviceTime);
            }
            latest = Math.Max(latest, time + distances[at, 0]);
        }
        var vehicle = new RoutingVehicle(
            "vehicle",
            routes.Length,
            0,
            0,
            [Math.Max(fullest, needed)],
            0,
            hasTimes ? latest : double.PositiveInfinity,
            null,
            0,
            1
        );
        var stops = Enumerable
            .Range(0, n)
            .Select(s => new RoutingStop(
                locations[s + 1].Id,
                s + 1,
                [demands[s]],
                serviceTime,
                windows[s],
                null,
                null
            ));
        return (
            new(locations, DistanceMetric.TsplibEuc2d, distances, distances, null, [vehicle], [.. stops]),
            new([.. routes.Select(route => new Route(0, route))])
        );
    }

    /// <summary>Stops by their direction from the depot, in parts as even as can be.</summary>
    private static int[][] Sweep(RoutingLocation[] locations, int parts)
    {
        (long X, long Y) Direction(int stop) =>
            ((long)(locations[stop + 1].X!.Value - Side / 2), (long)(locations[stop + 1].Y!.Value - Side / 2));
        var order = Enumerable.Range(0, locations.Length - 1).ToArray();
        Array.Sort(
            order,
            (a, b) =>
            {
                var (p, q) = (Direction(a), Direction(b));
                // Whole numbers instead of angles: the same order on every machine.
                var halves = IsLower(p).CompareTo(IsLower(q));
                if (halves != 0)
                    return halves;
                var turn = p.X * q.Y - p.Y * q.X;
                return turn != 0 ? -Math.Sign(turn) : a.CompareTo(b);
            }
        );
        return
        [
            .. Enumerable
                .Range(0, parts)
                .Select(k => order[(k * order.Length / parts)..((k + 1) * order.Length / parts)]),
        ];

        static bool IsLower((long X, long Y) p) => p.Y < 0 || (p.Y == 0 && p.X < 0);
    }
}

public sealed record RandomRoutingParameters
{
    [Range(1, 2000)]
    public required int Customers { get; init; }

    [Description("Customers on a route of the planted plan, at most; there are as many vehicles as it has routes.")]
    [Range(1, 2000)]
    public int StopsPerVehicle { get; init; } = 8;

    [Description(
        "All demands as a share of the fleet's capacity; less where the planted plan's fullest route needs more room."
    )]
    [Range(0.05, 1.0)]
    public double Tightness { get; init; } = 0.95;

    [Description("Share of customers with a time window, around the planted plan's arrival.")]
    [Range(0.0, 1.0)]
    public double WindowShare { get; init; }

    [Description("Of every window; a unit of distance takes a unit of time.")]
    [Range(0, 10_000)]
    public int WindowWidth { get; init; } = 200;

    [Description("Of every customer, where any may have a window.")]
    [Range(0, 1000)]
    public int ServiceTime { get; init; } = 10;
}
