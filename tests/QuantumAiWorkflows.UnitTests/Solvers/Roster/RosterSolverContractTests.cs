using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Solvers.Roster;

/// <summary>What every solver of rosters promises, whatever its method.</summary>
public sealed class RosterSolverContractTests
{
    private static readonly IReadOnlyList<ISolver> All =
    [
        .. Registered.All.Where(s => s.Families.Contains(RosterFamily.Instance.Id)),
    ];

    public static TheoryData<string> Ids => [.. All.Select(s => s.Info.Id)];

    [Fact]
    public void The_solvers_of_the_family_are_those_that_auto_tries() =>
        All.Select(s => s.Info.Id).Should().BeEquivalentTo(RosterFamily.Instance.ClassicalSolvers);

    [Theory, MemberData(nameof(Ids))]
    public void Finds_the_best_of_all_rosters_where_there_are_few_and_never_beats_it(string id) =>
        Gen.Long[0, 1_000_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    var feasible = Rosters.All(problem).Select(problem.Evaluate).Where(e => e.IsFeasible).ToList();

                    var (outcome, _) = Run(id, problem, new() { Evaluations = 400_000 }, seed);

                    var ruling = Referee.Judge(problem, outcome);
                    return ruling.Refusal is null
                        && (
                            feasible.Count == 0
                                ? outcome is SolveOutcome.Infeasible or SolveOutcome.NothingFound
                                : ruling.Evaluation is { IsFeasible: true } found
                                    && found.Objective == feasible.Min(e => e.Objective)
                        );
                },
                iter: 60
            );

    [Theory, MemberData(nameof(Ids))]
    public void Same_seed_same_answer(string id)
    {
        var problem = Rosters.Generate("""{"staff":8,"days":14,"shifts":3}""", 3);
        foreach (var evaluations in new long[] { 1, 7, 60, 5_000, 300_000 })
        {
            // Rosters of cp-sat are found, not looked at: a few of them take its whole run.
            var budget = new SolveBudget { Evaluations = id == "cp-sat" ? Math.Min(evaluations, 3) : evaluations };

            var first = Run(id, problem, budget, 3);
            var second = Run(id, (RosterProblem)Posted.Again(problem), budget, 3);

            OutcomeJson
                .Of(problem, second.Outcome, second.Context)
                .Should()
                .Be(OutcomeJson.Of(problem, first.Outcome, first.Context));
            first.Context.Evaluations.Should().BeInRange(1, budget.Evaluations!.Value);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_by_itself_without_any_limit_with_a_roster_that_keeps_every_rule(string id)
    {
        var problem = Rosters.Read(RosterFamily.Instance.Example.ToJsonString());

        var (outcome, context) = Run(id, problem, new(), 1);

        context.StoppedBy.Should().BeNull();
        Referee.Judge(problem, outcome).Evaluation!.IsFeasible.Should().BeTrue();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_within_time_and_CPU_budgets(string id)
    {
        var problem = Rosters.Generate("""{"staff":20,"days":28,"shifts":3}""", 5);
        foreach (
            var (budget, expected) in new (SolveBudget, StoppedBy)[]
            {
                (new() { TimeSeconds = 0.5 }, StoppedBy.Time),
                (new() { CpuSeconds = 0.5 }, StoppedBy.Cpu),
            }
        )
        {
            var (outcome, context) = Run(id, problem, budget, 1);

            outcome.Should().Match<SolveOutcome>(o => o is SolveOutcome.Found || o is SolveOutcome.NothingFound);
            context.StoppedBy.Should().Be(expected);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_cancel_before_the_start_returns_what_was_given(string id)
    {
        var problem = Rosters.Read(RosterFamily.Instance.Example.ToJsonString());
        foreach (var initial in new[] { null, new RosterSolution([.. Enumerable.Repeat(RosterSolution.Off, 28)]) })
        {
            var context = Registered.Context(Solver(id), new());
            context.InitialSolution = initial;
            context.RequestStop(StoppedBy.Cancel);

            var outcome = Solver(id).Solve(problem, Registered.Options(Solver(id)), context);

            if (initial is null)
                outcome.Should().BeOfType<SolveOutcome.NothingFound>();
            else
                outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(initial);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Reports_improvements_only_and_the_best_one_last(string id)
    {
        var problem = Rosters.Generate("""{"staff":10,"days":14,"shifts":2}""", 4);
        var objectives = new List<double>();
        var context = Registered.Context(
            Solver(id),
            new() { Evaluations = id == "cp-sat" ? 5 : 200_000 },
            seed: 4,
            onIncumbent: (best, _) => objectives.Add(problem.Evaluate(best).Objective)
        );

        var found = (SolveOutcome.Found)Solver(id).Solve(problem, Registered.Options(Solver(id)), context);

        objectives.Should().NotBeEmpty().And.BeInDescendingOrder();
        objectives[^1].Should().Be(problem.Evaluate(found.Best).Objective);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Is_never_worse_than_its_initial_solution(string id)
    {
        var problem = Rosters.Generate("""{"staff":6,"days":14,"shifts":2}""", 6);
        var best = (SolveOutcome.Found)Run("cp-sat", problem, new() { DeterministicSeconds = 60 }, 1).Outcome;
        foreach (var evaluations in new long[] { 1, 2, 100 })
        {
            var context = Registered.Context(Solver(id), new() { Evaluations = evaluations });
            context.InitialSolution = best.Best;

            var outcome = Solver(id).Solve(problem, Registered.Options(Solver(id)), context);

            problem
                .Evaluate(((SolveOutcome.Found)outcome).Best)
                .Objective.Should()
                .Be(problem.Evaluate(best.Best).Objective);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Options_at_the_ends_of_their_ranges_are_taken(string id)
    {
        var problem = Rosters.Read(RosterFamily.Instance.Example.ToJsonString());
        foreach (var (name, property) in Solver(id).OptionsSchema["properties"]?.AsObject() ?? [])
        foreach (var end in new[] { "minimum", "maximum" })
        {
            if (property?[end] is not { } value)
                continue;
            using var json = JsonDocument.Parse(new JsonObject { [name] = value.DeepClone() }.ToJsonString());
            var options = Solver(id).ReadOptions(json.RootElement, "", new())!;

            var outcome = Solver(id)
                .Solve(problem, options, Registered.Context(Solver(id), new() { Evaluations = 2_000 }));

            Referee.Judge(problem, outcome).Refusal.Should().BeNull();
        }
    }

    [Fact]
    public void Reads_sweeps_and_temperatures_are_what_annealing_does()
    {
        var problem = Rosters.Generate("""{"staff":8,"days":14,"shifts":3}""", 3);
        var perSweep = 8 * 14;

        var (_, context) = Run("simulated-annealing", problem, new(), 1, """{"reads":3,"sweeps":50}""");
        var (_, shots) = Run("simulated-annealing", problem, new() { Shots = 4 }, 1, """{"sweeps":50}""");
        var (always, _) = Run(
            "simulated-annealing",
            problem,
            new(),
            1,
            """{"reads":1,"sweeps":500,"betaRange":{"hot":1e-9,"cold":1e-9}}"""
        );
        var (cooled, _) = Run("simulated-annealing", problem, new(), 1, """{"reads":1,"sweeps":500}""");

        context.Evaluations.Should().Be(3 * 50 * perSweep);
        shots.Shots.Should().Be(4);
        shots.Evaluations.Should().Be(4 * 50 * perSweep);
        var cold = problem.Evaluate(((SolveOutcome.Found)cooled).Best).Objective;
        if (always is SolveOutcome.Found hot)
            problem.Evaluate(hot.Best).Objective.Should().BeGreaterThan(cold);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Horizons_of_a_day_or_two_are_taken(string id)
    {
        foreach (var days in new[] { 1, 2 })
        foreach (var staff in new[] { 1, 3 })
        {
            var problem = Rosters.Generate($$"""{"staff":{{staff}},"days":{{days}},"shifts":1}""", days);

            var (outcome, _) = Run(id, problem, new() { Evaluations = 2_000 }, 1);

            Referee.Judge(problem, outcome).Evaluation!.IsFeasible.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("Instance1")]
    [InlineData("Instance2")]
    [InlineData("Instance3")]
    public void Annealing_comes_near_the_best_known_value_of_a_published_roster(string name)
    {
        var file = DataSets.Files("nurse").Single(f => f.Name == name);
        var problem = Rosters.Import(File.ReadAllBytes(file.Path), new FaultList())!;

        var (outcome, _) = Run("simulated-annealing", problem, new() { Evaluations = 4_000_000 }, 1);

        var found = Referee.Judge(problem, outcome).Evaluation!;
        found.IsFeasible.Should().BeTrue();
        found.Objective.Should().BeInRange(file.BestKnown, 1.25 * file.BestKnown);
    }

    private static ISolver Solver(string id) => All.Single(s => s.Info.Id == id);

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        string id,
        RosterProblem problem,
        SolveBudget budget,
        long seed,
        string options = "{}"
    )
    {
        var solver = Solver(id);
        using var json = JsonDocument.Parse(options);
        var context = Registered.Context(solver, budget, seed);
        return (solver.Solve(problem, solver.ReadOptions(json.RootElement, "", new())!, context), context);
    }
}
