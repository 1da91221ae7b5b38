using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa.Angles;

/// <summary>The search by the records of whole runs.</summary>
public class AngleSearchTests(ITestOutputHelper output)
{
    private static readonly QaoaSolver Qaoa = new();

    private static readonly QaoaOptions Quick = new() { CrossCheckQubits = 0 };

    private static QuantumMetrics Run(QuboProblem problem, QaoaOptions options, SolveContext? context = null) =>
        Qaoa.Solve(problem, options, context ?? QSharpCache.Context())
            .Should()
            .BeOfType<SolveOutcome.Found>()
            .Which.Quantum!;

    /// <summary>The generator's graphs that issue 4 names: 3-regular, 16 vertices unless said otherwise.</summary>
    private static QuboProblem Graph(long seed, int n = 16)
    {
        using var parameters = JsonDocument.Parse($$"""{"numVariables":{{n}},"degree":3}""");
        return (QuboProblem)
            ProblemGenerators.Find("max-cut-regular")!.Generate(parameters.RootElement, seed, "", new FaultList())!;
    }

    [Fact]
    public void Ratio_at_five_layers_is_that_of_the_best_of_random_starts_and_hits_a_hundred_times_chance()
    {
        // The full form, ten graphs and fifty starts: dotnet run --project tests/QuantumAiWorkflows.Calibration -- qaoa.
        var ratios = new List<double>();
        foreach (var seed in new[] { 1, 8, 10 })
        {
            var problem = Graph(seed);
            var quantum = Run(problem, Quick with { Layers = 5 });
            ratios.Add(quantum.ApproximationRatio!.Value);
            quantum.GroundStateEnhancement.Should().BeGreaterThan(100);
            if (seed == 10)
            {
                var random = Run(problem, Quick with { Layers = 5, Restarts = 4 });
                quantum.ApproximationRatio.Should().BeGreaterThan(random.ApproximationRatio!.Value - 0.003);
            }
        }
        output.WriteLine(string.Join(" ", ratios));
        // What fifty random starts, each optimized by bfgs, found at best: table in docs/angles.md.
        ratios[0].Should().BeGreaterThan(0.96918 - 0.003);
        ratios[1].Should().BeGreaterThan(0.92266 - 0.003);
        ratios[2].Should().BeGreaterThan(0.95651 - 0.003);
    }

    [Fact]
    public void Hits_of_published_instances_at_three_layers_are_twenty_times_chance()
    {
        foreach (var name in new[] { "be100.1_first16", "gka2b_first16" })
        {
            var quantum = Run(DataSets.Named("qubo-derived", name).Read(), Quick with { Layers = 3 });

            output.WriteLine($"{name}: {quantum.GroundStateEnhancement:F1}, ratio {quantum.ApproximationRatio:F4}");
            quantum.GroundStateEnhancement.Should().BeGreaterThan(20, name);
        }
    }

    [Fact]
    public void Ratio_of_a_max_cut_is_the_expected_cut_over_the_largest()
    {
        var problem = Graph(3, n: 10);
        var largest = Every.BestObjective(problem);

        var quantum = Run(problem, Quick);

        Every.Objective(problem).Min().Should().Be(0, "all vertices on one side");
        quantum.ApproximationRatio.Should().BeApproximately(quantum.Expectation / largest, 1e-12);
    }

    [Fact]
    public void Enhancement_is_the_ground_states_probability_over_their_share()
    {
        var problem = Some.Qubo(8, seed: 3, sense: Sense.Maximize);
        var all = Every.Objective(problem).ToList();

        var quantum = Run(problem, Quick);

        quantum.RandomGroundStateProbability.Should().Be(all.Count(v => v == all.Max()) / 256.0);
        quantum
            .GroundStateEnhancement.Should()
            .Be(quantum.GroundStateProbability / quantum.RandomGroundStateProbability)
            .And.BeGreaterThan(1);
    }

    [Theory]
    [InlineData(QaoaOptimizer.Auto, "bfgs")]
    [InlineData(QaoaOptimizer.Bfgs, "bfgs")]
    [InlineData(QaoaOptimizer.NelderMead, "nelderMead")]
    [InlineData(QaoaOptimizer.Spsa, "spsa")]
    public void Every_optimizer_improves_on_the_ramps_and_counts_what_it_did(QaoaOptimizer optimizer, string name)
    {
        var problem = Some.Qubo(8, seed: 11);
        var options = Quick with { Layers = 3, Optimizer = optimizer, Restarts = 1, MaxEvaluations = 600 };
        var context = QSharpCache.Context(2);

        var quantum = Run(problem, options, context);
        var ramps = Run(problem, options with { MaxEvaluations = 9 });

        quantum.Optimizer.Should().Be(name);
        quantum.Objective.Should().Be("expectation");
        quantum.ObjectiveValue.Should().BeApproximately(quantum.Expectation, 1e-9);
        quantum.ApproximationRatio.Should().BeGreaterThan(ramps.ApproximationRatio!.Value + 0.01);
        quantum.EvaluationsByPhase!.Keys.Should().Equal("ramps", "refinement", "interpolation", "restarts");
        quantum.EvaluationsByPhase["ramps"].Should().Be(9);
        quantum.EvaluationsByPhase.Values.Sum().Should().Be(context.Evaluations).And.BeLessThanOrEqualTo(600);
    }

    [Fact]
    public void The_same_seed_and_count_give_the_same_search_with_every_optimizer_and_objective()
    {
        var problem = Some.Qubo(7, seed: 2);
        foreach (var optimizer in Enum.GetValues<QaoaOptimizer>())
        foreach (var objective in Enum.GetValues<QaoaObjective>())
        {
            var options = Quick with { Optimizer = optimizer, Objective = objective, Restarts = 2 };
            string Once(long seed)
            {
                var context = QSharpCache.Context(seed, new() { Evaluations = 120 });
                var quantum = Run(problem, options, context);
                context.Evaluations.Should().BeInRange(60, 120);
                return JsonSerializer.Serialize(quantum with { CompileCached = true });
            }

            Once(5).Should().Be(Once(5));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(40)]
    public void A_budget_that_pays_no_further_gradient_ends_the_search(int evaluations)
    {
        var context = QSharpCache.Context(budget: new() { Evaluations = evaluations });

        Run(Some.Qubo(6), Quick, context);

        context.Evaluations.Should().BeInRange(Math.Max(1, evaluations - 2), evaluations);
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
    }

    [Theory]
    [InlineData(QaoaObjective.Cvar, "cvar")]
    [InlineData(QaoaObjective.Gibbs, "gibbs")]
    public void Other_objectives_trade_the_expectation_for_lower_costs(QaoaObjective objective, string name)
    {
        var problem = Some.Qubo(10, density: 0.6, seed: 17, sense: Sense.Maximize);
        var options = Quick with { Objective = objective, GibbsEta = 3 };

        var mean = Run(problem, Quick);
        var other = Run(problem, options);

        other.Objective.Should().Be(name);
        other.ObjectiveValue.Should().BeGreaterThan(other.Expectation, "both reward the upper tail of a maximization");
        other.Expectation.Should().BeLessThanOrEqualTo(mean.Expectation + 1e-6);
        other.GroundStateProbability.Should().BeGreaterThan(mean.GroundStateProbability!.Value);
    }

    [Fact]
    public void Objectives_are_there_on_Q_sharps_simulator_too()
    {
        var problem = Some.Qubo(5, seed: 8);
        var options = Quick with
        {
            ExecutionPath = QaoaExecutionPath.QSharpSimulator,
            Objective = QaoaObjective.Cvar,
            MaxEvaluations = 20,
            Layers = 2,
        };

        var theirs = Run(problem, options);
        var ours = Run(
            problem,
            options with
            {
                ExecutionPath = QaoaExecutionPath.QSharpQir,
                Optimizer = QaoaOptimizer.NelderMead,
            }
        );

        theirs.Optimizer.Should().Be("nelderMead");
        theirs.ObjectiveValue.Should().BeApproximately(ours.ObjectiveValue!.Value, 1e-6);
        theirs.Expectation.Should().BeApproximately(ours.Expectation, 1e-6);
    }

    [Theory]
    [InlineData(1e-11)]
    [InlineData(1)]
    [InlineData(1e14)]
    public void Single_precision_finds_the_angles_of_double_precision_at_any_scale_that_it_takes(double sum)
    {
        var problem = Summing(sum);

        var single = Run(problem, Quick with { Precision = QaoaPrecision.Single });

        single.Optimizer.Should().Be("bfgs");
        single.ApproximationRatio.Should().BeApproximately(Run(problem, Quick).ApproximationRatio!.Value, 1e-3);
    }

    [Theory]
    [InlineData(1e-13)]
    [InlineData(1e16)]
    [InlineData(1e60)]
    public void Costs_that_single_precision_does_not_hold_are_refused(double sum)
    {
        var options = Quick with { Precision = QaoaPrecision.Single };

        Qaoa.Check(Summing(sum), options, new())
            .Should()
            .BeOfType<Applicability.BadOptions>()
            .Which.Faults.Should()
            .ContainSingle()
            .Which.Pointer.Should()
            .Be("/precision");
        Qaoa.Check(Summing(sum), Quick, new()).Should().BeOfType<Applicability.Supported>();
    }

    /// <param name="sum">Of the Ising form's coefficients.</param>
    private static QuboProblem Summing(double sum)
    {
        var model = Some.Qubo(8, seed: 3).Model;
        var (terms, ising) = (model.Terms, model.ToIsing());
        var scale = sum / ising.Linear.Concat(ising.Value).Sum(Math.Abs);
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < terms.NumVariables; i++)
            builder.Add(i, i, scale * terms.Linear[i], 0);
        for (var k = 0; k < terms.Value.Length; k++)
            builder.Add(terms.Row[k], terms.Column[k], scale * terms.Value[k], 0);
        return builder.Build(terms.NumVariables, new())!;
    }

    [Theory]
    [InlineData(QaoaOptimizer.Bfgs)]
    [InlineData(QaoaOptimizer.NelderMead)]
    public void The_larger_eta_the_likelier_is_the_optimum(QaoaOptimizer optimizer)
    {
        var problem = Some.Qubo(9, density: 0.6, seed: 17);
        double Ground(double eta) =>
            Run(
                problem,
                Quick with
                {
                    Optimizer = optimizer,
                    Objective = QaoaObjective.Gibbs,
                    GibbsEta = eta,
                }
            ).GroundStateProbability!.Value;

        output.WriteLine(string.Join(" ", new[] { 0.3, 1, 3, 10, 30, 100, 300, 1000 }.Select(Ground)));
        Ground(1000).Should().BeGreaterThan(Ground(10) - 0.01).And.BeGreaterThan(Ground(1));
    }

    [Fact]
    public void Gibbs_of_a_ring_is_relative_to_what_the_ring_can_give()
    {
        // Without a penalty all ones would be far below every string of the groups.
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 8; i++)
            builder.Add(i, i, -100 - i, 0);
        var problem = builder.Build(8, new())!;
        var ring = Quick with
        {
            Variant = QaoaVariant.XyRing,
            Groups =
            [
                [0, 1, 2, 3],
                [4, 5, 6, 7],
            ],
            Layers = 1,
            Objective = QaoaObjective.Gibbs,
            GibbsEta = 1000,
        };

        var quantum = Run(problem, ring);

        quantum.ObjectiveValue.Should().BeInRange(-103 - 107 - 1e-9, -100 - 104);
    }

    [Fact]
    public void Gradients_are_refused_where_there_are_none() =>
        Fault(new() { ExecutionPath = QaoaExecutionPath.QSharpSimulator, Optimizer = QaoaOptimizer.Bfgs })
            .Should()
            .Be("/optimizer");

    [Fact]
    public void Single_precision_is_refused_where_there_is_none()
    {
        Fault(new() { Precision = QaoaPrecision.Single, Variant = QaoaVariant.WarmStart }).Should().Be("/precision");
        Fault(new() { Precision = QaoaPrecision.Single, ExecutionPath = QaoaExecutionPath.QSharpSimulator })
            .Should()
            .Be("/precision");
    }

    private static string Fault(QaoaOptions options) =>
        Qaoa.Check(Some.Qubo(4), options, new())
            .Should()
            .BeOfType<Applicability.BadOptions>()
            .Which.Faults.Should()
            .ContainSingle()
            .Which.Pointer!;
}
