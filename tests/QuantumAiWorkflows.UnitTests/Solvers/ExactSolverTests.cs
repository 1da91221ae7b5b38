using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.CpSat;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class ExactSolverTests
{
    private static readonly ExhaustiveSolver Exhaustive = new();
    private static readonly CpSatSolver CpSat = new();

    [Theory]
    [InlineData(Sense.Minimize, Vartype.Binary)]
    [InlineData(Sense.Maximize, Vartype.Spin)]
    public void Exhaustive_is_right_to_the_last_bit_where_sums_round(Sense sense, Vartype vartype)
    {
        // Tenths tie in exact arithmetic and differ in the last bit as doubles; 13 variables need several blocks.
        var problem = Fractions(13, _ => 0.1, sense, vartype);

        var found = (SolveOutcome.Found)Exhaustive.Solve(problem, new ExhaustiveOptions(), Some.Context());

        found.IsProven.Should().BeTrue();
        found.Bound.Should().Be(problem.Evaluate(found.Best).Objective).And.Be(Every.BestObjective(problem));
    }

    [Fact]
    public void Exhaustive_sees_small_terms_beside_drift()
    {
        // 20 variables: many Gray code steps and refreshes.
        var problem = Fractions(20, random => Math.ScaleB(random.NextDouble() - 0.5, random.NextInt32(40)));

        var found = (SolveOutcome.Found)Exhaustive.Solve(problem, new ExhaustiveOptions(), Some.Context());

        problem.Evaluate(found.Best).Objective.Should().Be(Every.BestObjective(problem));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(17)]
    public void Exhaustive_looks_at_every_assignment_once(int n)
    {
        var context = Some.Context();

        Exhaustive.Solve(Some.Qubo(n), new ExhaustiveOptions(), context);

        context.Evaluations.Should().Be(1L << n);
    }

    [Fact]
    public void Exhaustive_refuses_31_variables_with_both_numbers() =>
        Exhaustive
            .Check(Some.Qubo(31), new ExhaustiveOptions(), new SolveBudget())
            .Should()
            .BeEquivalentTo(
                new Applicability.Unsupported(
                    "exhaustive takes at most 30 variables, the problem has 31.",
                    31,
                    30,
                    "variables"
                )
            );

    [Fact]
    public void Exhaustive_refuses_a_budget_in_which_it_cannot_end()
    {
        var refusal = Exhaustive
            .Check(Some.Qubo(30), new ExhaustiveOptions(), new SolveBudget { TimeSeconds = 5, CpuSeconds = 0.5 })
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Subject;

        refusal.Needed.Should().BeApproximately(1.0737, 1e-3);
        refusal.Limit.Should().Be(0.5);
        refusal.Unit.Should().Be("seconds");
    }

    [Theory]
    [InlineData(Sense.Minimize, Vartype.Binary)]
    [InlineData(Sense.Minimize, Vartype.Spin)]
    [InlineData(Sense.Maximize, Vartype.Binary)]
    [InlineData(Sense.Maximize, Vartype.Spin)]
    public void Cp_sat_proves_what_exhaustive_finds(Sense sense, Vartype vartype)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var problem = Some.Qubo(18, 0.4, seed, sense, vartype);

            var exact = (SolveOutcome.Found)Exhaustive.Solve(problem, new ExhaustiveOptions(), Some.Context());
            var found = (SolveOutcome.Found)CpSat.Solve(problem, new CpSatOptions(), Some.Context());

            found.IsProven.Should().BeTrue();
            found.Scale.Should().BeNull();
            problem.Evaluate(found.Best).Objective.Should().Be(exact.Bound);
        }
    }

    [Theory]
    [InlineData(0.25, 4)]
    [InlineData(0.01, 100)]
    public void Cp_sat_proves_fractions_that_scale_to_whole_numbers(double unit, double scale)
    {
        var problem = Fractions(12, _ => unit, Sense.Maximize, Vartype.Spin);

        var outcome = CpSat.Solve(problem, new CpSatOptions(), Some.Context());

        outcome.Scale.Should().Be(scale);
        Referee.Judge(problem, outcome).Status.Should().Be(ResultStatus.Optimal);
        ((SolveOutcome.Found)outcome).Bound.Should().BeApproximately(Every.BestObjective(problem), 1e-12);
    }

    [Fact]
    public void Cp_sat_claims_a_widened_bound_and_no_proof_for_a_rounded_model()
    {
        var problem = Fractions(12, random => random.NextDouble() - 0.5);

        var outcome = CpSat.Solve(problem, new CpSatOptions(), Some.Context());

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeFalse();
        found.Scale.Should().BeGreaterThan(1);
        found
            .Bound.Should()
            .BeLessThan(Every.BestObjective(problem))
            .And.BeApproximately(Every.BestObjective(problem), 1e-9);
        problem.Evaluate(found.Best).Objective.Should().Be(Every.BestObjective(problem));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(2, 300.0)]
    public void Cp_sat_repeats_itself_under_deterministic_seconds(int threads, double? seconds)
    {
        var problem = Some.Qubo(70, 0.6);
        var budget = new SolveBudget
        {
            DeterministicSeconds = 0.05,
            CpuSeconds = seconds,
            Threads = threads,
        };

        var runs = Enumerable
            .Range(0, 2)
            .Select(_ =>
            {
                // The service always has a stop clock.
                var context = new SolveContext(budget, 7) { StopTimeSeconds = 300 };
                return OutcomeJson.Of(problem, CpSat.Solve(problem, new CpSatOptions(), context), context);
            })
            .ToList();

        runs[1].Should().Be(runs[0]);
    }

    [Fact]
    public void Cp_sat_refuses_a_model_that_takes_the_budget_to_build()
    {
        var problem = Some.Qubo(300, 1);

        var refusal = CpSat
            .Check(problem, new CpSatOptions(), new SolveBudget { CpuSeconds = 0.1 })
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Subject;

        refusal.Needed.Should().BeApproximately((300 + problem.NumInteractions) * 4e-6, 1e-9);
        refusal.Limit.Should().BeApproximately(0.03, 1e-12);
    }

    [Fact]
    public void Whole_models_have_the_problems_energies()
    {
        foreach (var sense in Enum.GetValues<Sense>())
        foreach (var vartype in Enum.GetValues<Vartype>())
        {
            var problem = Fractions(9, _ => 0.25, sense, vartype);
            var model = IntegerModel.Exact(problem)!;

            foreach (var bits in Every.Assignment(9))
                model
                    .ToMinimized(model.Energy(bits))
                    .Should()
                    .Be(problem.ToOwnSense(problem.Evaluate(problem.FromBits(bits)).Objective));
        }
    }

    [Fact]
    public void Rounded_models_keep_within_their_rounding_error()
    {
        var problem = Fractions(9, random => random.NextDouble(), Sense.Maximize, Vartype.Spin);
        IntegerModel.Exact(problem).Should().BeNull();
        var model = IntegerModel.Rounded(problem);

        model.RoundingError.Should().BePositive();
        foreach (var bits in Every.Assignment(9))
            model
                .ToMinimized(model.Energy(bits))
                .Should()
                .BeApproximately(
                    problem.ToOwnSense(problem.Evaluate(problem.FromBits(bits)).Objective),
                    model.RoundingError + 1e-14
                );
    }

    /// <summary>Offset 0; each coefficient is -9 to 9 times a unit of its own.</summary>
    private static QuboProblem Fractions(
        int n,
        Func<Xoshiro256, double> unit,
        Sense sense = Sense.Minimize,
        Vartype vartype = Vartype.Binary
    )
    {
        var random = Xoshiro256.FromSeed(5, "fractions");
        var builder = new QuboBuilder(_ => default) { Sense = sense, Vartype = vartype };
        for (var i = 0; i < n; i++)
        for (var j = i; j < n; j++)
        {
            // A quotient, so that a tenth is the double that a client's 0.1 is, not a multiple of another.
            var whole = random.NextInt32(19) - 9;
            var size = unit(random);
            builder.Add(i, j, size < 1 && double.IsInteger(1 / size) ? whole / (1 / size) : whole * size, 0);
        }
        return builder.Build(n, new FaultList())!;
    }
}
