using System.Globalization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Estimates;

/// <summary>What a client wants estimated beside what the solver needs on this machine.</summary>
/// <param name="HardwareProfiles">Ids of profiles that exist.</param>
/// <param name="ErrorBudget">Probability of failure that a fault-tolerant machine may have, all parts of it together.</param>
public sealed record EstimateWishes(IReadOnlyList<string> HardwareProfiles, double ErrorBudget);

/// <summary>What a solve would take, before it runs. All of it is an estimate: nothing here was measured on a run.</summary>
public sealed record ResourceEstimate
{
    public required MachineEstimate Machine { get; init; }

    /// <summary>The circuit as written, before any machine's coupling; null for a solver without one.</summary>
    public CircuitEstimate? Circuit { get; init; }

    /// <summary>One entry for each profile asked for; empty for a solver without a circuit.</summary>
    public IReadOnlyList<HardwareFit> Hardware { get; init; } = [];

    /// <summary>Null for a solver without a circuit.</summary>
    public FaultTolerantEstimate? FaultTolerant { get; init; }

    /// <summary>What the parts about circuits are of, where that is not the whole run, or why there are none; else null.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// This estimate of a run that asks another solver many times, with the circuit of one such time. How often it asks is
    /// not known before it runs.
    /// </summary>
    /// <param name="solver">Whom it asks.</param>
    /// <param name="variables">Of a sub-problem.</param>
    /// <param name="one">That solver's estimate of one.</param>
    public ResourceEstimate WithSubProblem(string solver, int variables, ResourceEstimate one)
    {
        var seconds = one.Machine.Seconds is { } known
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; one sub-problem takes {solver} about {known:G3} CPU seconds"
            )
            : "";
        return one with
        {
            Machine = Machine with
            {
                MemoryBytes = Machine.MemoryBytes + one.Machine.MemoryBytes,
                MemoryBasis = $"{Machine.MemoryBasis}; and for a sub-problem {one.Machine.MemoryBasis}",
                SecondsBasis = Machine.SecondsBasis + seconds,
            },
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"circuit, hardware and faultTolerant are of one sub-problem of {variables} variables, as {solver} solves it; a run has many, and how many is not known before it runs{(one.Circuit is null ? $"; {solver} has no circuit" : "")}"
            ),
        };
    }

    /// <summary>
    /// What can be said of any classical solver: the bytes of its model, and that it ends at its budget. How long it needs
    /// for a good answer depends on the instance, and nobody knows before.
    /// </summary>
    public static ResourceEstimate OfClassical(long modelBytes, SolveBudget budget) =>
        new()
        {
            Machine = new()
            {
                MemoryBytes = modelBytes,
                MemoryBasis = "coefficients and neighbour lists of the problem; what the solver adds is not known",
                SecondsAtMost = budget.EarliestClock(),
                SecondsBasis =
                    "not known before it runs: it depends on the instance; at most the budget's time, where it has one",
            },
        };
}

/// <summary>On this machine, where a circuit is simulated.</summary>
public sealed record MachineEstimate
{
    public bool Estimate => true;

    /// <summary>Whether the solver takes the problem here; set by whoever asked it.</summary>
    public bool Fits { get; init; } = true;

    /// <summary>Why it does not; null when it does.</summary>
    public string? Reason { get; init; }

    public double? Needed { get; init; }

    public double? Limit { get; init; }

    /// <summary>Of <see cref="Needed"/> and <see cref="Limit"/>.</summary>
    public string? Unit { get; init; }

    public double? MemoryBytes { get; init; }

    public string? MemoryBasis { get; init; }

    /// <summary>CPU seconds of the whole run; null where nothing can be said.</summary>
    public double? Seconds { get; init; }

    /// <summary>The clock that ends the run at the latest; null without one.</summary>
    public double? SecondsAtMost { get; init; }

    public string? SecondsBasis { get; init; }

    /// <summary>What the run would cost, by price list; null where its seconds are not known.</summary>
    public IReadOnlyList<EstimatedCost>? Costs { get; init; }
}

/// <param name="Depth">Time steps when every gate starts as soon as its qubits are free, measurements included.</param>
/// <param name="Evaluations">Circuits that the search for angles asks for, at most.</param>
/// <param name="Shots">Of one circuit.</param>
public sealed record CircuitEstimate(
    int Qubits,
    int Layers,
    long Depth,
    long TwoQubitGates,
    IReadOnlyDictionary<string, long> GateCounts,
    long Evaluations,
    int Shots
)
{
    public bool Estimate => true;
}

/// <summary>One circuit on one kind of processor.</summary>
public sealed record HardwareFit
{
    public bool Estimate => true;

    public required string Profile { get; init; }

    public required string ProfileVersion { get; init; }

    public required HardwareModality Modality { get; init; }

    /// <summary>False when any of <see cref="Reasons"/> stands against it.</summary>
    public bool Fits => Reasons.Count == 0;

    public required IReadOnlyList<Misfit> Reasons { get; init; }

    public required double QubitsNeeded { get; init; }

    /// <summary>Null: no limit.</summary>
    public int? QubitsAvailable { get; init; }

    /// <summary>Native gates once qubits that are not coupled have been swapped together; null where there is no such circuit.</summary>
    public RoutedEstimate? Routed { get; init; }

    public SuccessEstimate? Success { get; init; }

    /// <summary>Chains of qubits on an annealer; null on machines of gates.</summary>
    public EmbeddingEstimate? Embedding { get; init; }

    /// <summary>One circuit at known angles, with all its shots.</summary>
    public HardwareWork? OneCircuit { get; init; }

    /// <summary>The whole search for angles on the processor, at most; null where there are no angles.</summary>
    public HardwareWork? Search { get; init; }
}

/// <param name="What">qubits, depth, noise or embedding.</param>
public sealed record Misfit(string What, string Detail, double Needed, double Limit);

/// <param name="Swaps">Inserted to bring qubits together.</param>
/// <param name="Depth">Of native gates, measurement included.</param>
/// <param name="Seconds">From the first gate to the measurement's beginning.</param>
public sealed record RoutedEstimate(
    string Method,
    long Swaps,
    long TwoQubitGates,
    long OneQubitGates,
    long Depth,
    long TwoQubitDepth,
    double Seconds
);

/// <summary>Probabilities that nothing goes wrong in one shot, and their product.</summary>
/// <param name="Gates">No error in any gate.</param>
/// <param name="Readout">Every bit read right.</param>
/// <param name="Idle">No decay of a waiting qubit; 1 where the profile has no T1 and T2.</param>
/// <param name="Kept">No qubit lost, and every gate of chance came off.</param>
public sealed record SuccessEstimate(double Gates, double Readout, double Idle, double Kept)
{
    public double Total => Gates * Readout * Idle * Kept;
}

/// <param name="ChainLengthAtLeast">Mean qubits of a chain, by the number of couplers that each variable needs.</param>
/// <param name="ChainLengthOfClique">Qubits of a chain in the embedding that couples all pairs; null beyond the largest one.</param>
/// <param name="LargestClique">Variables of the largest problem with all pairs that has a known embedding.</param>
public sealed record EmbeddingEstimate(
    double ChainLengthAtLeast,
    double QubitsAtLeast,
    int? ChainLengthOfClique,
    double? QubitsOfClique,
    int LargestClique
);

/// <param name="Tasks">Submitted circuits.</param>
/// <param name="Seconds">Of the processor.</param>
public sealed record HardwareWork(long Tasks, double Shots, double Seconds)
{
    /// <summary>By price list; those that price this profile.</summary>
    public IReadOnlyList<EstimatedCost> Costs { get; init; } = [];

    public Usage ToUsage() =>
        new()
        {
            QpuTask = Tasks,
            Shot = (long)Math.Min(Shots, long.MaxValue / 2),
            QpuSecond = Seconds,
        };
}

public sealed record EstimatedCost(string PriceList, string Currency, double Total, IReadOnlyList<CostItem> Items)
{
    public bool Estimated => true;

    /// <summary>The usage at a list's prices, as a model.</summary>
    public static EstimatedCost Of(Usage usage, PriceList list)
    {
        var cost = Prices.Cost(usage, list);
        return new(
            list.Id,
            list.Currency,
            cost.Total,
            [.. cost.Items.Select(i => i with { Basis = UsageBasis.Modelled })]
        );
    }
}

/// <summary>What error-corrected machines would need, by Microsoft's resource estimator, for one shot.</summary>
/// <param name="Reason">Why there are no models; null when there are.</param>
public sealed record FaultTolerantEstimate(
    double ErrorBudget,
    string? Reason,
    IReadOnlyList<FaultTolerantMachine> Machines
)
{
    public bool Estimate => true;
}

/// <param name="Model">Of the qubit: the estimator's own name.</param>
/// <param name="Error">Why this machine cannot do it; the figures are then null.</param>
public sealed record FaultTolerantMachine(
    string Model,
    string Code,
    string? Error,
    long? LogicalQubits,
    long? PhysicalQubits,
    double? Seconds,
    long? TStates,
    int? CodeDistance
);
