using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.Solvers.DispatchingRules;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Solvers.Scheduling;

public sealed class ScheduleGenerationTests
{
    [Fact]
    public void Every_rule_gives_a_feasible_schedule_of_whatever_can_be_said() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 25])
            .Sample(
                (seed, n) =>
                {
                    var model = new DispatchModel(SomeSchedule.Random(seed, n, (ScheduleObjective)(seed % 4)));
                    var builder = new ScheduleBuilder(model);
                    var rules = new RuleSchedule(model, builder);
                    foreach (var rule in Enum.GetValues<DispatchRule>())
                    foreach (var generation in Enum.GetValues<ScheduleGeneration>())
                    {
                        var random = seed % 2 == 0 ? null : Xoshiro256.FromSeed((ulong)seed, "choices");
                        if (!rules.Build(rule, generation, random, () => false) || !IsSound(model, builder))
                            return false;
                    }
                    return true;
                },
                iter: 300
            );

    [Fact]
    public void A_backward_list_turned_round_is_feasible_and_a_bound_never_exceeds_a_schedule() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 25])
            .Sample(
                (seed, n) =>
                {
                    var model = new DispatchModel(SomeSchedule.Random(seed, n));
                    var builder = new ScheduleBuilder(model);
                    builder.PlaceAll(model.Order, Enumerable.Repeat(-1, n).ToArray());
                    return IsSound(model, builder) && model.LowerBound <= model.Score(builder.Starts, builder.Ways);
                },
                iter: 500
            );

    [Fact]
    public void A_profile_finds_the_first_gap_that_is_long_and_free_enough()
    {
        var profile = new ResourceProfile(3);
        profile.Clear();
        profile.Take(2, 3, 2);
        profile.Take(7, 2, 3);

        profile.EarliestStart(0, 2, 3).Should().Be(0);
        profile
            .EarliestStart(0, 3, 2)
            .Should()
            .Be(9, "from 5 on there are 2 units of time, and before it 2 units are taken");
        profile.EarliestStart(0, 7, 1).Should().Be(0);
        profile.EarliestStart(0, 8, 1).Should().Be(9);
        profile.EarliestStart(3, 2, 2).Should().Be(5);
        profile.EarliestStart(100, 5, 3).Should().Be(100);
    }

    [Fact]
    public void Moves_of_a_shop_keep_the_graph_free_of_cycles_and_its_length_the_objective()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var problem = Shop(seed, isFlexible: seed % 2 == 0, seed % 3 == 0);
            var model = new DispatchModel(problem);
            model.IsShop.Should().BeTrue();
            var builder = new ScheduleBuilder(model);
            builder.PlaceAll(model.Order, Enumerable.Repeat(-1, model.Count).ToArray());
            var graph = new ShopGraph(model);
            graph.Load(builder.Starts, builder.Ways);
            var random = Xoshiro256.FromSeed((ulong)seed, "moves");
            var moves = new ShopMoves(model, graph, random);
            var found = new List<ShopMove>();
            for (var step = 0; step < 60; step++)
            {
                moves.Collect(found);
                if (found.Count == 0)
                    break;
                moves.Apply(found[random.NextInt32(found.Count)]);

                graph.Time().Should().BeTrue("the tests on heads and tails are sufficient");
                var evaluation = problem.Evaluate(model.ToSolution(graph.Starts, graph.Way));
                evaluation.IsFeasible.Should().BeTrue();
                evaluation.Objective.Should().Be(graph.Length);
            }
        }
    }

    [Fact]
    public void A_round_of_tabu_search_is_never_worse_than_its_start()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var problem =
                seed % 2 == 0 ? Shop(seed, true, false) : SomeSchedule.Random(seed, 18, (ScheduleObjective)(seed % 4));
            var model = new DispatchModel(problem);
            var best = new BestSchedule(model, new SolveContext(new SolveBudget { Evaluations = 400 }, seed));
            var builder = new ScheduleBuilder(model);
            builder.PlaceAll(model.Order, Enumerable.Repeat(-1, model.Count).ToArray());
            var start = Candidate.Of(best.Offer(builder.Starts, builder.Ways), builder.Starts, builder.Ways);
            var search = ScheduleSearch.For(model, new(), best, Xoshiro256.FromSeed((ulong)seed, "tabu"));

            var reached = search.Run(start);

            reached.Score.Should().BeLessThanOrEqualTo(start.Score);
            var evaluation = problem.Evaluate(model.ToSolution(reached.Starts, reached.Ways));
            evaluation.IsFeasible.Should().BeTrue();
            evaluation.Objective.Should().Be(reached.Score);
        }
    }

    [Fact]
    public void Equal_seeds_generate_equal_shops_and_bad_parameters_are_faults()
    {
        Generated("""{"numJobs":3,"numMachines":4}""", 5)
            .Id.Should()
            .Be(Generated("""{"numJobs":3,"numMachines":4}""", 5).Id);
        Generated("""{"numJobs":3,"numMachines":4}""", 6)
            .Id.Should()
            .NotBe(Generated("""{"numJobs":3,"numMachines":4}""", 5).Id);
        var shop = Generated("""{"numJobs":3,"numMachines":4,"minDuration":7,"maxDuration":7}""", 1);
        shop.Tasks.Should().HaveCount(12).And.OnlyContain(t => t.Modes[0].Duration == 7);
        shop.Jobs.Should()
            .OnlyContain(j =>
                shop.Tasks.Skip(j.FirstTask).Take(4).Select(t => t.Modes[0].Uses[0].Resource).Distinct().Count() == 4
            );

        Faults("""{"numJobs":200,"numMachines":200}""").Should().Equal("/parameters/numJobs");
        Faults("""{"numJobs":2,"numMachines":2,"minDuration":9,"maxDuration":3}""")
            .Should()
            .Equal("/parameters/minDuration");
    }

    private static bool IsSound(DispatchModel model, ScheduleBuilder builder)
    {
        var evaluation = model.Problem.Evaluate(model.ToSolution(builder.Starts, builder.Ways));
        return evaluation.IsFeasible && evaluation.Objective == model.Score(builder.Starts, builder.Ways);
    }

    /// <summary>Five jobs of four steps on three machines, with releases and, for lateness, due dates.</summary>
    private static SchedulingProblem Shop(int seed, bool isFlexible, bool isLateness)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "shop");
        var jobs = Enumerable
            .Range(0, 5)
            .Select(j =>
            {
                var tasks = Enumerable
                    .Range(0, 4)
                    .Select(k =>
                    {
                        var modes = Enumerable
                            .Range(0, isFlexible ? 1 + random.NextInt32(3) : 1)
                            .Select(_ =>
                                $$"""{"duration":{{random.NextInt32(6)}},"uses":{"m{{random.NextInt32(3)}}":1} }"""
                            );
                        var after = k == 0 ? "" : $"\"t{j}-{k - 1}\"";
                        return $$"""{"id":"t{{j}}-{{k}}","after":[{{after}}],"modes":[{{string.Join(',', modes)}}] }""";
                    });
                var due = isLateness && j != 2 ? $"{random.NextInt32(20)}" : "null";
                return $$"""{"id":"j{{j}}","release":{{random.NextInt32(5)}},"due":{{due}},"tasks":[{{string.Join(',', tasks)}}]}""";
            });
        return SomeSchedule.Problem(
            $$""" "objective":"{{(isLateness ? "maxLateness" : "makespan")}}","resources":[{"id":"m0"},{"id":"m1"},{"id":"m2"}],"jobs":[{{string.Join(',', jobs)}}] """
        );
    }

    private static SchedulingProblem Generated(string parameters, long seed)
    {
        var faults = new FaultList();
        var problem = Generate(parameters, seed, faults);
        faults.Items.Should().BeEmpty();
        return problem!;
    }

    private static IEnumerable<string?> Faults(string parameters)
    {
        var faults = new FaultList();
        Generate(parameters, 1, faults).Should().BeNull();
        return faults.Items.Select(f => f.Pointer);
    }

    private static SchedulingProblem? Generate(string parameters, long seed, FaultList faults)
    {
        using var document = JsonDocument.Parse(parameters);
        return (SchedulingProblem?)
            ProblemGenerators.Find("scheduling-job-shop")!.Generate(document.RootElement, seed, "/parameters", faults);
    }
}
