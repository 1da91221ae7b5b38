using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.Scip;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class ScipTests
{
    private static readonly ScipSolver Scip = new();

    [Theory]
    [InlineData(Sense.Minimize, Vartype.Binary, 0)]
    [InlineData(Sense.Minimize, Vartype.Spin, 1000)]
    [InlineData(Sense.Maximize, Vartype.Binary, 1000)]
    [InlineData(Sense.Maximize, Vartype.Spin, 0)]
    public void Proves_the_best_of_all_assignments_with_and_without_triangles(
        Sense sense,
        Vartype vartype,
        int triangles
    )
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var problem = Some.Qubo(13, 0.5, seed, sense, vartype);

            var found = Solve(problem, new ScipOptions { Triangles = triangles });

            found.IsProven.Should().BeTrue();
            found.Scale.Should().BeNull();
            problem.Evaluate(found.Best).Objective.Should().Be(Every.BestObjective(problem)).And.Be(found.Bound);
        }
    }

    [Fact]
    public void Proves_spins_without_fields_with_one_of_them_fixed()
    {
        var terms = Some.Qubo(14, 0.6, 3, Sense.Maximize, Vartype.Spin).Terms;
        var problem = new QuboProblem(
            terms with
            {
                Linear = new double[14],
            },
            Sense.Maximize,
            Vartype.Spin,
            labels: null
        );

        var found = Solve(problem, new ScipOptions());

        found.IsProven.Should().BeTrue();
        problem.Evaluate(found.Best).Objective.Should().Be(Every.BestObjective(problem));
    }

    [Fact]
    public void Coefficients_that_do_not_scale_get_a_widened_bound_and_no_proof()
    {
        var random = Xoshiro256.FromSeed(5, "fractions");
        var problem = Mapped(Some.Qubo(12), _ => random.NextDouble() - 0.5);

        var outcome = Scip.Solve(problem, new ScipOptions(), Some.Context());

        Referee.Judge(problem, outcome).Status.Should().Be(ResultStatus.Feasible);
        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeFalse();
        found.Scale.Should().BeGreaterThan(1);
        found
            .Bound.Should()
            .BeLessThan(Every.BestObjective(problem))
            .And.BeApproximately(Every.BestObjective(problem), 1e-5);
    }

    [Fact]
    public void Whole_coefficients_beyond_its_precision_are_rounded_and_it_says_so()
    {
        var problem = Mapped(Some.Qubo(10, 0.7, 4), c => c * 100_000_007);

        var found = Solve(problem, new ScipOptions());

        found
            .IsProven.Should()
            .BeFalse("a floating-point bound cannot tell neighbouring whole numbers of this size apart");
        found.Scale.Should().BeLessThan(1);
        found.Bound.Should().BeLessThanOrEqualTo(Every.BestObjective(problem));
    }

    [Fact]
    public void Bounds_come_while_it_searches_and_only_get_tighter()
    {
        var problem = Some.Qubo(60, 0.6, 2);
        var bounds = new List<double>();
        SolveContext? context = null;
        context = new(new SolveBudget { CpuSeconds = 60 }, 1)
        {
            OnIncumbent = (_, bound) =>
            {
                if (bound is { } known)
                    bounds.Add(known);
                if (bounds.Count == 3)
                    context!.RequestStop(StoppedBy.Cancel);
            },
        };

        var found = (SolveOutcome.Found)Scip.Solve(problem, new ScipOptions { Triangles = 0 }, context);

        bounds.Should().HaveCountGreaterThanOrEqualTo(3).And.BeInAscendingOrder();
        found.Bound.Should().BeGreaterThanOrEqualTo(bounds[^1]);
        problem.Evaluate(found.Best).Objective.Should().BeGreaterThanOrEqualTo(bounds[^1]);
    }

    [Fact]
    public void A_model_that_takes_the_budget_to_build_is_refused_with_both_numbers()
    {
        var problem = Some.Qubo(300, 1);

        var refusal = Scip.Check(problem, new ScipOptions(), new SolveBudget { CpuSeconds = 1 })
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Subject;

        refusal
            .Needed.Should()
            .BeApproximately((300 + problem.NumInteractions) * ScipSolver.MicrosecondsPerProduct * 1e-6, 1e-9);
        refusal.Limit.Should().BeApproximately(0.3, 1e-12);
        refusal.Reason.Should().StartWith("scip does not fit: building");
    }

    private static SolveOutcome.Found Solve(QuboProblem problem, ScipOptions options) =>
        Scip.Solve(problem, options, Some.Context()).Should().BeOfType<SolveOutcome.Found>().Subject;

    private static QuboProblem Mapped(QuboProblem problem, Func<double, double> map)
    {
        var terms = problem.Terms;
        return new(
            terms with
            {
                Linear = Array.ConvertAll(terms.Linear, c => map(c)),
                Value = Array.ConvertAll(terms.Value, c => map(c)),
            },
            problem.Sense,
            problem.Vartype,
            labels: null
        );
    }
}
