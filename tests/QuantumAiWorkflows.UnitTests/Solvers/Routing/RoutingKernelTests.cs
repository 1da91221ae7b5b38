using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.HybridGeneticSearch;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

public sealed class RoutingKernelTests
{
    /// <summary>Whole per unit, so that penalties of single routes add up exactly to those of the plan.</summary>
    private static readonly Penalties Penalties = new(7 << Penalties.FractionBits, 3 << Penalties.FractionBits);

    private static readonly Gen<(int Customers, ulong Seed, bool IsSymmetric, bool HasWindows)> Models = Gen.Select(
        Gen.Int[1, 9],
        Gen.ULong,
        Gen.Bool,
        Gen.Bool
    );

    [Fact]
    public void Joined_segments_warp_as_much_as_a_drive_does() =>
        Models.Sample(m =>
        {
            var model = RandomRouting.Model(m.Customers, m.Seed, m.IsSymmetric, hasWindows: true, 3);
            var random = Xoshiro256.FromSeed(m.Seed, "plan");
            var route = RandomRouting.Plan(model, random).Tour;
            var cut = random.NextInt32(route.Length);
            var head = Along(model, [0, .. route[..cut]]);
            var tail = Along(model, [.. route[cut..], 0]);
            var from = cut == 0 ? 0 : route[cut - 1];
            var travel = model.Duration[from * model.Places + route[cut]];

            var driven = Driven(model, route);

            head.Then(travel, tail).Warp.Should().Be(driven);
            head.WarpThen(travel, tail).Should().Be(driven);
            model.WarpOf(route).Should().Be(driven);
        });

    [Fact]
    public void Splits_as_well_as_the_best_of_all_cuts() =>
        Models.Sample(m =>
        {
            for (var vehicles = 1; vehicles <= m.Customers; vehicles++)
            {
                var model = RandomRouting.Model(m.Customers, m.Seed, m.IsSymmetric, hasWindows: false, vehicles);
                var plan = RandomRouting.Plan(model, Xoshiro256.FromSeed(m.Seed, "plan"));
                var tour = plan.Tour.ToArray();

                new Splitter(model).Split(plan, Penalties);

                plan.Tour.Should().Equal(tour);
                plan.Count.Should().BeLessThanOrEqualTo(vehicles);
                plan.PenalizedCost(Penalties).Should().Be(AllCuts(model, tour).Min(p => p.PenalizedCost(Penalties)));
            }
        });

    [Fact]
    public void Ends_where_no_move_of_one_customer_and_no_swap_of_two_gains() =>
        Models.Sample(m =>
        {
            var model = RandomRouting.Model(m.Customers, m.Seed, m.IsSymmetric, m.HasWindows, 4);
            var plan = RandomRouting.Plan(model, Xoshiro256.FromSeed(m.Seed, "plan"));
            var before = plan.PenalizedCost(Penalties);
            var context = new SolveContext(new(), 1);

            new RouteImprovement(model, 20, context, context.CreateRandom("order")).Run(plan, Penalties);

            var cost = plan.PenalizedCost(Penalties);
            cost.Should().BeLessThanOrEqualTo(before);
            plan.Tour.Order().Should().Equal(Enumerable.Range(1, m.Customers));
            foreach (var other in Neighbours(model, plan))
                other.PenalizedCost(Penalties).Should().BeGreaterThanOrEqualTo(cost);
        });

    [Fact]
    public void Exchanged_routes_serve_everybody_once() =>
        Models.Sample(m =>
        {
            var model = RandomRouting.Model(m.Customers, m.Seed, m.IsSymmetric, m.HasWindows, 4);
            var random = Xoshiro256.FromSeed(m.Seed, "plan");
            var (first, second) = (RandomRouting.Plan(model, random), RandomRouting.Plan(model, random));
            var child = new Plan(model);

            new RouteExchange(model, random).Cross(first, second, child);

            child.Tour.Order().Should().Equal(Enumerable.Range(1, m.Customers));
            child.Bounds[child.Count].Should().Be(m.Customers);
            child.Count.Should().BeLessThanOrEqualTo(first.Count);
        });

    [Fact]
    public void A_tour_turns_stretches_as_a_list_does_and_back() =>
        Gen.Select(Gen.Int[3, 12], Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11]).Array[0, 8])
            .Sample(t =>
            {
                var (places, turns) = t;
                var tour = new Tour(places);
                tour.Set([.. Enumerable.Range(0, places)]);
                var list = Enumerable.Range(0, places).ToArray();
                foreach (var (a, b) in turns.Select(x => (x.Item1 % places, x.Item2 % places)))
                {
                    tour.Reverse(a, b);
                    // The list begins with a, so that the stretch does not wrap.
                    var at = Array.IndexOf(list, a);
                    list = [.. list[at..], .. list[..at]];
                    Array.Reverse(list, 0, Array.IndexOf(list, b) + 1);
                    for (var k = 0; k < places; k++)
                    {
                        tour.Next(list[k]).Should().Be(list[(k + 1) % places]);
                        tour.Previous(list[(k + 1) % places]).Should().Be(list[k]);
                        tour.Steps(list[0], list[k]).Should().Be(k);
                        tour.After(list[0], k).Should().Be(list[k]);
                    }
                }
                tour.Undo();
                tour.Order.ToArray().Should().Equal(Enumerable.Range(0, places));
            });

    [Fact]
    public void The_tour_search_reports_what_its_tours_cost() =>
        Models.Sample(m =>
        {
            var model = RandomRouting.Model(m.Customers, m.Seed, isSymmetric: true, hasWindows: false, 1);
            var context = new SolveContext(new() { Evaluations = 50 }, 1);
            var reports = 0;

            new TourSearch(model, 5, context).Run(
                null,
                long.MaxValue,
                20,
                (order, cost) =>
                {
                    order.ToArray().Order().Should().Equal(Enumerable.Range(0, model.Places));
                    var depot = order.IndexOf(0);
                    model.CostOf([.. order[(depot + 1)..], .. order[..depot]]).Should().Be(cost);
                    reports++;
                }
            );

            reports.Should().BePositive();
        });

    private static Segment Along(VrpModel model, int[] places)
    {
        var all = model.Stops![places[0]];
        for (var k = 1; k < places.Length; k++)
            all = all.Then(model.Duration[places[k - 1] * model.Places + places[k]], model.Stops[places[k]]);
        return all;
    }

    /// <summary>Sets out at once, waits where early, and goes back to the end of the window where late.</summary>
    private static int Driven(VrpModel model, int[] route)
    {
        var (at, time, warp) = (0, model.Stops![0].Earliest, 0);
        foreach (var next in (int[])[.. route, 0])
        {
            var stop = model.Stops[next];
            time = Math.Max(time + model.Duration[at * model.Places + next], stop.Earliest);
            warp += Math.Max(0, time - stop.Latest);
            time = Math.Min(time, stop.Latest) + stop.Duration;
            at = next;
        }
        return warp;
    }

    private static IEnumerable<Plan> AllCuts(VrpModel model, int[] tour)
    {
        for (var cuts = 0; cuts < 1 << (tour.Length - 1); cuts++)
            if (int.PopCount(cuts) < model.Vehicles)
                yield return Cut(
                    model,
                    tour,
                    [.. Enumerable.Range(1, tour.Length - 1).Where(k => (cuts >> (k - 1) & 1) == 1), tour.Length]
                );
    }

    private static Plan Cut(VrpModel model, int[] tour, int[] ends)
    {
        var plan = new Plan(model) { Count = ends.Length };
        tour.CopyTo(plan.Tour, 0);
        ends.CopyTo(plan.Bounds, 1);
        plan.Settle();
        return plan;
    }

    /// <summary>Every customer taken elsewhere, an empty route too, and every two customers in each other's place.</summary>
    private static IEnumerable<Plan> Neighbours(VrpModel model, Plan plan)
    {
        var routes = Enumerable.Range(0, plan.Count).Select(r => plan.Route(r).ToArray().ToList()).ToList();
        for (var customer = 1; customer <= model.Customers; customer++)
        {
            for (var r = 0; r <= routes.Count && r < model.Vehicles; r++)
            {
                var without = routes.Select(s => s.Where(c => c != customer).ToList()).Append([]).ToList();
                for (var at = 0; at <= without[r].Count; at++)
                {
                    var changed = without.Select(s => s.ToList()).ToList();
                    changed[r].Insert(at, customer);
                    yield return Of(model, changed);
                }
            }
            for (var other = 1; other < customer; other++)
                yield return Of(
                    model,
                    [
                        .. routes.Select(s =>
                            s.Select(c =>
                                    c == customer ? other
                                    : c == other ? customer
                                    : c
                                )
                                .ToList()
                        ),
                    ]
                );
        }
    }

    private static Plan Of(VrpModel model, List<List<int>> routes)
    {
        var used = routes.Where(r => r.Count > 0).ToArray();
        var ends = new List<int>();
        foreach (var route in used)
            ends.Add(ends.LastOrDefault() + route.Count);
        return Cut(model, [.. used.SelectMany(r => r)], [.. ends]);
    }
}
