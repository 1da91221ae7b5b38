using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

public sealed record RecursiveQaoaOptions
{
    [Description(
        "Layers p of the state that correlations are taken from. One layer needs no state and goes for any size; more are simulated in rounds of at most maxQubits variables, and larger rounds use one layer."
    )]
    [Range(1, 16)]
    public int Layers { get; init; } = 1;

    [Description(
        "auto: closedForm for one layer, circuit for more. closedForm: one layer in closed form. circuit: from the Q# circuit's state where it has at most maxQubits qubits, in closed form before. random, coefficients: the quantum step replaced by random numbers, or by the largest coefficient, for comparison; such a run is classical and has no layers."
    )]
    public CorrelationSource Correlations { get; init; } = CorrelationSource.Auto;

    [Description(
        "Largest round whose state is simulated; n qubits take 48 * 2^n bytes: two states, costs and correlations."
    )]
    [Range(2, 22)]
    public int MaxQubits { get; init; } = 16;

    [Description(
        "Variables left that are solved exactly, by all their assignments. Null: half of the problem's, at most 16."
    )]
    [Range(1, 24)]
    public int? CoreSize { get; init; }

    [Description(
        "Variables eliminated per round, each of them by correlations of the same state. Null: 1 where the budget lets that end, else as many as it takes."
    )]
    [Range(1, 100_000)]
    public int? EliminationsPerRound { get; init; }
}

public enum CorrelationSource
{
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("closedForm")]
    ClosedForm,

    [JsonStringEnumMemberName("circuit")]
    Circuit,

    [JsonStringEnumMemberName("random")]
    Random,

    [JsonStringEnumMemberName("coefficients")]
    Coefficients,
}
