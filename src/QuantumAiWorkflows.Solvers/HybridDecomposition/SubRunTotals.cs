using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>What the sub-problems of a run came to.</summary>
internal sealed class SubRunTotals(int size)
{
    private int _subProblems;
    private int _accepted;
    private int _improved;
    private long _evaluations;
    private long? _shots;
    private double _seconds;
    private int? _maxQubits;
    private int? _maxDepth;
    private long? _twoQubitGates;
    private string? _executionPath;
    private EvidenceLevel? _evidence;

    /// <summary>Sub-problems that the sub-solver had an answer to.</summary>
    public int Answers { get; private set; }

    /// <summary>The lowest of all sub-runs with an answer; null before the first.</summary>
    public Paradigm? Paradigm { get; private set; }

    public void Add(SubRun run, bool accepted, bool improved)
    {
        _subProblems++;
        _accepted += accepted ? 1 : 0;
        _improved += improved ? 1 : 0;
        _evaluations += run.Evaluations;
        _shots = run.Shots is { } shots ? (_shots ?? 0) + shots : _shots;
        _seconds += run.WallSeconds;
        if (run is not { Outcome: SolveOutcome.Found found, Solver: { } solver })
            return;
        Answers++;
        var ran = found.Ran ?? solver.Paradigm;
        Paradigm = Paradigm is { } lowest && lowest < ran ? lowest : ran;
        if (found.Quantum is not { } circuit)
            return;
        _maxQubits = Math.Max(_maxQubits ?? 0, circuit.Qubits);
        if (circuit is { CircuitDepth: { } depth, TwoQubitGates: { } gates })
            (_maxDepth, _twoQubitGates) = (Math.Max(_maxDepth ?? 0, depth), (_twoQubitGates ?? 0) + gates);
        _executionPath = circuit.ExecutionPath;
        _evidence = _evidence is { } weakest && weakest < circuit.EvidenceLevel ? weakest : circuit.EvidenceLevel;
    }

    public Decomposition ToDecomposition(int rounds, string subSolver, SolverInfo? callee) =>
        new()
        {
            SubProblems = _subProblems,
            Accepted = _accepted,
            Improved = _improved,
            SubProblemSize = size,
            Rounds = rounds,
            SubSolver = new(
                subSolver,
                callee?.Version ?? "",
                Paradigm ?? callee?.Paradigm ?? Solving.Paradigm.Classical
            )
            {
                ExecutionPath = _executionPath,
                EvidenceLevel = _evidence,
            },
            SubEvaluations = _evaluations,
            SubShots = _shots,
            SubSeconds = _seconds,
            MaxQubits = _maxQubits,
            MaxCircuitDepth = _maxDepth,
            TwoQubitGates = _twoQubitGates,
        };
}
