using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Encodings;
using QuantumAiWorkflows.UnitTests.Solvers;

namespace QuantumAiWorkflows.UnitTests.Solving;

/// <summary>QUBO solvers on a problem of another family.</summary>
public sealed class ViaQuboTests
{
    private static readonly PackingProblem Small = new()
    {
        Values = [6, 5, 4],
        Weights = [3, 2, 2],
        Sacks = 1,
        Capacity = 4,
        MaxCrates = 0,
    };

    [Fact]
    public void An_exact_solver_proves_the_optimum_of_the_problem_itself()
    {
        var outcome = Solve("exhaustive", Small);

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.Best.Should().Be(new Packing([-1, 0, 0], 0));
        (found.Bound, found.IsProven).Should().Be((9, true));
        outcome.Encoding!.RawFeasible.Should().BeTrue();
        outcome.Encoding.GroundStateFeasible.Should().BeTrue();
        outcome.Encoding.AddedPerConstraint.Should().Equal(new Dictionary<string, int> { ["capacity[0]"] = 3 });
        Referee.Judge(Small, outcome).Status.Should().Be(ResultStatus.Optimal);
    }

    [Fact]
    public void Too_small_penalties_prove_nothing_but_their_bound_stands()
    {
        var outcome = Solve("exhaustive", Small, Fixed(0.25));

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeFalse();
        found.Bound.Should().BeGreaterThanOrEqualTo(9);
        (outcome.Encoding!.RawFeasible, outcome.Encoding.GroundStateFeasible).Should().Be((false, false));
        Referee.Judge(Small, outcome).Refusal.Should().BeNull();
    }

    [Fact]
    public void Repair_is_recorded_beside_what_the_solver_reached()
    {
        var outcome = Solve("exhaustive", Small, Fixed(0.25) with { Repair = RepairChoice.Default });

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        Small.Evaluate(found.Best).IsFeasible.Should().BeTrue();
        found.IsProven.Should().BeFalse();
        var metrics = outcome.Encoding!;
        (metrics.RawFeasible, metrics.RepairedFeasible).Should().Be((false, true));
        (metrics.Repair, metrics.Policy).Should().Be((RepairChoice.Default, PenaltyPolicy.Fixed));
    }

    [Fact]
    public void Iterative_raises_what_is_violated_until_nothing_is()
    {
        var outcome = Solve(
            "exhaustive",
            new PackingProblem
            {
                Values = [90, 50, 40],
                Weights = [1, 1, 1],
                Sacks = 1,
                Capacity = 1,
                Together = 60,
                MaxCrates = 0,
            },
            new() { Penalty = new() { Policy = PenaltyPolicy.Iterative } }
        );

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.Best.Should().Be(new Packing([0, -1, -1], 0));
        found.IsProven.Should().BeTrue();
        outcome.Encoding!.Rounds.Should().Be(2);
        outcome.Encoding.RawFeasible.Should().BeTrue();
        outcome.Encoding.Penalties["capacity[0]"].Should().Be(180);
    }

    [Fact]
    public void Rounds_share_one_budget()
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                context.CountEvaluations(context.EvaluationsLeft);
                context.ShouldStop().Should().BeTrue();
                var bits = new sbyte[problem.NumVariables];
                bits.AsSpan().Fill(1);
                return new SolveOutcome.Found(problem.FromBits(bits));
            }
        );
        var context = Some.Context(budget: new() { Evaluations = 1000 });

        var outcome = Through(solver, new() { Penalty = new() { Policy = PenaltyPolicy.Iterative } })
            .Solve(Small, new StandInOptions(), context);

        context.Evaluations.Should().Be(1000);
        outcome.Encoding!.Rounds.Should().Be(10);
        solver.Asked.Select(a => a.Context.Budget.Evaluations).Should().Equal(500, 250, 125, 62, 31, 16, 8, 4, 2, 2);
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
    }

    [Fact]
    public void A_ground_state_beyond_any_objective_proves_that_there_is_no_answer()
    {
        // Both variables must be 1 for one constraint and may not for the other.
        var outcome = Solve(
            "exhaustive",
            new Contradiction(),
            new() { Penalty = new() { Policy = PenaltyPolicy.ObjectiveRange } }
        );

        outcome.Should().BeOfType<SolveOutcome.Infeasible>();
        Solve("exhaustive", new Contradiction(), new() { Penalty = new() { Policy = PenaltyPolicy.MaxCoefficient } })
            .Should()
            .BeOfType<SolveOutcome.Found>();
    }

    [Fact]
    public void An_encoding_that_leaves_answers_out_gives_neither_bound_nor_proof()
    {
        var narrow = new PackingProblem
        {
            Values = [6, 5],
            Weights = [3, 2],
            Sacks = 1,
            Capacity = 4,
            MaxCrates = 0,
            CoversOptimum = false,
        };

        var found = Solve("exhaustive", narrow).Should().BeOfType<SolveOutcome.Found>().Subject;

        (found.Bound, found.IsProven).Should().Be((null, false));
    }

    [Fact]
    public void Incumbents_are_answers_of_the_family_and_the_bound_is_in_its_sense()
    {
        var reported = new List<(Solution Best, double? Bound)>();
        var context = new SolveContext(new() { TimeSeconds = 10 }, 1)
        {
            OnIncumbent = (best, bound) => reported.Add((best, bound)),
        };
        var solver = Registered.All.First(s => s.Info.Id == "exhaustive");

        Through(solver, new()).Solve(Small, solver.ReadOptions(null, "", new())!, context);

        reported.Should().NotBeEmpty();
        reported.Should().OnlyContain(r => r.Best is Packing);
        reported[^1].Best.Should().Be(new Packing([-1, 0, 0], 0));
    }

    [Fact]
    public void Incumbents_are_repaired_where_that_was_asked_for()
    {
        // Everything is packed, which is too much; the solver ends with less than its repair comes to.
        var solver = new StandIn(
            (problem, context) =>
            {
                var all = new sbyte[problem.NumVariables];
                all.AsSpan().Fill(1);
                context.Report(problem.FromBits(all));
                return StandIn.Zeros(problem, context);
            }
        );
        var reported = new List<Solution>();
        var context = new SolveContext(new() { TimeSeconds = 10 }, 1) { OnIncumbent = (best, _) => reported.Add(best) };

        var outcome = Through(solver, new() { Repair = RepairChoice.Default })
            .Solve(Small, new StandInOptions(), context);

        reported.Should().Equal(new Packing([0, -1, -1], 0));
        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(reported[0]);
        (outcome.Encoding!.Repaired, outcome.Encoding.RawFeasible).Should().Be((true, true));
    }

    [Fact]
    public void Iterative_goes_on_with_all_that_is_left_once_nothing_is_violated()
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                context.CountEvaluations(context.EvaluationsLeft);
                context.ShouldStop().Should().BeTrue();
                var bits = new sbyte[problem.NumVariables];
                // The second answer is the better one: it packs something, with the slack that this leaves.
                if (context.Budget.Evaluations == 501)
                    (bits[0], bits[3]) = (1, 1);
                else
                    (bits[3], bits[4], bits[5]) = (1, 1, 1);
                return new SolveOutcome.Found(problem.FromBits(bits));
            }
        );
        var context = Some.Context(budget: new() { Evaluations = 1001 });

        var outcome = Through(solver, new() { Penalty = new() { Policy = PenaltyPolicy.Iterative } })
            .Solve(Small, new StandInOptions(), context);

        solver.Asked.Select(a => a.Context.Budget.Evaluations).Should().Equal(500, 501);
        solver.Asked.Select(a => a.Context.Seed).Should().OnlyHaveUniqueItems();
        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(new Packing([0, -1, -1], 0));
        outcome.Encoding!.Rounds.Should().Be(2);
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
    }

    [Fact]
    public void Iterative_does_not_go_on_where_the_solver_came_to_its_own_end()
    {
        var solver = new StandIn(StandIn.Zeros);

        var outcome = Through(solver, new() { Penalty = new() { Policy = PenaltyPolicy.Iterative } })
            .Solve(Small, new StandInOptions(), Some.Context(budget: new() { Evaluations = 1000 }));

        solver.Asked.Should().HaveCount(1);
        outcome.Encoding!.Rounds.Should().Be(1);
    }

    [Fact]
    public void An_initial_answer_reaches_the_solver_in_bits()
    {
        var solver = new StandIn(StandIn.Zeros);
        var context = Some.Context();
        context.InitialSolution = new Packing([0, -1, -1], 0);

        Through(solver, new()).Solve(Small, new StandInOptions(), context);

        var (qubo, _, asked) = solver.Asked[0];
        var bits = ((QuboSolution)asked.InitialSolution!).Values;
        bits[..3].Should().Equal(1, 0, 0);
        qubo.Evaluate(asked.InitialSolution).Objective.Should().Be(6);
    }

    [Fact]
    public void A_solver_of_sub_problems_still_may_ask_others()
    {
        var outcome = Solve("hybrid-decomposition", Small, new(), new() { Evaluations = 5_000 });

        outcome.Decomposition.Should().NotBeNull();
        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().BeOfType<Packing>();
    }

    [Fact]
    public void Samples_that_stand_for_one_answer_are_one_sample()
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                // The slack bits differ, the answer does not.
                var (one, other) = (new sbyte[problem.NumVariables], new sbyte[problem.NumVariables]);
                other[^1] = 1;
                return StandIn.Zeros(problem, context) with
                {
                    Samples = [new(problem.FromBits(one), 3), new(problem.FromBits(other), 4)],
                };
            }
        );

        var outcome = Through(solver, new()).Solve(Small, new StandInOptions(), Some.Context());

        outcome.Samples.Should().Equal(new Sample(new Packing([-1, -1, -1], 0), 7));
    }

    [Fact]
    public void Too_many_variables_are_refused_with_the_number_before_running()
    {
        var large = PackingProblem.Random(1, items: 60, sacks: 1);
        var registry = new SolverRegistry(Registered.All);
        registry.TryGet("exhaustive", out var solver).Should().BeTrue();

        var refused = registry
            .Check(solver!, large, null, "/options", new(), new())
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Subject;

        refused
            .Reason.Should()
            .MatchRegex("^As a QUBO the packing problem has 6[0-9] variables and [0-9]+ interactions; ");
        refused.Needed.Should().BeInRange(60, 70);
    }

    [Fact]
    public void Faults_of_the_encoding_stand_where_it_stands()
    {
        var registry = new SolverRegistry(Registered.All);
        registry.TryGet("tabu", out var solver).Should().BeTrue();
        var faults = new FaultList();
        var request = new EncodingRequest
        {
            Penalty = new() { Values = new Dictionary<string, double> { ["weight"] = 1 } },
        };

        registry.Check(solver!, Small, null, "/options", new(), faults, request, "/encoding").Should().BeNull();
        registry.Check(solver!, Some.Qubo(), null, "/options", new(), faults, new(), "/encoding").Should().BeNull();

        faults
            .Items.Select(f => $"{f.Code} {f.Pointer}: {f.Detail}")
            .Should()
            .Equal(
                "UnknownValue /encoding/penalty/values/weight: No constraint has this name or kind; kinds are one-sack, capacity.",
                "NotApplicable /encoding: The solver takes this problem as it is: there is nothing to encode."
            );
    }

    [Theory]
    [MemberData(nameof(Seeded), MemberType = typeof(ViaQuboTests))]
    public void Solvers_of_qubo_problems_repeat_under_a_count_budget(string id)
    {
        var (first, second) = (Run(), Run());

        first.Should().BeOfType<SolveOutcome.Found>();
        ((SolveOutcome.Found)second).Best.Should().Be(((SolveOutcome.Found)first).Best);
        second.Samples.Should().Equal(first.Samples);

        SolveOutcome Run() => Solve(id, PackingProblem.Random(5, 4, 2), new(), new() { Evaluations = 3000 });
    }

    public static TheoryData<string> Seeded => ["random", "simulated-annealing", "tabu", "simulated-quantum-annealing"];

    private static EncodingRequest Fixed(double penalty) =>
        new()
        {
            Penalty = new()
            {
                Policy = PenaltyPolicy.Fixed,
                Values = new Dictionary<string, double> { ["one-sack"] = penalty, ["capacity"] = penalty },
            },
        };

    private static ViaQubo Through(ISolver solver, EncodingRequest request) => new ViaQubo(solver, request);

    private static SolveOutcome Solve(
        string id,
        Problem problem,
        EncodingRequest? request = null,
        SolveBudget? budget = null
    )
    {
        var solver = Registered.All.First(s => s.Info.Id == id);
        var context = new SolveContext(budget ?? new() { TimeSeconds = 10 }, 3)
        {
            Solvers = new SolverRegistry(Registered.All),
        };
        return Through(solver, request ?? new()).Solve(problem, solver.ReadOptions(null, "", new())!, context);
    }

    /// <summary>Two variables, of which both must be 1 and at most one may.</summary>
    private sealed class Contradiction : Problem
    {
        public override ProblemFamily Family => PackingFamily.Instance;
        public override Sense Sense => Sense.Minimize;
        public override int NumVariables => 2;
        public override long NumInteractions => 1;
        public override System.Text.Json.Nodes.JsonObject Summary => [];

        public override Evaluation Evaluate(Solution solution) => new(0, [new("pair", "", 1, "")]);

        public override EncodingResult Encode(EncodingRequest request)
        {
            var model = new ConstrainedModel(Sense);
            var (x, y) = (model.AddBinary("x"), model.AddBinary("y"));
            model.AddObjective(x, 3);
            model.AddObjective(y, 3);
            model.AddConstraint("pair", "both", "", [(x, 1), (y, 1)], Relation.Equal, 2);
            model.AddConstraint("pair", "one", "", [(x, 1), (y, 1)], Relation.AtMost, 1);
            return QuboEncoder.Encode(
                this,
                new(model, v => new Packing([.. v.Select(n => (int)n)], 0), _ => null, null, CoversOptimum: true),
                request
            );
        }

        public override System.Text.Json.Nodes.JsonObject SolutionToJson(Solution solution) => [];

        public override Solution? ReadSolution(
            System.Text.Json.JsonElement element,
            string pointer,
            FaultList faults
        ) => null;

        protected override byte[] WriteCanonical() => [.. "{}"u8];
    }
}
