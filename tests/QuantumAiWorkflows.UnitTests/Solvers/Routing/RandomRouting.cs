using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

/// <summary>Small routing problems, and models for kernels, from a seed.</summary>
internal static class RandomRouting
{
    /// <summary>Stops on a grid of 100 by 100, whole distances. A plan with all stops exists.</summary>
    public static RoutingProblem Problem(int stops, ulong seed, bool hasWindows = false, int capacity = 10)
    {
        var random = Xoshiro256.FromSeed(seed, "routing");
        var input = Input(stops, random, capacity);
        if (hasWindows)
            foreach (var stop in input["stops"]!.AsArray())
            {
                var earliest = random.NextInt32(200);
                stop!["serviceTime"] = random.NextInt32(10);
                // Whoever starts at once is there before the window ends: a route of its own for each stop always holds.
                stop["windows"] = new JsonArray(
                    new JsonObject { ["earliest"] = earliest, ["latest"] = Math.Max(earliest + 20, 150) }
                );
            }
        return Read(input);
    }

    /// <summary>One vehicle without limits.</summary>
    public static RoutingProblem Tour(int stops, ulong seed)
    {
        var input = Input(stops, Xoshiro256.FromSeed(seed, "tour"), 0);
        var van = input["vehicles"]![0]!.AsObject();
        van["count"] = 1;
        van.Remove("capacities");
        foreach (var stop in input["stops"]!.AsArray())
            stop!.AsObject().Remove("demands");
        return Read(input);
    }

    /// <summary>Ways that are longer in one direction than in the other, and no limits.</summary>
    public static RoutingProblem OneWay(int stops, ulong seed)
    {
        var random = Xoshiro256.FromSeed(seed, "one way");
        var input = Input(stops, random, 1_000);
        var rows = Enumerable
            .Range(0, stops + 1)
            .Select(i => new JsonArray([
                .. Enumerable.Range(0, stops + 1).Select(j => JsonValue.Create(i == j ? 0 : 1 + random.NextInt32(99))),
            ]));
        input["distance"] = new JsonObject { ["metric"] = "matrix", ["matrix"] = new JsonArray([.. rows]) };
        return Read(input);
    }

    /// <summary>Two depots, two kinds of vehicles, a pair, windows, a stop that may be left out, a maximum distance.</summary>
    /// <param name="count">Stops, at least 4.</param>
    public static RoutingProblem Everything(ulong seed, int count = 8)
    {
        var random = Xoshiro256.FromSeed(seed, "everything");
        var input = Input(count, random, 12);
        var stops = input["stops"]!.AsArray();
        var demand = stops[0]!["demands"]![0]!.GetValue<int>();
        stops[1]!["deliversFor"] = stops[0]!["id"]!.GetValue<string>();
        stops[1]!["demands"] = new JsonArray(-demand);
        stops[2]!["skipPenalty"] = random.NextInt32(200);
        stops[3]!["windows"] = new JsonArray(
            new JsonObject { ["earliest"] = 0, ["latest"] = 50 },
            new JsonObject { ["earliest"] = 200, ["latest"] = 300 }
        );
        input["vehicles"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["id"] = "bike",
                    ["count"] = count,
                    ["start"] = "1",
                    ["end"] = null,
                    ["capacities"] = new JsonArray(5),
                    ["maxDistance"] = 400,
                    ["fixedCost"] = 7,
                    ["costPerDistance"] = 0.5,
                    ["latest"] = 2000,
                }
            );
        return Read(input);
    }

    /// <summary>Of whole costs, perhaps one-way, with capacities and perhaps windows that no plan may be able to keep.</summary>
    public static VrpModel Model(int customers, ulong seed, bool isSymmetric, bool hasWindows, int vehicles)
    {
        var random = Xoshiro256.FromSeed(seed, "model");
        var places = customers + 1;
        var cost = new int[places * places];
        for (var i = 0; i < places; i++)
        for (var j = 0; j < places; j++)
            if (i != j)
                cost[i * places + j] = isSymmetric && j < i ? cost[j * places + i] : 1 + random.NextInt32(100);
        int[] demand = [0, .. Enumerable.Range(0, customers).Select(_ => random.NextInt32(6))];
        Segment[]? stops = hasWindows
            ?
            [
                Segment.Of(0, 0, 400),
                .. Enumerable
                    .Range(0, customers)
                    .Select(_ => random.NextInt32(200))
                    .Select(e => Segment.Of(random.NextInt32(20), e, e + random.NextInt32(100))),
            ]
            : null;
        return new(customers, vehicles, cost, cost, demand, 8, stops);
    }

    /// <summary>All customers in random order, cut at random.</summary>
    public static Plan Plan(VrpModel model, Xoshiro256 random)
    {
        var plan = new Plan(model);
        for (var i = 0; i < model.Customers; i++)
            plan.Tour[i] = i + 1;
        random.Shuffle<int>(plan.Tour);
        plan.Count = 1 + random.NextInt32(Math.Min(model.Vehicles, model.Customers));
        int[] cuts = [.. Enumerable.Range(1, model.Customers - 1)];
        random.Shuffle<int>(cuts);
        var chosen = cuts[..(plan.Count - 1)].Order().ToArray();
        for (var r = 0; r < chosen.Length; r++)
            plan.Bounds[r + 1] = chosen[r];
        plan.Bounds[plan.Count] = model.Customers;
        plan.Settle();
        return plan;
    }

    private static JsonObject Input(int stops, Xoshiro256 random, int capacity) =>
        new()
        {
            ["family"] = "routing",
            ["locations"] = new JsonArray([
                .. Enumerable
                    .Range(0, stops + 1)
                    .Select(i => new JsonObject
                    {
                        ["id"] = $"{i}",
                        ["x"] = random.NextInt32(100),
                        ["y"] = random.NextInt32(100),
                    }),
            ]),
            ["distance"] = new JsonObject { ["metric"] = "tsplibEuc2d" },
            ["vehicles"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = "van",
                    ["count"] = stops,
                    ["start"] = "0",
                    ["end"] = "0",
                    ["capacities"] = new JsonArray(capacity),
                }
            ),
            ["stops"] = new JsonArray([
                .. Enumerable
                    .Range(1, stops)
                    .Select(i => new JsonObject
                    {
                        ["id"] = $"{i}",
                        ["location"] = $"{i}",
                        ["demands"] = new JsonArray(1 + random.NextInt32(5)),
                    }),
            ]),
        };

    private static RoutingProblem Read(JsonObject input)
    {
        var faults = new FaultList();
        var problem = RoutingFamily.Instance.Read(JsonSerializer.SerializeToElement(input), "", faults);
        faults.Items.Should().BeEmpty();
        return (RoutingProblem)problem!;
    }
}
