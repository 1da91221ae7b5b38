using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solving;

public sealed record StandInOptions
{
    [System.ComponentModel.DataAnnotations.Range(0, 9)]
    public int Level { get; init; }
}

/// <summary>A solver that does what a test says, and keeps what it was asked.</summary>
public sealed class StandIn(
    Func<QuboProblem, SolveContext, SolveOutcome> solve,
    string id = "stand-in",
    Paradigm paradigm = Paradigm.Classical,
    bool countsShots = false
) : QuboSolver<StandInOptions>
{
    private readonly List<(QuboProblem Problem, StandInOptions Options, SolveContext Context)> _asked = [];

    public IReadOnlyList<(QuboProblem Problem, StandInOptions Options, SolveContext Context)> Asked => _asked;

    public string? Refuses { get; init; }

    public override SolverInfo Info { get; } =
        new()
        {
            Id = id,
            Version = "3.2.1",
            Paradigm = paradigm,
            Task = SolverTask.Optimization,
            Summary = "",
            Deterministic = true,
            DeterministicWhen = "",
            Evaluation = "",
            CountsShots = countsShots,
            Limits = "",
            Complexity = "O(1)",
            Strengths = [],
            Weaknesses = [],
            Sources = [],
            OptionsAsSubSolver = new() { ["level"] = 4 },
        };

    /// <summary>A registry of the product's solvers and this one.</summary>
    public SolverRegistry Registry => new([.. Solvers.Registered.All, this]);

    /// <summary>Answers with all bits 0, for one evaluation.</summary>
    public static SolveOutcome Zeros(QuboProblem problem, SolveContext context)
    {
        context.CountEvaluations(1);
        return new SolveOutcome.Found(problem.FromBits(new sbyte[problem.NumVariables]));
    }

    /// <summary>Answers like <see cref="Zeros"/>, as a circuit would have.</summary>
    public static SolveOutcome CircuitZeros(QuboProblem problem, SolveContext context) =>
        Zeros(problem, context) with
        {
            Quantum = new()
            {
                ExecutionPath = "qsharp-qir",
                EvidenceLevel = EvidenceLevel.IdealSimulator,
                Qubits = problem.NumVariables,
                CircuitDepth = 5,
                TwoQubitGates = 7,
                GateCounts = new Dictionary<string, int>(),
                Expectation = 0,
                Angles = new([], []),
                BestSampleProbability = 1,
                HitRate = 1,
                CompileCached = true,
            },
        };

    protected override Applicability Check(QuboProblem problem, StandInOptions options, SolveBudget budget) =>
        Refuses is { } reason ? new Applicability.Unsupported(reason, 7, 6, "things") : Applicability.Yes;

    protected override SolveOutcome Solve(QuboProblem problem, StandInOptions options, SolveContext context)
    {
        _asked.Add((problem, options, context));
        return solve(problem, context);
    }
}
