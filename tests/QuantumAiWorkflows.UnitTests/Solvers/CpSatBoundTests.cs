using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.CpSat;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Solvers.Presolve;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class CpSatBoundTests
{
    /// <summary>
    /// Whole coefficients with a common divisor, of which CP-SAT says the bound in doubles: -407464943255.9999 is no reason
    /// to claim -407464943255.
    /// </summary>
    [Fact]
    public void A_bound_is_never_above_the_optimum_of_large_whole_coefficients()
    {
        var problem = ReducibleProblems.Of(
            3,
            [(1, 1, -171_668_414_304), (0, 1, -71_725_875_108), (0, 2, -164_070_653_844)]
        );
        var bounds = new List<double>();
        var context = new SolveContext(new() { Evaluations = 500 }, 1)
        {
            OnIncumbent = (_, bound) => bounds.Add(bound ?? double.NegativeInfinity),
        };

        new CpSatSolver().Solve(problem, new CpSatOptions(), context);

        bounds.Max().Should().BeLessThanOrEqualTo(ReducibleProblems.Best(problem));
    }

    [Fact]
    public void A_run_that_its_count_ends_passes_the_referee_with_large_whole_coefficients()
    {
        var problem = ReducibleProblems.Of(
            6,
            [
                (1, 3, -30_032_563_372),
                (1, 5, -19_637_291_940),
                (2, 3, -26_690_639_514),
                (2, 5, -25_764_992_988),
                (3, 4, -4_014_221_134),
                (3, 5, -23_437_987_734),
            ]
        );

        var outcome = new CpSatSolver().Solve(problem, new CpSatOptions(), new(new() { Evaluations = 2 }, 1));

        Referee.Judge(problem, outcome).Refusal.Should().BeNull();
    }
}
