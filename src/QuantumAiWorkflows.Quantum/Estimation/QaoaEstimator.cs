using System.Globalization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>What a QAOA run would take: on this machine, on processors of today, on error-corrected ones.</summary>
internal static class QaoaEstimator
{
    /// <summary>Gates that are listed one by one; a circuit with more has counts only.</summary>
    public const int MostGates = 1_000_000;

    private static readonly HashSet<string> TwoQubitNames =
    [
        .. Enum.GetValues<QirGateKind>()
            .Select(kind => new QirGate(kind, 0, 0, -1))
            .Where(gate => gate.IsOnTwoQubits)
            .Select(gate => gate.Name),
    ];

    /// <summary>Q# compiles the circuit, and asks its own state once at the end.</summary>
    private const double SecondsOfQSharp = 0.4;

    public static ResourceEstimate Of(
        QuboProblem problem,
        QaoaOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    )
    {
        var ising = problem.Model.ToIsing();
        var shape = CircuitShape.From(options, problem);
        var listing = new QaoaGates(ising, shape);
        var counts = listing.Counts();
        var count = counts.Values.Sum();
        var gates = count <= MostGates ? listing.List() : null;
        var circuit = Circuit(ising.NumVariables, options, budget, counts, gates);
        var hardware = new HardwareEstimator(ising, gates?.Gates, count, circuit);
        return new()
        {
            Machine = Machine(problem, options, budget, circuit),
            Circuit = circuit,
            Hardware = [.. wishes.HardwareProfiles.Select(id => hardware.Of(HardwareProfile.Find(id)!))],
            FaultTolerant = FaultTolerance.Of(ising, shape, wishes.ErrorBudget, cacheDirectory),
        };
    }

    private static CircuitEstimate Circuit(
        int qubits,
        QaoaOptions options,
        SolveBudget budget,
        IReadOnlyDictionary<string, long> counts,
        QirCircuit? circuit
    )
    {
        var onTwo = counts.Where(c => TwoQubitNames.Contains(c.Key)).Sum(c => c.Value);
        return new(
            qubits,
            options.Layers,
            // Unlisted: the busiest qubit has at least as many gates as the mean one.
            circuit?.Depth
                ?? (counts.Values.Sum() + onTwo) / Math.Max(1, qubits),
            onTwo,
            counts,
            Math.Min(options.MaxEvaluations, budget.Evaluations ?? long.MaxValue),
            budget.Shots ?? QaoaOptions.DefaultShots
        );
    }

    private static MachineEstimate Machine(
        QuboProblem problem,
        QaoaOptions options,
        SolveBudget budget,
        CircuitEstimate circuit
    )
    {
        var n = problem.NumVariables;
        var bytes = QaoaMemory.OfProcess(problem, options, budget);
        var onQSharp = options.ExecutionPath == QaoaExecutionPath.QSharpSimulator;
        var trajectories = options.Noise is null
            ? 0
            : options.Noise.Trajectories ?? TrajectorySampler.DefaultTrajectories(n);
        var engine = new SimulatedLayer(options.Variant, options.Precision, QaoaMemory.IsHalved(problem, options));
        // Errors turn angles one by one, so a trajectory is run like a circuit with an angle for each gate.
        var noisy = new SimulatedLayer(
            options.Variant == QaoaVariant.Standard ? QaoaVariant.MultiAngle : options.Variant
        );
        double? seconds = onQSharp
            ? null
            : SecondsOfQSharp
                + circuit.Layers
                    * (
                        circuit.Evaluations * SimulatorSpeed.SecondsPerLayer(n, engine)
                        + (trajectories == 0 ? 0 : trajectories * SimulatorSpeed.SecondsPerLayer(n, noisy))
                    );
        return new()
        {
            // Beyond 1,000 qubits no double holds them.
            MemoryBytes = double.IsFinite(bytes) ? bytes : null,
            MemoryBasis = string.Create(
                CultureInfo.InvariantCulture,
                $"{QaoaMemory.BytesPerString(problem, options)} bytes for each of the 2^n strings: amplitudes, twice where the search takes gradients, and costs{(options.Noise is null ? "" : ", and a second state with noise")}; up to 210 MB of the process itself and 64 bytes a shot come on top, and Q# compiles in up to 130 MB before"
            ),
            Seconds = double.IsFinite(seconds ?? 0) ? seconds : null,
            SecondsAtMost = budget.EarliestClock(),
            SecondsBasis = onQSharp
                ? "not known: Q#'s own simulator runs every shot anew, 0.3 s for 1024 shots at 6 qubits and 11 s at 12 (docs/quantum.md)"
                : "CPU seconds of all evaluations that the search may ask for, from a few layers of this variant, precision and symmetry measured on this machine on one thread, and 0.4 s for Q#; more threads take less time and about as many CPU seconds; a budget may end it before",
        };
    }
}
