using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.MeanField;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.MeanField;

public sealed class MeanFieldTests
{
    [Fact]
    public void Finds_the_optimum_of_small_problems()
    {
        foreach (var sense in Enum.GetValues<Sense>())
        foreach (var vartype in Enum.GetValues<Vartype>())
        foreach (var n in new[] { 1, 2, 5, 12 })
        {
            var problem = Some.Qubo(n, 0.6, n, sense, vartype);

            problem.Evaluate(Run(problem, new()).Found).Objective.Should().Be(Every.BestObjective(problem));
        }
    }

    [Fact]
    public void Sweeps_and_starts_are_what_was_asked_for()
    {
        var problem = Some.Qubo(30, 0.5);
        long Evaluations(int sweeps, int starts) =>
            Run(problem, new() { Sweeps = sweeps, Starts = starts }).Context.Evaluations;

        // What the final descents look at, a few passes each, is small beside 500 sweeps.
        Evaluations(500, 20).Should().BeInRange(500L * 20 * 30, 520L * 20 * 30);
        Evaluations(500, 1).Should().BeInRange(500L * 30, 520L * 30);
        Evaluations(1000, 20).Should().BeInRange(1000L * 20 * 30, 1020L * 20 * 30);
    }

    [Fact]
    public void Without_noise_starts_that_begin_hot_end_alike_and_with_noise_they_do_not()
    {
        var problem = Some.Qubo(300, 0.5, 3);
        int Distinct(double noise) =>
            Enumerable
                .Range(1, 10)
                .Select(seed =>
                    Run(
                        problem,
                        new()
                        {
                            Starts = 1,
                            Sweeps = 30,
                            Hot = 10,
                            Noise = noise,
                        },
                        seed
                    ).Found
                )
                .Distinct()
                .Count();

        Distinct(0)
            .Should()
            .Be(1, "this problem has linear terms, which choose between an answer and its mirror image");
        Distinct(10).Should().BeGreaterThan(3);
    }

    [Fact]
    public void Temperatures_and_damping_matter()
    {
        // Shortest runs, so that not all of them find the same.
        var problem = Some.Qubo(200, 0.5, 5);
        var options = new MeanFieldOptions { Sweeps = 6, Starts = 1 };

        new[] { options, options with { Hot = 3 }, options with { Cold = 0.6 }, options with { Damping = 0.3 } }
            .Select(o => Run(problem, o).Found)
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Fact]
    public void More_sweeps_end_lower()
    {
        var problem = Some.Qubo(200, 0.5, 4);
        double Mean(int sweeps) =>
            Enumerable
                .Range(1, 10)
                .Average(seed =>
                    problem.Evaluate(Run(problem, new() { Sweeps = sweeps, Starts = 1 }, seed).Found).Objective
                );

        Mean(400).Should().BeLessThan(Mean(2));
    }

    private static (Solution Found, SolveContext Context) Run(
        QuboProblem problem,
        MeanFieldOptions options,
        long seed = 1
    )
    {
        var context = new SolveContext(new(), seed);
        var outcome = new MeanFieldSolver().Solve(problem, options, context);
        return (outcome.Should().BeOfType<SolveOutcome.Found>().Subject.Best, context);
    }
}
