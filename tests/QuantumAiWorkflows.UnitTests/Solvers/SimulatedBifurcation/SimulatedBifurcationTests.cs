using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.SimulatedBifurcation;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.SimulatedBifurcation;

/// <summary>What the options do, and the contract for the variant that is not the default.</summary>
public sealed class SimulatedBifurcationTests
{
    private static readonly SimulatedBifurcationOptions Ballistic = new() { Variant = BifurcationVariant.Ballistic };

    public static TheoryData<BifurcationVariant> Variants => [.. Enum.GetValues<BifurcationVariant>()];

    [Theory, MemberData(nameof(Variants))]
    public void Finds_the_optimum_of_small_problems(BifurcationVariant variant)
    {
        foreach (var sense in Enum.GetValues<Sense>())
        foreach (var vartype in Enum.GetValues<Vartype>())
        foreach (var n in new[] { 1, 2, 5, 12 })
        {
            var problem = Some.Qubo(n, 0.6, n, sense, vartype);

            var (found, _) = Run(problem, new() { Variant = variant }, new());

            problem.Evaluate(found).Objective.Should().Be(Every.BestObjective(problem));
        }
    }

    [Fact]
    public void The_ballistic_variant_keeps_within_the_evaluations_budget_and_replays()
    {
        foreach (var evaluations in new long[] { 1, 2, 13, 40, 100, 333, 4_000, 50_000 })
        {
            var problem = Some.Qubo(13, vartype: Vartype.Spin);
            var budget = new SolveBudget { Evaluations = evaluations };

            var (found, context) = Run(problem, Ballistic, budget);

            context.Evaluations.Should().BeInRange(1, evaluations);
            Run(problem, Ballistic, budget).Found.Should().Be(found);
        }
    }

    [Fact]
    public void The_ballistic_variant_ends_at_the_clock()
    {
        var (_, context) = Run(Some.Qubo(300), Ballistic, new() { CpuSeconds = 0.2 });

        context.StoppedBy.Should().Be(StoppedBy.Cpu);
    }

    [Theory, MemberData(nameof(Variants))]
    public void Steps_and_trajectories_are_what_was_asked_for(BifurcationVariant variant)
    {
        var problem = Some.Qubo(30, 0.5);
        long Evaluations(int steps, int trajectories) =>
            Run(
                problem,
                new()
                {
                    Variant = variant,
                    Steps = steps,
                    Trajectories = trajectories,
                },
                new()
            ).Context.Evaluations;

        // What the final descents look at, a few passes each, is small beside 500 steps.
        Evaluations(500, 20).Should().BeInRange(500L * 20 * 30, 520L * 20 * 30);
        Evaluations(500, 1).Should().BeInRange(500L * 30, 520L * 30);
        Evaluations(1000, 20).Should().BeInRange(1000L * 20 * 30, 1020L * 20 * 30);
    }

    [Theory, MemberData(nameof(Variants))]
    public void Time_step_and_coupling_matter(BifurcationVariant variant)
    {
        // Shortest runs of several seeds, so that not all of them find the same.
        var problem = Some.Qubo(200, 0.5, 3);
        var options = new SimulatedBifurcationOptions
        {
            Variant = variant,
            Steps = 10,
            Trajectories = 1,
        };
        string Found(SimulatedBifurcationOptions given) =>
            string.Join(
                ' ',
                Enumerable.Range(1, 5).Select(seed => problem.Evaluate(Run(problem, given, new(), seed).Found).Objective)
            );

        new[] { Found(options), Found(options with { TimeStep = 0.3 }), Found(options with { Coupling = 3 }) }
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Theory, MemberData(nameof(Variants))]
    public void Longer_trajectories_end_lower(BifurcationVariant variant)
    {
        double Mean(int steps) =>
            Enumerable
                .Range(1, 10)
                .Average(seed =>
                {
                    var problem = Some.Qubo(200, 0.5, 4);
                    var options = new SimulatedBifurcationOptions
                    {
                        Variant = variant,
                        Steps = steps,
                        Trajectories = 1,
                    };
                    return problem.Evaluate(Run(problem, options, new(), seed).Found).Objective;
                });

        Mean(500).Should().BeLessThan(Mean(3));
    }

    private static (Solution Found, SolveContext Context) Run(
        QuboProblem problem,
        SimulatedBifurcationOptions options,
        SolveBudget budget,
        long seed = 1
    )
    {
        var context = new SolveContext(budget, seed);
        var outcome = new SimulatedBifurcationSolver().Solve(problem, options, context);
        Referee.Judge(problem, outcome).Refusal.Should().BeNull();
        return (outcome.Should().BeOfType<SolveOutcome.Found>().Subject.Best, context);
    }
}
