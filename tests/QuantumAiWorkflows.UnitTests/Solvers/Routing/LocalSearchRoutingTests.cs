using System.Runtime.InteropServices;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.LocalSearchRouting;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

public sealed class LocalSearchRoutingTests
{
    [Fact]
    public void What_is_taken_back_is_as_it_was_and_what_is_kept_holds() =>
        Gen.ULong.Sample(
            seed =>
            {
                var problem = RandomRouting.Everything(seed, 10);
                var random = Xoshiro256.FromSeed(seed, "steps");
                var plan = new WorkingPlan(problem);
                InsertAll(problem, plan);
                plan.Commit();
                for (var round = 0; round < 4; round++)
                {
                    var (before, cost) = (plan.ToSolution(), plan.Cost());
                    RemoveSome(plan, random);
                    InsertAll(problem, plan);
                    RemoveSome(plan, random);

                    plan.Undo();

                    plan.ToSolution().Should().Be(before);
                    plan.Cost().Should().BeApproximately(cost, 1e-9 * cost);
                    RemoveSome(plan, random);
                    InsertAll(problem, plan);
                    plan.Commit();
                    problem
                        .Evaluate(plan.ToSolution())
                        .Violations.Select(v => v.Constraint)
                        .Where(c => c != "unserved")
                        .Should()
                        .BeEmpty();
                }
            },
            iter: 100
        );

    [Fact]
    public void A_polished_route_holds_and_has_no_better_neighbour() =>
        Gen.Select(Gen.Int[1, 9], Gen.ULong, Gen.Int[0, 2])
            .Sample(
                t =>
                {
                    var problem = t.Item3 switch
                    {
                        0 => RandomRouting.OneWay(t.Item1, t.Item2),
                        1 => RandomRouting.Problem(t.Item1, t.Item2, hasWindows: true, capacity: 100),
                        _ => RandomRouting.Problem(t.Item1, t.Item2, capacity: 100),
                    };
                    var rules = new RouteRules(problem);
                    int[] order = [.. Enumerable.Range(0, t.Item1)];
                    Xoshiro256.FromSeed(t.Item2, "order").Shuffle<int>(order);
                    if (!rules.Holds(0, order))
                        return;
                    List<int> stops = [.. order];

                    var hasMoved = new RoutePolish(problem, rules).Improve(0, stops, () => false);

                    var cost = rules.Cost(0, CollectionsMarshal.AsSpan(stops));
                    rules.Holds(0, CollectionsMarshal.AsSpan(stops)).Should().BeTrue();
                    stops.Order().Should().Equal(Enumerable.Range(0, t.Item1));
                    (cost < rules.Cost(0, order)).Should().Be(hasMoved);
                    foreach (var other in Neighbours(stops))
                        (rules.Holds(0, other) && rules.Cost(0, other) < cost - 1e-6).Should().BeFalse();
                },
                iter: 300
            );

    private static void InsertAll(RoutingProblem problem, WorkingPlan plan)
    {
        for (var s = 0; s < problem.Stops.Count; s++)
            if (plan.RouteOf(s) is null && problem.Stops[s].DeliversFor is null)
                plan.Insert(s, () => false);
    }

    private static void RemoveSome(WorkingPlan plan, Xoshiro256 random)
    {
        WorkingRoute[] routes = [.. plan.Routes.Where(r => r.Stops.Count > 0)];
        if (routes.Length == 0)
            return;
        var route = routes[random.NextInt32(routes.Length)];
        var count = 1 + random.NextInt32(route.Stops.Count);
        plan.Remove(route, random.NextInt32(route.Stops.Count - count + 1), count);
    }

    /// <summary>Every turned stretch, and every stretch of up to three stops elsewhere.</summary>
    private static IEnumerable<int[]> Neighbours(List<int> stops)
    {
        for (var i = 0; i < stops.Count; i++)
        for (var j = i + 1; j < stops.Count; j++)
        {
            List<int> turned = [.. stops];
            turned.Reverse(i, j - i + 1);
            yield return [.. turned];
        }
        for (var length = 1; length <= 3; length++)
        for (var i = 0; i + length <= stops.Count; i++)
        for (var k = 0; k <= stops.Count - length; k++)
        {
            List<int> moved = [.. stops];
            moved.RemoveRange(i, length);
            moved.InsertRange(k, stops.GetRange(i, length));
            yield return [.. moved];
        }
    }
}
