using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Auto;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Auto;

public sealed class AutoSolverTests
{
    private static readonly ISolver Solver = ClassicalSolvers.All.Single(s => s.Info.Id == "auto");

    /// <summary>Far more than these proofs take, however busy the machine.</summary>
    private static readonly SolveBudget Minute = new() { TimeSeconds = 60 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(24, 1)]
    [InlineData(30, 1)]
    [InlineData(60, 0.1)]
    public void Small_and_sparse_problems_end_with_a_proof(int n, double density)
    {
        var (outcome, context) = Run(Some.Qubo(n, density, sense: Sense.Maximize), Minute);

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeTrue();
        context.StoppedBy.Should().BeNull("it ends with the proof, not with the budget");
        // Nothing but the presolve, or enumeration, for those that are small.
        if (n <= 24)
            (found.Auto!.Chosen ?? "exhaustive").Should().Be("exhaustive");
    }

    [Fact]
    public void Parts_that_share_nothing_are_solved_apart_and_proven_together()
    {
        // Two dense blocks, each beyond tables of small width and beyond enumeration.
        var builder = new QuboBuilder(_ => default) { Sense = Sense.Maximize, Offset = 5 };
        foreach (var (block, shift) in new[] { (Some.Qubo(26, 0.9, seed: 1), 0), (Some.Qubo(28, 0.9, seed: 2), 26) })
        {
            for (var i = 0; i < block.NumVariables; i++)
                builder.Add(i + shift, i + shift, block.Terms.Linear[i], 0);
            for (var k = 0; k < block.Terms.Value.Length; k++)
                builder.Add(block.Terms.Row[k] + shift, block.Terms.Column[k] + shift, block.Terms.Value[k], 0);
        }
        var problem = builder.Build(54, new FaultList())!;

        var (outcome, context) = Run(problem, Minute);

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.Auto!.NumParts.Should().Be(2);
        found.Auto.Parts.Select(p => p.IsProven).Should().Equal(true, true);
        found.IsProven.Should().BeTrue();
        found.Bound.Should().Be(problem.Evaluate(found.Best).Objective);
        found.Presolve!.Components.Should().Be(2);
        context.Evaluations.Should().Be(1 + found.Auto.Parts.Sum(p => p.Steps.Sum(s => s.Evaluations)));
    }

    [Fact]
    public void Without_proofs_nothing_is_asked_of_cp_sat()
    {
        var problem = Some.Qubo(40, 0.5);

        var (outcome, _) = Run(problem, new() { Evaluations = 200_000 }, new() { Proof = false });

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.IsProven.Should().BeFalse();
        Part(outcome).Steps.Should().NotContain(s => s.Purpose == AutoPurpose.Proof);
        var (proven, _) = Run(problem, Minute);
        Part(proven).Steps.Should().Contain(s => s.Purpose == AutoPurpose.Proof && s.Solver == "cp-sat");
        ((SolveOutcome.Found)proven).IsProven.Should().BeTrue();
    }

    [Fact]
    public void Candidates_race_and_the_winner_has_the_rest()
    {
        var (outcome, context) = Run(Some.Qubo(200, 0.3), new() { Evaluations = 4_000_000 });

        var part = Part(outcome);
        var race = part.Steps.Where(s => s.Purpose == AutoPurpose.Race).ToList();
        race.Where(s => s.Round == 1).Select(s => s.Solver).Should().Equal(part.Candidates.Select(c => c.Solver));
        race.Sum(s => s.Evaluations).Should().BeLessThan(1_000_000);
        part.Chosen.Should().BeOneOf(part.Candidates.Select(c => c.Solver));
        part.Reason.Should().StartWith("won the race");
        part.Steps[^1].Purpose.Should().Be(AutoPurpose.Main);
        part.Steps[^1].Solver.Should().Be(part.Chosen);
        part.Steps[^1].Evaluations.Should().BeGreaterThan(3_000_000);
        // One meter: what all of them counted, and the first answer.
        context.Evaluations.Should().Be(1 + part.Steps.Sum(s => s.Evaluations));
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
    }

    [Fact]
    public void A_first_choice_that_loses_the_race_has_the_second_half()
    {
        var lost = 0;
        for (var seed = 1; seed <= 4; seed++)
        {
            var (outcome, _) = Run(Some.Qubo(400, 0.03, seed), new() { Evaluations = 40_000_000 });

            var part = Part(outcome);
            var race = part.Steps.Where(s => s.Purpose == AutoPurpose.Race).ToArray();
            var main = part.Steps.Where(s => s.Purpose == AutoPurpose.Main).ToArray();
            var first = part.Candidates[0].Solver;
            race.Should().NotBeEmpty();
            if (main[0].Solver == first)
            {
                main.Should().OnlyContain(s => s.Solver == first);
                continue;
            }
            lost++;
            main.Skip(1).Should().NotBeEmpty().And.OnlyContain(s => s.Solver == first);
            var rest = main.Sum(s => s.Evaluations);
            main[0].Evaluations.Should().BeInRange(rest * 4 / 10, rest * 6 / 10);
            part.Chosen.Should().Be(main.Skip(1).Any(s => s.Improved) ? first : main[0].Solver);
        }
        lost.Should().BePositive("else this shows nothing");
    }

    [Fact]
    public void Without_a_race_the_first_of_the_rule_has_everything()
    {
        var (outcome, _) = Run(Some.Qubo(200, 0.3), new() { Evaluations = 300_000 }, new() { Race = false });

        var part = Part(outcome);
        part.Steps.Should().OnlyContain(s => s.Purpose == AutoPurpose.Main && s.Solver == part.Candidates[0].Solver);
        part.Chosen.Should().Be(part.Candidates[0].Solver);
    }

    [Theory]
    [InlineData(200, 0.3)]
    [InlineData(300, 0.02)]
    [InlineData(45, 0.5)]
    public void A_count_budget_replays_with_every_step(int n, double density)
    {
        var problem = Some.Qubo(n, density, seed: 3, vartype: Vartype.Spin);
        var budget = new SolveBudget { Evaluations = 2_000_000 };

        var first = Run(problem, budget, seed: 5).Outcome;
        Run(Some.Qubo(100, 0.1), budget, seed: 6);
        var second = Run(problem, budget, seed: 5).Outcome;

        JsonSerializer.Serialize(second.Auto).Should().Be(JsonSerializer.Serialize(first.Auto));
        ((SolveOutcome.Found)second).Best.Should().Be(((SolveOutcome.Found)first).Best);
    }

    [Fact]
    public void A_run_is_what_its_choice_is_and_says_so()
    {
        var (outcome, _) = Run(Some.Qubo(150, 0.4), new() { Evaluations = 1_000_000 });

        var chosen = ClassicalSolvers.All.Single(s => s.Info.Id == outcome.Auto!.Chosen);
        outcome.Ran.Should().Be(chosen.Info.Paradigm);
        outcome.Auto!.Sentence.Should().StartWith(chosen.Info.Id).And.Contain("150 variables");
    }

    [Fact]
    public void Samples_are_those_of_the_solver_that_was_chosen()
    {
        var drawn = ClassicalSolvers.All.Single(s => s.Info.Id == "simulated-bifurcation");
        var problem = Some.Qubo(400, 0.03);

        var (outcome, _) = Run(problem, new() { Evaluations = 40_000_000 });

        outcome.Auto!.Chosen.Should().Be(drawn.Info.Id, "else this shows nothing");
        outcome.Samples.Should().BeEmpty("it draws none, and the run says that it is what ran");
    }

    [Fact]
    public void A_rule_that_names_a_missing_solver_is_found_at_the_start()
    {
        var make = () => new AutoSolver(ClassicalSolvers.All.Where(s => s.Info.Id != "path-relinking"));

        make.Should().Throw<ArgumentException>().WithMessage("*path-relinking*");
    }

    [Theory]
    [InlineData(500, 0.01, "like a grid")]
    [InlineData(500, 0.06, "sparse")]
    [InlineData(500, 0.5, "dense")]
    public void The_rule_follows_the_density(int n, double density, string word) =>
        AutoRules.For(FeatureReading.Of(Some.Qubo(n, density))).When.Should().EndWith(word);

    private static AutoPart Part(SolveOutcome outcome) => outcome.Auto!.Parts[0];

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        QuboProblem problem,
        SolveBudget budget,
        AutoOptions? options = null,
        long seed = 1
    )
    {
        var context = new SolveContext(budget, seed);
        return (Solver.Solve(problem, options ?? new(), context), context);
    }
}
