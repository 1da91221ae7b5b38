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
        var count = QaoaGates.Count(ising, options.Layers);
        var gates = count <= MostGates ? QaoaGates.Of(ising, options.Layers) : null;
        var circuit = Circuit(ising, options, budget, gates);
        var hardware = new HardwareEstimator(ising, gates, count, circuit);
        return new()
        {
            Machine = Machine(problem, options, budget, circuit),
            Circuit = circuit,
            Hardware = [.. wishes.HardwareProfiles.Select(id => hardware.Of(HardwareProfile.Find(id)!))],
            FaultTolerant = FaultTolerance.Of(ising, options.Layers, wishes.ErrorBudget, cacheDirectory),
        };
    }

    private static CircuitEstimate Circuit(
        QuboTerms ising,
        QaoaOptions options,
        SolveBudget budget,
        IReadOnlyList<QirGate>? gates
    )
    {
        var n = ising.NumVariables;
        var layers = options.Layers;
        var (rz, rzz) = (ising.Linear.LongCount(h => h != 0), ising.Value.LongCount(w => w != 0));
        var counts = new Dictionary<string, long>
        {
            ["h"] = n,
            ["rx"] = (long)layers * n,
            ["rz"] = layers * rz,
            ["rzz"] = layers * rzz,
            ["m"] = n,
        };
        return new(
            n,
            layers,
            // Unlisted: at least as deep as the busiest qubit has gates.
            gates is null
                ? 2 + layers * (1 + 2 * rzz / Math.Max(1, n))
                : QaoaGates.Depth(gates, n),
            layers * rzz,
            counts.Where(c => c.Value > 0).ToDictionary(),
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
        double? seconds = onQSharp
            ? null
            : SecondsOfQSharp
                + (circuit.Evaluations + trajectories) * circuit.Layers * SimulatorSpeed.SecondsPerLayer(n);
        return new()
        {
            // Beyond 1,000 qubits no double holds them.
            MemoryBytes = double.IsFinite(bytes) ? bytes : null,
            MemoryBasis = string.Create(
                CultureInfo.InvariantCulture,
                $"{QaoaMemory.BytesPerString(problem, options)} bytes for each of the 2^n strings: amplitudes, twice where the search takes gradients, and costs{(options.Noise is null ? "" : ", and a second state with noise")}; up to 210 MB of the process itself and 64 bytes a shot come on top, and Q# compiles in up to 130 MB before"
            ),
            Seconds = double.IsFinite(seconds ?? 0) ? seconds : null,
            SecondsAtMost = budget.TimeSeconds ?? budget.CpuSeconds,
            SecondsBasis = onQSharp
                ? "not known: Q#'s own simulator runs every shot anew, 0.3 s for 1024 shots at 6 qubits and 11 s at 12 (docs/quantum.md)"
                : "CPU seconds of all evaluations that the search may ask for, from a few layers measured on this machine, and 0.4 s for Q#; a budget may end it before",
        };
    }
}
