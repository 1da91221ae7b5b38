using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Quantum.RecursiveQaoa;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.RecursiveQaoa;

public sealed class RecursiveQaoaTests
{
    [Fact]
    public void The_record_says_closed_form_and_quantum_inspired()
    {
        var problem = Some.Qubo(20, 0.4, 3, Sense.Maximize, Vartype.Spin);

        var (outcome, _) = Run(problem, new());

        new RecursiveQaoaSolver().Info.Paradigm.Should().Be(Paradigm.QuantumInspired);
        outcome.Ran.Should().BeNull();
        var quantum = outcome.Quantum!;
        quantum.ExecutionPath.Should().Be("closed-form");
        quantum.EvidenceLevel.Should().Be(EvidenceLevel.ClosedForm);
        quantum.Qubits.Should().Be(20);
        quantum.CircuitDepth.Should().BeNull("no circuit was compiled");
        quantum.HitRate.Should().BeNull("nothing was measured");
        outcome.Samples.Should().BeEmpty();
    }

    [Fact]
    public void The_expectation_is_the_objectives_mean_over_the_simulated_state()
    {
        var problem = Some.Qubo(9, 0.7, 4, Sense.Maximize, Vartype.Spin);

        var quantum = Run(problem, new() { CoreSize = 4 }).Outcome.Quantum!;

        var ising = problem.Model.ToIsing();
        var (probabilities, costs) = ClosedForm.SomeIsing.Layer(
            ising,
            quantum.Angles.Gammas[0],
            quantum.Angles.Betas[0]
        );
        var mean = ising.Offset + probabilities.Zip(costs, (p, c) => p * c).Sum();
        quantum.Expectation.Should().BeApproximately(-mean, 1e-9);
    }

    [Fact]
    public void Rounds_tell_how_the_core_was_reached()
    {
        var problem = Some.Qubo(30, 0.3, 5);

        var quantum = Run(problem, new() { CoreSize = 6, EliminationsPerRound = 1 }).Outcome.Quantum!;

        quantum.RoundCount.Should().Be(24);
        quantum.Rounds!.Select(r => r.Variables).Should().Equal(Enumerable.Range(7, 24).Reverse());
        quantum.Rounds![0].Interactions.Should().Be((int)problem.NumInteractions);
        quantum.Rounds![0].Expectation.Should().Be(quantum.Expectation);
        quantum.Rounds!.Should().OnlyContain(r => r.Eliminated == 1 && Math.Abs(r.Correlation) <= 1);
        quantum.Rounds!.SelectMany(r => r.Strongest).Should().OnlyContain(i => i >= 0 && i < 30);
    }

    [Fact]
    public void The_first_elimination_is_the_strongest_correlation_of_the_state()
    {
        var problem = Some.Qubo(8, 0.8, 11);

        var first = Run(problem, new() { CoreSize = 7 }).Outcome.Quantum!.Rounds![0];

        var (probabilities, _) = ClosedForm.SomeIsing.Layer(
            problem.Model.ToIsing(),
            first.Angles.Gammas[0],
            first.Angles.Betas[0]
        );
        double Mean(params int[] of) =>
            Enumerable
                .Range(0, 256)
                .Sum(z => probabilities[z] * of.Aggregate(1, (s, i) => s * (1 - 2 * ((z >> i) & 1))));
        var terms = problem.Model.Terms;
        var all = Enumerable
            .Range(0, 8)
            .Select(i => new[] { i })
            .Concat(terms.Row.Zip(terms.Column, (i, j) => new[] { i, j }))
            .ToList();
        Mean([.. first.Strongest]).Should().BeApproximately(first.Correlation, 1e-9);
        all.Max(of => Math.Abs(Mean(of))).Should().BeApproximately(Math.Abs(first.Correlation), 1e-9);
    }

    [Fact]
    public void Trees_are_solved_to_their_optimum()
    {
        // On a path every correlation at the best angles has the sign of the optimum.
        var problem = Path(60);

        var (outcome, _) = Run(problem, new() { CoreSize = 2 });

        problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective.Should().Be(-59);
    }

    [Fact]
    public void Is_far_better_than_random_choices_and_both_ablations_are_classical()
    {
        var problem = Generated("max-cut-regular", """{"numVariables":120,"degree":3}""");
        double Mean(CorrelationSource source) =>
            Enumerable
                .Range(1, 5)
                .Average(seed =>
                {
                    var (outcome, _) = Run(problem, new() { Correlations = source }, seed: seed);
                    (outcome.Ran == Paradigm.Classical).Should().Be(source != CorrelationSource.Auto);
                    (outcome.Quantum is null).Should().Be(source != CorrelationSource.Auto);
                    return problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective;
                });

        var (closedForm, random) = (Mean(CorrelationSource.Auto), Mean(CorrelationSource.Random));
        Mean(CorrelationSource.Coefficients).Should().BeGreaterThan(random);

        closedForm.Should().BeGreaterThan(155, "180 edges, of which about 163 can be cut");
        random.Should().BeLessThan(145);
    }

    [Fact]
    public void Eight_hundred_variables_end_by_themselves()
    {
        var problem = Generated("max-cut-random", """{"numVariables":800,"density":0.01}""");

        var (outcome, context) = Run(problem, new() { EliminationsPerRound = 40 });

        Referee.Judge(problem, outcome).Evaluation.Should().NotBeNull();
        context.StoppedBy.Should().BeNull();
        outcome.Quantum!.RoundCount.Should().BeInRange(784 / 40, 200);
    }

    [Theory]
    [InlineData("maxcut", "G1", 0.975)]
    [InlineData("qubo", "bqp250-1", 0.9)]
    public void Published_instances_end_one_variable_at_a_time(string family, string name, double share)
    {
        var instance = DataSets.Named(family, name);
        var problem = instance.Read();

        var (outcome, context) = Run(problem, new() { EliminationsPerRound = 1 });

        var ruling = Referee.Judge(problem, outcome);
        (ruling.Evaluation!.Objective / instance.BestKnown).Should().BeInRange(share, 1);
        context.StoppedBy.Should().BeNull();
        outcome.Quantum!.RoundCount.Should().BeGreaterThan(problem.NumVariables / 2);
    }

    [Fact]
    public void A_budget_of_few_evaluations_eliminates_many_per_round()
    {
        var (outcome, context) = Run(Some.Qubo(60, 0.2), new(), new() { Evaluations = 60 });

        context.Evaluations.Should().BeInRange(2, 60);
        outcome.Quantum!.Rounds!.Max(r => r.Eliminated).Should().BeGreaterThan(2);
    }

    [Fact]
    public void One_evaluation_is_no_quantum_step()
    {
        var (outcome, context) = Run(Some.Qubo(40), new(), new() { Evaluations = 1 });

        outcome.Should().BeOfType<SolveOutcome.Found>();
        (outcome.Ran, outcome.Quantum).Should().Be((Paradigm.Classical, null));
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
    }

    [Fact]
    public void A_core_that_holds_the_whole_problem_is_no_quantum_step()
    {
        var problem = Some.Qubo(10);

        var (outcome, _) = Run(problem, new() { CoreSize = 16 });

        problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective.Should().Be(Every.BestObjective(problem));
        (outcome.Ran, outcome.Quantum).Should().Be((Paradigm.Classical, null));
    }

    [Fact]
    public void Layers_without_a_circuit_are_refused_with_the_numbers()
    {
        var options = new RecursiveQaoaOptions { Layers = 3, Correlations = CorrelationSource.ClosedForm };

        var refusal = new RecursiveQaoaSolver().Check(Some.Qubo(), options, new()).Should();

        var unsupported = refusal.BeOfType<Applicability.Unsupported>().Subject;
        (unsupported.Needed, unsupported.Limit, unsupported.Unit).Should().Be((3.0, 1.0, "layers"));
    }

    [Fact]
    public void What_could_not_compute_one_expectation_is_refused_with_the_numbers()
    {
        var problem = Some.Qubo(600, 1);

        Refusal(new() { TimeSeconds = 0.05 }).Unit.Should().Be("seconds");
        Refusal(new() { TimeSeconds = 0.05 }).Needed.Should().BeGreaterThan(0.3 * 0.05);
        Refusal(new() { MemoryMegabytes = 16 }).Needed.Should().Be(300.0 * problem.NumInteractions);
        Check(new() { TimeSeconds = 10, MemoryMegabytes = 100 }).Should().BeOfType<Applicability.Supported>();

        Applicability Check(SolveBudget budget) =>
            new RecursiveQaoaSolver().Check(problem, new RecursiveQaoaOptions(), budget);
        Applicability.Unsupported Refusal(SolveBudget budget) =>
            Check(budget).Should().BeOfType<Applicability.Unsupported>().Subject;
    }

    [Fact]
    public void States_that_the_budget_has_no_memory_for_are_refused_with_the_numbers()
    {
        var options = new RecursiveQaoaOptions { Layers = 2, MaxQubits = 20 };
        Applicability Check(RecursiveQaoaOptions given, int megabytes) =>
            new RecursiveQaoaSolver().Check(Some.Qubo(30, 0.2), given, new() { MemoryMegabytes = megabytes });

        var refusal = Check(options, 40).Should().BeOfType<Applicability.Unsupported>().Subject;

        (refusal.Limit, refusal.Unit).Should().Be((40e6, "bytes"));
        refusal.Needed.Should().BeInRange(48 << 20, 1.1 * (48 << 20));
        Check(options, 60).Should().BeOfType<Applicability.Supported>();
        Check(options with { Layers = 1 }, 16).Should().BeOfType<Applicability.Supported>("there is no state");
    }

    [Fact]
    public void Several_layers_are_simulated_once_the_state_is_small_enough()
    {
        var problem = Some.Qubo(12, 0.4, 8);
        var options = new RecursiveQaoaOptions
        {
            Layers = 2,
            MaxQubits = 8,
            CoreSize = 5,
        };
        var context = new SolveContext(new(), 1) { CacheDirectory = QSharpCache.Folder };

        var outcome = new RecursiveQaoaSolver().Solve(problem, options, context);

        outcome.Ran.Should().BeNull("the answer comes from the core: no reported sample was measured");
        var rounds = outcome.Quantum!.Rounds!;
        foreach (var round in rounds)
            (round.ExecutionPath, round.Angles.Gammas.Count)
                .Should()
                .Be(round.Variables <= 8 ? ("qsharp-qir", 2) : ("closed-form", 1));
        rounds.Select(r => r.ExecutionPath).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public void One_layer_of_the_circuit_decides_as_the_closed_form_does()
    {
        var problem = Some.Qubo(7, 0.9, 2);
        var context = new SolveContext(new(), 1) { CacheDirectory = QSharpCache.Folder };
        var options = new RecursiveQaoaOptions { Correlations = CorrelationSource.Circuit, CoreSize = 6 };

        var circuit = new RecursiveQaoaSolver().Solve(problem, options, context).Quantum!.Rounds![0];

        var layer = new OneLayer().Load(IsingGraph.From(problem.Model.ToIsing()));
        layer.Evaluate(circuit.Angles.Gammas[0], () => false);
        var (single, pair) = layer.Correlations(circuit.Angles.Betas[0]);
        single.Concat(pair).Max(Math.Abs).Should().BeApproximately(Math.Abs(circuit.Correlation), 1e-9);
        circuit
            .Expectation.Should()
            .BeApproximately(problem.Model.ToIsing().Offset + layer.Curve.At(circuit.Angles.Betas[0]), 1e-9);
    }

    private static QuboProblem Path(int n)
    {
        var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin };
        for (var i = 0; i + 1 < n; i++)
            builder.Add(i, i + 1, i % 3 == 0 ? 1 : -1, 0);
        return builder.Build(n, new FaultList())!;
    }

    private static QuboProblem Generated(string generator, string parameters)
    {
        using var json = JsonDocument.Parse(parameters);
        return (QuboProblem)ProblemGenerators.Find(generator)!.Generate(json.RootElement, 7, "", new())!;
    }

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        QuboProblem problem,
        RecursiveQaoaOptions options,
        SolveBudget? budget = null,
        long seed = 1
    )
    {
        var context = new SolveContext(budget ?? new(), seed);
        return (new RecursiveQaoaSolver().Solve(problem, options, context), context);
    }
}
