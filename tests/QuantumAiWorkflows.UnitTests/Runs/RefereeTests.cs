using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Runs;

public class RefereeTests
{
    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-300)]
    [InlineData(0.1)]
    [InlineData(1e12 / 7)]
    public void A_bound_meets_an_objective_by_the_problems_own_measure(double unit)
    {
        var problem = Problem(-3 * unit, 2 * unit);
        var best = problem.FromBits([1, 0]);

        Judge(problem, best, -3 * unit * (1 + 1e-12)).Status.Should().Be(ResultStatus.Optimal);
        Judge(problem, best, -3.001 * unit).Refusal.Should().Contain("does not meet");
        Judge(problem, best, -2.999 * unit).Refusal.Should().Contain("wrong side");
        Referee.Refutes(problem, -3 * unit, -2.999 * unit).Should().BeTrue();
        Referee.Refutes(problem, -3 * unit, -3.001 * unit).Should().BeFalse();
    }

    [Fact]
    public void Whole_numbers_meet_only_when_they_are_equal()
    {
        // One part in 10^12: within any relative tolerance, and yet one whole unit.
        var problem = Problem(-1_000_000_000_000, 5);
        var best = problem.FromBits([1, 0]);

        Judge(problem, best, -1_000_000_000_000).Status.Should().Be(ResultStatus.Optimal);
        Judge(problem, best, -1_000_000_000_001).Refusal.Should().Contain("does not meet");
        Referee.Refutes(problem, -1_000_000_000_000, -999_999_999_999).Should().BeTrue();
    }

    [Fact]
    public void What_large_terms_cancel_to_may_differ_by_their_rounding()
    {
        var problem = Problem(-1e6 / 3, 1e6 / 3);
        var best = problem.FromBits([1, 1]);

        Referee.Refutes(problem, problem.Evaluate(best).Objective - 1e-10, 0).Should().BeFalse();
        Referee.Refutes(problem, -1e-4, 0).Should().BeTrue();
    }

    [Fact]
    public void Infeasibility_of_a_problem_without_constraints_is_refused()
    {
        var ruling = Referee.Judge(Some.Qubo(), new SolveOutcome.Infeasible());

        ruling.Status.Should().Be(ResultStatus.Unknown);
        ruling.Refusal.Should().Contain("feasible");
    }

    private static Ruling Judge(QuboProblem problem, Solution best, double bound) =>
        Referee.Judge(problem, new SolveOutcome.Found(best, bound, IsProven: true));

    private static QuboProblem Problem(params double[] linear)
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < linear.Length; i++)
            builder.Add(i, i, linear[i], 0);
        return builder.Build(linear.Length, new FaultList())!;
    }
}
