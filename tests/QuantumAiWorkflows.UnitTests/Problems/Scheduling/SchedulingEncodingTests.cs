using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Encodings;
using QuantumAiWorkflows.UnitTests.Solvers;
using QuantumAiWorkflows.UnitTests.Solvers.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Problems.Scheduling;

public sealed class SchedulingEncodingTests : EncodingContract
{
    /// <summary>Two jobs of two steps, each on both of two machines: makespan 3 at best.</summary>
    private const string Shop = """
        "resources":[{"id":"m1"},{"id":"m2"}],
        "jobs":[
          {"id":"a","due":3,"weight":2,"tasks":[{"id":"a1","modes":[{"duration":1,"uses":{"m1":1}}]},{"id":"a2","after":["a1"],"modes":[{"duration":1,"uses":{"m2":1}}]}]},
          {"id":"b","due":1,"tasks":[{"id":"b1","modes":[{"duration":1,"uses":{"m2":1}}]},{"id":"b2","after":["b1"],"modes":[{"duration":2,"uses":{"m1":1}}]}]}]
        """;

    private static readonly ScheduleObjective[] Objectives = Enum.GetValues<ScheduleObjective>();

    protected override IEnumerable<Problem> Problems =>
        [
            .. Objectives.Select(o => Workshop("\"objective\":\"" + Name(o) + "\"," + Shop)),
            SomeSchedule.Workshop(),
            .. Objectives.Select((o, k) => SomeSchedule.Random(40 + k, 3, o, maxDuration: 2)),
            // Three at a time of which each takes one of two units.
            Workshop(
                """
                "resources":[{"id":"crew","capacity":2}],
                "jobs":[{"id":"x","tasks":[{"id":"x1","modes":[{"duration":1,"uses":{"crew":1}}]}]},
                        {"id":"y","tasks":[{"id":"y1","modes":[{"duration":1,"uses":{"crew":1}}]}]},
                        {"id":"z","tasks":[{"id":"z1","modes":[{"duration":1,"uses":{"crew":1}}]}]}]
                """
            ),
        ];

    protected override Solution? Feasible(Problem problem, Xoshiro256 random)
    {
        var scheduling = (SchedulingProblem)problem;
        var encoding = Encoded(problem, new());
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var schedule = new SchedulingSolution(
                scheduling.Tasks.Select(
                    (t, i) =>
                        new Placement(i, random.NextInt32(scheduling.Horizon + 1), random.NextInt32(t.Modes.Length))
                )
            );
            if (problem.Evaluate(schedule).IsFeasible && encoding.Encode(schedule) is not null)
                return schedule;
        }
        return null;
    }

    [Fact]
    public void The_constraints_of_the_model_are_those_of_the_referee_at_every_schedule_within_the_windows()
    {
        var checkedAny = 0;
        foreach (var objective in Objectives)
            for (var seed = 0; seed < 12; seed++)
            {
                var problem = SomeSchedule.Random(seed, 2 + seed % 2, objective, maxDuration: 2);
                var encoding = Encoded(problem, new());
                foreach (var schedule in Schedules(problem))
                {
                    if (encoding.Encode(schedule) is not { } bits)
                        continue;
                    var evaluation = problem.Evaluate(schedule);
                    encoding.Decode(bits).Should().Be(schedule);
                    encoding.IsFeasible(bits).Should().Be(evaluation.IsFeasible);
                    if (!evaluation.IsFeasible)
                        continue;
                    Energy(encoding, bits).Should().Be(evaluation.Objective);
                    checkedAny++;
                }
            }
        checkedAny.Should().BeGreaterThan(250);
    }

    [Fact]
    public void The_windows_hold_a_best_schedule_whatever_the_objective()
    {
        foreach (var objective in Objectives)
            for (var seed = 0; seed < 15; seed++)
            {
                var problem = SomeSchedule.Random(seed, 2 + seed % 2, objective, maxDuration: 2);
                var encoding = Encoded(problem, new());

                encoding.CoversOptimum.Should().BeTrue();
                Schedules(problem)
                    .Where(s => problem.Evaluate(s).IsFeasible && encoding.Encode(s) is not null)
                    .Min(s => problem.Evaluate(s).Objective)
                    .Should()
                    .Be(EverySchedule.BestObjective(problem));
            }
    }

    [Fact]
    public void On_machines_nothing_takes_slack_and_the_makespan_is_one_hot_from_the_longest_chain()
    {
        var encoding = Encoded(Workshop(Shop), new() { Horizon = 5 });

        encoding.Constraints.Sum(c => c.AddedVariables).Should().Be(0);
        encoding
            .Constraints.Select(c => c.Kind)
            .Distinct()
            .Should()
            .BeEquivalentTo("start", "precedence", "capacity", "completion");
        encoding.Variables.TakeLast(3).Select(v => v.Name).Should().Equal("makespan: 3", "makespan: 4", "makespan: 5");
        // A list schedule ends at 3, which the longest chain does, too: the makespan is known.
        Encoded(Workshop(Shop), new()).Qubo.NumVariables.Should().Be(2 + 2 + 1 + 1);
    }

    [Fact]
    public void A_longer_horizon_takes_more_variables_and_a_shorter_one_proves_nothing()
    {
        var problem = Workshop(Shop);

        Encoded(problem, new() { Horizon = 5 })
            .Qubo.NumVariables.Should()
            .Be(4 + 4 + 3 + 3 + 3, "two machines' starts and the ends 3, 4 and 5");
        Encoded(problem, new() { Horizon = 5 }).CoversOptimum.Should().BeTrue();
        Encoded(SomeSchedule.Workshop(), new() { Horizon = 8 }).CoversOptimum.Should().BeTrue();
        Encoded(SomeSchedule.Workshop("totalTardiness"), new() { Horizon = 8 }).CoversOptimum.Should().BeFalse();
    }

    [Fact]
    public void A_horizon_that_is_too_short_is_a_fault_with_the_least_that_it_needs()
    {
        var fault = Workshop(Shop)
            .Encode(new() { Horizon = 2 })
            .Should()
            .BeOfType<EncodingResult.BadRequest>()
            .Which.Faults.Should()
            .ContainSingle()
            .Subject;

        (fault.Code, fault.Pointer, fault.Limit!.GetValue<long>()).Should().Be((FaultCode.OutOfRange, "/horizon", 3));
        Encoded(Workshop(Shop), new() { Horizon = 3 }).Qubo.NumVariables.Should().BePositive();
    }

    [Fact]
    public void Other_families_refuse_a_horizon()
    {
        var fault = new PackingProblem
        {
            Values = [1],
            Weights = [1],
            Sacks = 1,
            Capacity = 1,
        }
            .Encode(new() { Horizon = 9 })
            .Should()
            .BeOfType<EncodingResult.BadRequest>()
            .Which.Faults.Should()
            .ContainSingle()
            .Subject;

        (fault.Code, fault.Pointer).Should().Be((FaultCode.NotApplicable, "/horizon"));
    }

    [Fact]
    public void Any_answer_is_repaired_to_a_schedule_that_nothing_can_be_moved_forward_in()
    {
        var random = Xoshiro256.FromSeed(5, "repair");
        foreach (var problem in Problems.Cast<SchedulingProblem>())
        {
            var encoding = Encoded(problem, new() { Repair = RepairChoice.Default });
            for (var k = 0; k < 30; k++)
            {
                sbyte[] bits =
                [
                    .. Enumerable.Range(0, encoding.Qubo.NumVariables).Select(_ => (sbyte)(random.NextInt32(4) / 3)),
                ];
                var repaired = (SchedulingSolution)encoding.Repair(encoding.Decode(bits));
                var evaluation = problem.Evaluate(repaired);
                evaluation.Violations.Should().BeEmpty();
                foreach (var placement in repaired.Placements)
                    if (placement.Start > 0)
                        problem
                            .Evaluate(
                                new SchedulingSolution(
                                    repaired.Placements.Select(p =>
                                        p == placement ? placement with { Start = p.Start - 1 } : p
                                    )
                                )
                            )
                            .IsFeasible.Should()
                            .BeFalse();
            }
        }
    }

    [Fact]
    public void An_exact_solver_proves_the_makespan()
    {
        var problem = Workshop(Shop);
        var solver = Registered.All.First(s => s.Info.Id == "exhaustive");

        var found = new ViaQubo(
            solver,
            new()
            {
                Penalty = new() { Policy = PenaltyPolicy.ObjectiveRange },
                Horizon = 4,
            }
        ).Solve(problem, solver.ReadOptions(null, "", new())!, Some.Context()).Should().BeOfType<SolveOutcome.Found>().Subject;

        problem.Evaluate(found.Best).Objective.Should().Be(3);
        found.IsProven.Should().BeTrue();
    }

    [Fact]
    public void Too_many_tasks_variables_or_products_are_refused_with_the_number()
    {
        Refused(1_001, 1)
            .Reason.Should()
            .Be("The encoding of scheduling problems takes 1000 tasks; this one has 1001.");
        Refused(150, 10).Should().Match<EncodingResult.Refused>(r => r.Needed > EncodingLimits.MaxVariables);

        static EncodingResult.Refused Refused(int tasks, int duration) =>
            Workshop(
                    "\"resources\":[{\"id\":\"m\"}],\"jobs\":[{\"id\":\"j\",\"tasks\":["
                        + string.Join(
                            ',',
                            Enumerable
                                .Range(0, tasks)
                                .Select(i =>
                                    $$$"""{"id":"t{{{i}}}","modes":[{"duration":{{{duration}}},"uses":{"m":1}}]}"""
                                )
                        )
                        + "]}]"
                )
                .Encode(new())
                .Should()
                .BeOfType<EncodingResult.Refused>()
                .Subject;
    }

    private static SchedulingProblem Workshop(string members) => SomeSchedule.Problem(members);

    private static string Name(ScheduleObjective objective) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(objective.ToString());

    /// <summary>Every start of every task in every mode up to the horizon, feasible or not.</summary>
    private static IEnumerable<SchedulingSolution> Schedules(SchedulingProblem problem)
    {
        IEnumerable<Placement[]> all =
        [
            [],
        ];
        for (var i = 0; i < problem.Tasks.Count; i++)
        {
            var (task, before) = (i, all);
            all =
                from placed in before
                from mode in Enumerable.Range(0, problem.Tasks[task].Modes.Length)
                from start in Enumerable.Range(0, problem.Horizon + 1)
                select (Placement[])[.. placed, new(task, start, mode)];
        }
        return all.Select(p => new SchedulingSolution(p));
    }
}
