using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Quantum;
using QuantumAiWorkflows.UnitTests.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.HybridDecomposition;

/// <summary>A decomposition is what its sub-solver was, and quantum only when its answer came out of a circuit.</summary>
public sealed class WhatRanTests
{
    private static readonly ISolver Hybrid = HybridSolvers.All.Single(s => s.Info.Id == "hybrid-decomposition");

    /// <summary>All zeros is its one optimum, so that a sub-solver that says zeros betters any start.</summary>
    private static readonly QuboProblem ZerosAreBest = Costs(20, 1);

    [Theory]
    [InlineData("tabu")]
    [InlineData("random")]
    [InlineData("simulated-annealing")]
    public void With_a_classical_sub_solver_it_is_classical(string subSolver)
    {
        var outcome = Solve(ZerosAreBest, $$"""{"subSolver":"{{subSolver}}","rounds":1}""", null);

        outcome.Ran.Should().Be(Paradigm.Classical);
        outcome.Decomposition!.SubSolver.Paradigm.Should().Be(Paradigm.Classical);
        outcome.Decomposition.MaxQubits.Should().BeNull();
        outcome.Quantum.Should().BeNull();
    }

    [Fact]
    public void With_a_quantum_inspired_sub_solver_it_is_quantum_inspired() =>
        Solve(
            ZerosAreBest,
            """{"subSolver":"stand-in"}""",
            new StandIn(StandIn.Zeros, paradigm: Paradigm.QuantumInspired)
        )
            .Ran.Should()
            .Be(Paradigm.QuantumInspired);

    [Fact]
    public void With_circuits_alone_it_is_quantum_and_counts_them()
    {
        var outcome = Solve(ZerosAreBest, """{"subSolver":"stand-in"}""", Circuits());

        outcome.Ran.Should().Be(Paradigm.Quantum);
        var totals = outcome.Decomposition!;
        (totals.MaxQubits, totals.MaxCircuitDepth).Should().Be((12, 5));
        totals.TwoQubitGates.Should().Be(7 * totals.SubProblems);
        totals
            .SubSolver.Should()
            .Be(
                new SolverRef("stand-in", "3.2.1", Paradigm.Quantum)
                {
                    ExecutionPath = "qsharp-qir",
                    EvidenceLevel = EvidenceLevel.IdealSimulator,
                }
            );
        outcome.Quantum.Should().BeNull("there is no one circuit");
    }

    [Theory]
    [InlineData("descent")]
    [InlineData("tabu")]
    public void With_classical_steps_between_the_circuits_it_is_classical(string polish)
    {
        var outcome = Solve(ZerosAreBest, $$"""{"subSolver":"stand-in","polish":"{{polish}}"}""", Circuits());

        outcome.Ran.Should().Be(Paradigm.Classical);
        outcome.Decomposition!.SubSolver.Paradigm.Should().Be(Paradigm.Quantum, "that is what was called");
    }

    [Fact]
    public void When_no_circuit_bettered_the_start_the_answer_is_classical()
    {
        // All ones are best here, and zeros never an improvement on them.
        var problem = Costs(20, -1);

        var outcome = Solve(problem, """{"subSolver":"stand-in"}""", Circuits(), [.. Enumerable.Repeat((sbyte)1, 20)]);

        outcome.Ran.Should().Be(Paradigm.Classical);
    }

    [Fact]
    public void One_classical_sub_run_makes_it_classical()
    {
        var calls = 0;
        var solver = new StandIn(
            (problem, context) =>
                ++calls == 2
                    ? StandIn.Zeros(problem, context) with
                    {
                        Ran = Paradigm.Classical,
                    }
                    : StandIn.CircuitZeros(problem, context),
            paradigm: Paradigm.Quantum
        );

        Solve(ZerosAreBest, """{"subSolver":"stand-in"}""", solver).Ran.Should().Be(Paradigm.Classical);
    }

    [Fact]
    public void Stopped_before_the_first_sub_problem_it_is_classical()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var context = new SolveContext(new(), 1, cancelled.Token) { Solvers = Registered.Registry };

        Hybrid.Solve(ZerosAreBest, Hybrid.ReadOptions(null, "", new())!, context).Ran.Should().Be(Paradigm.Classical);
    }

    [Fact]
    public void With_qaoa_it_is_quantum_repeatable_and_within_its_shots()
    {
        var problem = Some.Qubo(18, 0.4, seed: 3);
        const string options = """
            {"subProblemSize":6,"subOptions":{"layers":1},"subBudget":{"shots":40,"evaluations":30}}
            """;

        var (first, context) = WithQaoa(problem, options, new() { Shots = 150 });
        var (second, _) = WithQaoa(problem, options, new() { Shots = 150 });

        first.Ran.Should().Be(Paradigm.Quantum);
        first.Decomposition!.MaxQubits.Should().Be(6);
        first.Decomposition.SubShots.Should().Be(150);
        (context.Shots, context.StoppedBy).Should().Be((150, StoppedBy.Shots));
        first.Samples.Sum(s => s.Occurrences).Should().Be(150);
        first.Samples[0].Solution.Should().Be(((SolveOutcome.Found)first).Best, "the answer is one of the samples");
        Json(first).Should().Be(Json(second));

        static string Json(SolveOutcome outcome) =>
            JsonSerializer.Serialize(
                outcome.SubProblems!.Steps.Select(s => s with { ElapsedSeconds = 0, Seconds = 0 })
            );
    }

    [Theory]
    [InlineData(800, 0.06)]
    [InlineData(250, 0.1)]
    public void With_qaoa_it_takes_problems_far_beyond_any_simulator(int numVariables, double density)
    {
        var problem = Some.Qubo(numVariables, density, sense: Sense.Maximize, vartype: Vartype.Spin);

        var (outcome, context) = WithQaoa(
            problem,
            """{"subOptions":{"layers":1},"subBudget":{"evaluations":20}}""",
            new() { Shots = 600 }
        );

        Referee.Judge(problem, outcome).Status.Should().Be(ResultStatus.Feasible);
        (outcome.Ran, context.StoppedBy).Should().Be((Paradigm.Quantum, StoppedBy.Shots));
        var steps = outcome.SubProblems!.Steps;
        steps.Select(s => s.Shots).Should().Equal(256, 256, 88);
        problem.IsBetter(steps[^1].ObjectiveAfter, steps[0].ObjectiveBefore).Should().BeTrue();
    }

    [Fact]
    public void Circuits_of_sub_problems_leave_no_files_behind()
    {
        var folder = Directory.CreateTempSubdirectory("qaiw-hybrid-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(QSharpCache.Folder, "*.cwasm"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

            var (outcome, _) = WithQaoa(
                Some.Qubo(9, 0.7, seed: 918_273),
                """{"subProblemSize":4}""",
                new() { Shots = 512 },
                folder
            );

            outcome.Decomposition!.MaxQubits.Should().Be(4);
            Directory.EnumerateFiles(folder, "*.ll", SearchOption.AllDirectories).Should().BeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StandIn Circuits() => new(StandIn.CircuitZeros, paradigm: Paradigm.Quantum);

    private static QuboProblem Costs(int n, double each)
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < n; i++)
            builder.Add(i, i, each, 0);
        return builder.Build(n, new())!;
    }

    private static (SolveOutcome Outcome, SolveContext Context) WithQaoa(
        QuboProblem problem,
        string options,
        SolveBudget budget,
        string? cacheDirectory = null
    )
    {
        var context = new SolveContext(budget, 1)
        {
            Solvers = Registered.Registry,
            CacheDirectory = cacheDirectory ?? QSharpCache.Folder,
        };
        using var json = JsonDocument.Parse(options);
        return (Hybrid.Solve(problem, Hybrid.ReadOptions(json.RootElement, "", new())!, context), context);
    }

    private static SolveOutcome Solve(QuboProblem problem, string options, StandIn? solver, sbyte[]? initial = null)
    {
        var context = new SolveContext(new(), 1)
        {
            Solvers = solver?.Registry ?? Registered.Registry,
            InitialSolution = initial is null ? null : problem.FromBits(initial),
        };
        using var json = JsonDocument.Parse(options);
        return Hybrid.Solve(problem, Hybrid.ReadOptions(json.RootElement, "", new())!, context);
    }
}
