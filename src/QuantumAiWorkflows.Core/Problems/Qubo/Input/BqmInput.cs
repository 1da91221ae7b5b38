using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

/// <summary>
/// dimod's BinaryQuadraticModel as JSON, bqm_schema 3.0.0 (dwavesystems/dimod, BinaryQuadraticModel.to_serializable):
/// offset + Σ linear_biases[i]·v[i] + Σ quadratic_biases[k]·v[head[k]]·v[tail[k]], every pair once.
/// </summary>
[Description("dimod's BinaryQuadraticModel as JSON, bqm_schema 3.0.0.")]
public sealed record BqmInput
{
    [Description("BinaryQuadraticModel, or the name of a class derived from it.")]
    public required string Type { get; init; }

    /// <summary>Written by dimod before 0.10.</summary>
    [JsonPropertyName("basetype")]
    public string? BaseType { get; init; }

    public required BqmVersion Version { get; init; }

    [JsonPropertyName("use_bytes")]
    [Description("Must be false: arrays of bytes are BSON.")]
    public bool UseBytes { get; init; }

    [JsonPropertyName("index_type")]
    [Description("Not needed without bytes, and ignored.")]
    public string? IndexType { get; init; }

    [JsonPropertyName("bias_type")]
    [Description("Not needed without bytes, and ignored: biases are doubles.")]
    public string? BiasType { get; init; }

    [JsonPropertyName("num_variables")]
    public required int NumVariables { get; init; }

    [JsonPropertyName("num_interactions")]
    public required int NumInteractions { get; init; }

    [JsonPropertyName("variable_labels")]
    [Description("Strings, numbers or nested arrays of them, no two equal.")]
    public required JsonElement VariableLabels { get; init; }

    [JsonPropertyName("variable_type")]
    public required BqmVartype VariableType { get; init; }

    public required double Offset { get; init; }

    [Description("Ignored.")]
    public JsonElement? Info { get; init; }

    [JsonPropertyName("linear_biases")]
    public required double[] LinearBiases { get; init; }

    [JsonPropertyName("quadratic_biases")]
    public required double[] QuadraticBiases { get; init; }

    [JsonPropertyName("quadratic_head")]
    public required int[] QuadraticHead { get; init; }

    [JsonPropertyName("quadratic_tail")]
    public required int[] QuadraticTail { get; init; }
}

public sealed record BqmVersion
{
    [JsonPropertyName("bqm_schema")]
    [Description("3.0.0; 2.x is read, too.")]
    public required string BqmSchema { get; init; }

    /// <summary>Written by dimod before 0.10.</summary>
    [JsonPropertyName("dimod")]
    public string? Dimod { get; init; }
}

public enum BqmVartype
{
    [JsonStringEnumMemberName("BINARY")]
    Binary,

    [JsonStringEnumMemberName("SPIN")]
    Spin,
}
