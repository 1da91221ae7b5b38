using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo;

public class QuboScaleTests
{
    [Theory]
    [InlineData(Vartype.Binary)]
    [InlineData(Vartype.Spin)]
    public void The_origin_of_gaps_is_near_the_mean_of_all_assignments(Vartype vartype)
    {
        var problem = Some.Qubo(12, vartype: vartype);
        var objectives = Every.Objective(problem).ToArray();
        var mean = objectives.Average();
        var error = Math.Sqrt(objectives.Average(f => (f - mean) * (f - mean)) / 1000);

        problem.GapOrigin.Should().BeInRange(mean - 4 * error, mean + 4 * error);
        problem.GapOrigin.Should().Be(Some.Qubo(12, vartype: vartype).GapOrigin, "the seed is fixed");
    }

    [Fact]
    public void The_origin_moves_with_the_offset()
    {
        var (low, high) = (WithOffset(0), WithOffset(500));

        (high.GapOrigin - low.GapOrigin).Should().BeApproximately(500, 1e-9);

        static QuboProblem WithOffset(double offset)
        {
            var builder = new QuboBuilder(_ => default) { Offset = offset };
            builder.Add(0, 0, -3, 0);
            builder.Add(0, 1, 2, 1);
            return builder.Build(3, new FaultList())!;
        }
    }

    [Fact]
    public void The_worst_objective_is_that_of_the_enumeration() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 1000], Gen.Bool, Gen.Bool)
            .Sample(
                (n, seed, maximize, spin) =>
                {
                    var problem = Some.Qubo(
                        n,
                        seed: seed,
                        sense: maximize ? Sense.Maximize : Sense.Minimize,
                        vartype: spin ? Vartype.Spin : Vartype.Binary
                    );
                    var expected = maximize ? Every.Objective(problem).Min() : Every.Objective(problem).Max();
                    return Math.Abs(problem.WorstObjective!.Value - expected) < 1e-9;
                },
                iter: 200
            );

    [Fact]
    public void The_worst_objective_of_a_large_problem_is_not_known() => Some.Qubo(21).WorstObjective.Should().BeNull();
}
