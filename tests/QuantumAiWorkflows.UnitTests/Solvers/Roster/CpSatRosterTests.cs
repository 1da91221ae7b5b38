using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Solvers.Roster;

public sealed class CpSatRosterTests
{
    private static readonly SolveBudget Ample = new() { DeterministicSeconds = 60 };

    [Fact]
    public void Proves_what_looking_at_every_roster_shows() =>
        Gen.Long[0, 1_000_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    var feasible = Rosters.All(problem).Select(problem.Evaluate).Where(e => e.IsFeasible).ToList();

                    var (outcome, _) = Solve(problem, Ample);

                    if (feasible.Count == 0)
                        return outcome is SolveOutcome.Infeasible { Conflict.ProvenIrreducible: true };
                    return outcome is SolveOutcome.Found { IsProven: true } found
                        && problem.Evaluate(found.Best) is { IsFeasible: true } best
                        && best.Objective == feasible.Min(e => e.Objective)
                        && found.Bound == best.Objective;
                },
                iter: 100
            );

    [Fact]
    public void Solves_the_example_and_the_referee_agrees()
    {
        var problem = Rosters.Read(RosterFamily.Instance.Example.ToJsonString());

        var (outcome, _) = Solve(problem, Ample);

        Referee
            .Judge(problem, outcome)
            .Should()
            .BeEquivalentTo(new { Status = ResultStatus.Optimal, Refusal = (string?)null });
    }

    [Fact]
    public void Proves_the_published_optimum_under_a_count_of_deterministic_seconds()
    {
        var file = DataSets.Files("nurse").Single(f => f.Name == "Instance1");
        file.Proven.Should().BeTrue();
        var problem = Rosters.Import(File.ReadAllBytes(file.Path), new FaultList())!;

        var (outcome, _) = Solve(problem, new SolveBudget { DeterministicSeconds = 60 });

        var ruling = Referee.Judge(problem, outcome);
        ruling.Status.Should().Be(ResultStatus.Optimal);
        ruling.Evaluation!.Objective.Should().Be(file.BestKnown);
    }

    [Fact]
    public void Same_seed_same_answer_under_a_count()
    {
        var problem = Rosters.Generate("""{"staff":12,"days":14,"shifts":3}""", 3);
        foreach (
            var budget in new SolveBudget[]
            {
                new() { DeterministicSeconds = 0.3 },
                new() { Evaluations = 3 },
            }
        )
        {
            var (first, again) = (Solve(problem, budget), Solve(problem, budget));

            OutcomeJson
                .Of(problem, first.Outcome, first.Context)
                .Should()
                .Be(OutcomeJson.Of(problem, again.Outcome, again.Context));
        }
    }

    [Fact]
    public void Counts_the_rosters_it_finds_and_stops_at_the_last_that_the_budget_allows()
    {
        var problem = Rosters.Generate("""{"staff":12,"days":14,"shifts":3}""", 3);

        var (outcome, context) = Solve(problem, new SolveBudget { Evaluations = 2 });

        context.Evaluations.Should().Be(2);
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
        outcome.Should().BeOfType<SolveOutcome.Found>().Which.IsProven.Should().BeFalse();
    }

    [Fact]
    public void Reports_ever_better_rosters_with_bounds_that_hold()
    {
        var problem = Rosters.Generate("""{"staff":10,"days":14,"shifts":2}""", 4);
        var reports = new List<(double Objective, double? Bound)>();
        var context = new SolveContext(new() { DeterministicSeconds = 2 }, 1)
        {
            OnIncumbent = (best, bound) => reports.Add((problem.Evaluate(best).Objective, bound)),
        };

        var outcome = Solve(problem, context);

        var best = problem.Evaluate(outcome.Should().BeOfType<SolveOutcome.Found>().Subject.Best);
        reports.Should().NotBeEmpty();
        reports.Select(r => r.Objective).Should().BeInDescendingOrder().And.EndWith(best.Objective);
        reports
            .Should()
            .Contain(r => r.Bound != null)
            .And.OnlyContain(r => r.Bound == null || r.Bound <= best.Objective);
    }

    [Fact]
    public void A_cancel_keeps_the_best_roster()
    {
        using var cancel = new CancellationTokenSource();
        var problem = Rosters.Generate("""{"staff":30,"days":28,"shifts":4}""", 5);
        var context = new SolveContext(new(), 1, cancel.Token) { OnIncumbent = (_, _) => cancel.Cancel() };

        var outcome = Solve(problem, context);

        context.StoppedBy.Should().Be(StoppedBy.Cancel);
        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        problem.Evaluate(found.Best).IsFeasible.Should().BeTrue();
        Referee.Judge(problem, outcome).Refusal.Should().BeNull();
    }

    [Fact]
    public void Is_never_worse_than_the_roster_it_starts_from()
    {
        var problem = Rosters.Generate("""{"staff":6,"days":14,"shifts":2}""", 6);
        var best = (SolveOutcome.Found)Solve(problem, Ample).Outcome;
        foreach (var evaluations in new[] { 1, 2 })
        {
            var context = new SolveContext(new() { Evaluations = evaluations }, 1) { InitialSolution = best.Best };

            var outcome = Solve(problem, context);

            var objective = problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective;
            objective.Should().Be(problem.Evaluate(best.Best).Objective);
        }
    }

    [Fact]
    public void A_stop_before_the_first_roster_claims_nothing()
    {
        var problem = Rosters.Generate("""{"staff":6,"days":14,"shifts":2}""", 6);
        var context = new SolveContext(new(), 1);
        context.RequestStop(StoppedBy.Cancel);

        Solve(problem, context).Should().BeOfType<SolveOutcome.NothingFound>();
    }

    [Fact]
    public void A_model_that_cannot_be_built_in_time_is_refused_with_the_numbers()
    {
        var problem = Rosters.Generate("""{"staff":200,"days":200,"shifts":5}""", 1);

        var (time, memory) = (
            Check(problem, new() { TimeSeconds = 0.1 }),
            Check(problem, new() { MemoryMegabytes = 50 })
        );

        time.Should().BeOfType<Applicability.Unsupported>().Which.Unit.Should().Be("seconds");
        memory.Should().BeOfType<Applicability.Unsupported>().Which.Unit.Should().Be("megabytes");
        Check(problem, new() { TimeSeconds = 60 }).Should().Be(Applicability.Yes);
    }

    internal static ISolver Solver { get; } = Registered.All.Single(s => s.Info.Id == "cp-sat");

    internal static (SolveOutcome Outcome, SolveContext Context) Solve(RosterProblem problem, SolveBudget budget)
    {
        var context = new SolveContext(budget, seed: 1);
        return (Solve(problem, context), context);
    }

    private static SolveOutcome Solve(RosterProblem problem, SolveContext context) =>
        Solver.Solve(problem, Registered.Options(Solver), context);

    private static Applicability Check(RosterProblem problem, SolveBudget budget) =>
        Solver.Check(problem, Registered.Options(Solver), budget);
}
