using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingDetailsTests
{
    [Fact]
    public void A_route_is_told_visit_by_visit()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                """[{"id":"van","start":"depot","end":"depot","capacities":[5],"earliest":2,"fixedCost":7}]""",
                """
                [{"id":"a","location":"A","demands":[2],"serviceTime":1.5},
                 {"id":"c","location":"C","demands":[3],"windows":[{"earliest":8,"latest":9}],"serviceTime":1}]
                """
            )
        );

        var route = problem.Details(problem.Plan("van: a c"))!["routes"]![0]!;

        JsonNode
            .DeepEquals(
                route,
                JsonNode.Parse(
                    """
                    {"vehicle":"van","start":"depot","end":"depot","departure":2,"finish":12,"distance":6,"waiting":1.5,"peakLoads":[5],"cost":13,
                     "stops":[{"stop":"a","arrival":3,"serviceStart":3,"waiting":0,"departure":4.5,"loads":[2],"distance":1},
                              {"stop":"c","arrival":6.5,"serviceStart":8,"waiting":1.5,"departure":9,"loads":[5],"distance":3}]}
                    """
                )
            )
            .Should()
            .BeTrue(route.ToJsonString());
    }

    [Theory]
    // Takes 3 of 2.
    [InlineData("""{"id":"x","location":"A","demands":[3]}""", "", "capacityAlone", "proven")]
    // 3 away, and closed from 2 on.
    [InlineData("""{"id":"x","location":"C","windows":[{"latest":2}]}""", "", "timeWindowAlone", "proven")]
    // There and back are 6.
    [InlineData("""{"id":"x","location":"C"}""", ""","latest":5.5""", "noVehicleReaches", "proven")]
    [InlineData("""{"id":"x","location":"C"}""", ""","maxDistance":5""", "noVehicleReaches", "proven")]
    [InlineData("""{"id":"x","location":"A","serviceTime":4}""", ""","latest":5.5""", "noVehicleReaches", "proven")]
    public void A_stop_that_no_vehicle_can_serve_is_named_without_an_answer(
        string stop,
        string ofVan,
        string reason,
        string evidence
    )
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                $$"""[{"id":"van","start":"depot","end":"depot","capacities":[2]{{ofVan}}}]""",
                $$"""[{{stop}},{"id":"fine","location":"A","demands":[1]}]"""
            )
        );

        Reasons(problem.Details(null)).Should().Equal(("x", reason, evidence));
        Reasons(problem.Details(problem.Plan("van: fine"))).Should().Equal(("x", reason, evidence));
    }

    [Fact]
    public void There_is_nothing_to_say_without_an_answer_where_each_stop_can_be_served() =>
        SomeRouting.Read(SomeRouting.Line()).Details(null).Should().BeNull();

    /// <summary>The straight way to C takes 9, over A 2: a detour may help, so that a miss of the straight way proves nothing.</summary>
    [Theory]
    [InlineData(3, "heuristic")]
    [InlineData(1, "proven")]
    public void Only_shortest_ways_prove_that_nobody_comes_in_time(int latest, string evidence)
    {
        var problem = SomeRouting.Read(
            SomeRouting
                .Line(
                    stops: $$"""[{"id":"c","location":"C","windows":[{"latest":{{latest}}}]},{"id":"a","location":"A"}]"""
                )
                .Replace(
                    "\"tsplibEuc2d\"",
                    "\"matrix\",\"matrix\":[[0,1,9,9],[1,0,9,1],[9,9,0,9],[9,1,9,0]]",
                    StringComparison.Ordinal
                )
        );

        Reasons(problem.Details(problem.Plan("van: a"))).Should().Equal(("c", "timeWindowAlone", evidence));
        (problem.Details(null) is null).Should().Be(evidence == "heuristic");
    }

    /// <summary>C is 3 away; times have decimals that the distances they follow from have not, or more than can be added exactly.</summary>
    [Theory]
    [InlineData("0.5")]
    [InlineData("0.333333")]
    public void Ways_are_not_taken_for_times_of_another_unit(string serviceTime)
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                stops: $$"""[{"id":"c","location":"C","serviceTime":{{serviceTime}},"windows":[{"latest":2}]},{"id":"a","location":"A"}]"""
            )
        );

        Reasons(problem.Details(null)).Should().Equal(("c", "timeWindowAlone", "proven"));
    }

    /// <summary>Straight to C are 9, over A 1.1: 11 tenths, which are no 11 of the units of a time with more decimals.</summary>
    [Fact]
    public void A_detour_in_time_is_seen_whatever_the_units()
    {
        var problem = SomeRouting.Read(
            SomeRouting
                .Line(
                    stops: """[{"id":"c","location":"C","serviceTime":0.333333,"windows":[{"latest":3}]},{"id":"a","location":"A"}]"""
                )
                .Replace(
                    "\"tsplibEuc2d\"",
                    "\"matrix\",\"matrix\":[[0,0.5,9,9],[0.5,0,9,0.6],[9,9,0,9],[9,0.6,9,0]]",
                    StringComparison.Ordinal
                )
        );

        Reasons(problem.Details(problem.Plan("van: a"))).Should().Equal(("c", "timeWindowAlone", "heuristic"));
        problem.Judge("van: a c").IsFeasible.Should().BeTrue();
    }

    [Fact]
    public void Vehicles_that_fail_for_different_reasons_do_not_reach()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                """
                [{"id":"small","start":"depot","end":"depot","capacities":[1]},
                 {"id":"late","start":"depot","end":null,"capacities":[5],"earliest":10},
                 {"id":"short","start":"depot","end":"depot","capacities":[5],"maxDistance":4}]
                """,
                """[{"id":"x","location":"C","demands":[2],"windows":[{"latest":8}]}]"""
            )
        );

        Reasons(problem.Details(null)).Should().Equal(("x", "noVehicleReaches", "proven"));
    }

    [Fact]
    public void Beyond_so_many_drives_nothing_is_claimed_of_a_stop_alone()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                """[{"id":"v","start":"depot","end":"depot","maxDistance":1},{"id":"w","start":"depot","end":"depot","maxDistance":1}]""",
                """[{"id":"a","location":"A"},{"id":"b","location":"B"}]"""
            )
        );
        var alone = new ServedAlone(problem, mostDrives: 7);

        // Two drives, and two looks at both vehicles; the second stop has one drive left.
        alone.WhyNot(0).Should().Be((UnservedReason.NoVehicleReaches, true));
        alone.WhyNot(1).Should().BeNull();
    }

    [Fact]
    public void What_fits_nowhere_fits_only_jointly()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line("""[{"id":"van","start":"depot","end":"depot","capacities":[2]}]""")
        );

        Reasons(problem.Details(problem.Plan("van: a b"))).Should().Equal(("c", "onlyJointly", "heuristic"));
    }

    /// <summary>From a to b and on to c are 2 more: c costs 2 at the end of the route, or 6 with the second van.</summary>
    [Theory]
    [InlineData(1, 3, "cheaperToSkip", "heuristic", 2)]
    [InlineData(2, 3, "cheaperToSkip", "heuristic", 2)]
    [InlineData(2.5, 3, "couldBeAdded", "proven", 2)]
    [InlineData(2.5, 2, "cheaperToSkip", "heuristic", 6)]
    public void An_optional_stop_is_weighed_against_its_cheapest_place(
        double penalty,
        int capacity,
        string reason,
        string evidence,
        double extra
    )
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                $$"""[{"id":"van","count":2,"start":"depot","end":"depot","capacities":[{{capacity}}]}]""",
                $$"""
                [{"id":"a","location":"A","demands":[1]},{"id":"b","location":"B","demands":[1]},
                 {"id":"c","location":"C","demands":[1],"skipPenalty":{{penalty.ToString(
                    System.Globalization.CultureInfo.InvariantCulture
                )}}}]
                """
            )
        );

        var details = problem.Details(problem.Plan("van: a b"));

        Reasons(details).Should().Equal(("c", reason, evidence));
        details!["unserved"]![0]!["extraCost"]!.GetValue<double>().Should().Be(extra);
        details["unserved"]![0]!["skipPenalty"]!.GetValue<double>().Should().Be(penalty);
    }

    [Fact]
    public void A_pickup_and_its_delivery_are_one_errand()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                """[{"id":"van","start":"depot","end":"depot","capacities":[2],"latest":6}]""",
                """
                [{"id":"p","location":"C","demands":[1],"serviceTime":1,"skipPenalty":9},{"id":"d","location":"A","deliversFor":"p","skipPenalty":9},
                 {"id":"q","location":"A","demands":[1],"skipPenalty":1},{"id":"e","location":"B","deliversFor":"q","skipPenalty":1},
                 {"id":"a","location":"A"}]
                """
            )
        );

        // To C, serve, to A and home are 7. From A to B and home are 2 more than the way to A, as much as both penalties.
        Reasons(problem.Details(problem.Plan("van: a")))
            .Should()
            .Equal(
                ("p", "noVehicleReaches", "proven"),
                ("d", "noVehicleReaches", "proven"),
                ("q", "cheaperToSkip", "heuristic"),
                ("e", "cheaperToSkip", "heuristic")
            );
        // The delivery alone goes behind its pickup.
        Reasons(problem.Details(problem.Plan("van: q a"))).Should().Contain(("e", "cheaperToSkip", "heuristic"));
    }

    [Fact]
    public void A_fleet_that_is_too_small_is_proven_so()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line("""[{"id":"van","start":"depot","end":"depot","capacities":[2]}]""")
        );

        JsonNode
            .DeepEquals(
                problem.Details(null)!["fleet"],
                JsonNode.Parse("""[{"reason":"capacity","dimension":0,"demand":3,"capacity":2,"evidence":"proven"}]""")
            )
            .Should()
            .BeTrue();
    }

    /// <summary>
    /// Against every route that there is, in matrices where detours are often faster: what is proven stands in no feasible one,
    /// and what is not named has one of its own.
    /// </summary>
    [Fact]
    public void Proofs_hold_against_every_route()
    {
        var proven = 0;
        Gen.Long[0, 1 << 30]
            .Sample(
                seed =>
                {
                    var problem = Awkward(Xoshiro256.FromSeed((ulong)seed, "awkward"));
                    var served = (
                        from v in Enumerable.Range(0, problem.Vehicles.Count)
                        from order in Orders([], problem.Stops.Count)
                        where new RouteSchedule(problem, problem.Vehicles[v], order).Holds(problem, problem.Vehicles[v])
                        from stop in order
                        select stop
                    ).ToHashSet();
                    var named = LeftOut.Explain(problem, new RoutingSolution([]));
                    Interlocked.Add(ref proven, named.Count(u => u.IsProven && u.Reason < UnservedReason.OnlyJointly));
                    return named.All(u =>
                            !u.IsProven || u.Reason >= UnservedReason.OnlyJointly != !served.Contains(u.Stop)
                        ) && named.Where(u => !served.Contains(u.Stop)).All(u => u.Reason < UnservedReason.OnlyJointly);
                },
                iter: 300
            );
        proven.Should().BePositive();
    }

    private static RoutingProblem Awkward(Xoshiro256 random)
    {
        const int size = 5;
        var ways = new double[size * size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            ways[i * size + j] = i == j ? 0 : 1 + random.NextInt32(random.NextBoolean() ? 3 : 20);
        var table = TravelTable.OfMatrix(size, ways);
        var stops = Enumerable
            .Range(1, size - 1)
            .Select(i =>
            {
                var earliest = random.NextInt32(8);
                var window = new TimeWindow(earliest, earliest + random.NextInt32(6));
                return new RoutingStop($"{i}", i, [1 + random.NextInt32(5)], random.NextInt32(3), [window], null, null);
            });
        RoutingVehicle[] vehicles =
        [
            new("a", 1, 0, 0, [3], 0, 10 + random.NextInt32(10), null, 0, 1),
            new(
                "b",
                1,
                0,
                random.NextBoolean() ? 0 : null,
                [5],
                random.NextInt32(4),
                30,
                5 + random.NextInt32(20),
                0,
                1
            ),
        ];
        var locations = Enumerable.Range(0, size).Select(i => new RoutingLocation($"{i}", null, null, null, null));
        return new([.. locations], DistanceMetric.Matrix, table, table, null, vehicles, [.. stops]);
    }

    /// <summary>Every order of every selection, the empty one left out.</summary>
    private static IEnumerable<int[]> Orders(int[] first, int count) =>
        Enumerable
            .Range(0, count)
            .Except(first)
            .SelectMany(next => Orders([.. first, next], count).Prepend([.. first, next]));

    private static IEnumerable<(string, string, string)> Reasons(JsonObject? details) =>
        details!["unserved"]!
            .AsArray()
            .Select(u => ((string)u!["stop"]!, (string)u["reason"]!, (string)u["evidence"]!));
}
