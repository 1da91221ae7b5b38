using System.ComponentModel;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Solving;

/// <summary>Base of the options of solvers that can have a QUBO reduced before they search it.</summary>
public abstract record PresolvableOptions
{
    [Description(
        "Whether the problem is reduced first, exactly: variables fixed or eliminated, components solved apart, those of small width outright. QUBO problems only; metrics.presolve says what was removed."
    )]
    [JsonPropertyOrder(1)]
    public bool Presolve { get; init; }
}
