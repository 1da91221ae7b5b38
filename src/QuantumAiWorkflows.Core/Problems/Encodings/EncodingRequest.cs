using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>How a problem of another family becomes a QUBO; a job's member <c>encoding</c>.</summary>
public sealed record EncodingRequest
{
    [Description("What a violated constraint costs.")]
    public PenaltyRequest Penalty { get; init; } = new();

    [Description("How whole numbers, slack variables among them, are written in bits.")]
    public IntegerEncoding Integers { get; init; } = IntegerEncoding.Binary;

    [Description("Largest weight of a bit under boundedCoefficient; the others do not look at it.")]
    [Range(1, 1_000_000)]
    public int CoefficientBound { get; init; } = 8;

    [Description(
        "default: the family's own repair of an answer that violates constraints; a family without one refuses it. What the solver itself reached stays recorded."
    )]
    public RepairChoice Repair { get; init; } = RepairChoice.None;

    [Description(
        "Of scheduling: when everything must be done, in the problem's unit of time; fewer start times are fewer variables, and one that is too short leaves the best schedule out. Null: late enough for some best schedule. Other families refuse it."
    )]
    [Range(1, MaxHorizon)]
    public int? Horizon { get; init; }

    private const int MaxHorizon = 1_000_000_000;
}

public sealed record PenaltyRequest
{
    [Description(
        "objective-range: more than the objective can vary, the lowest energy is then feasible where anything is. verma-lewis: the most that one flip changes the objective. momc: that, by the least that one flip changes the constraints. max-coefficient: the objective's largest coefficient. fixed: the values given. iterative: starts at max-coefficient, raises what the answer violates and solves again."
    )]
    public PenaltyPolicy Policy { get; init; } = PenaltyPolicy.VermaLewis;

    [Description(
        "Penalties by name or kind of a constraint, a name before a kind; with fixed, every constraint must have one, with the others it replaces the policy's. GET /v1/problems/{id}/qubo lists names and kinds."
    )]
    [Length(0, 10_000)]
    public IReadOnlyDictionary<string, double>? Values { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<PenaltyPolicy>))]
public enum PenaltyPolicy
{
    [JsonStringEnumMemberName("objective-range")]
    ObjectiveRange,

    [JsonStringEnumMemberName("verma-lewis")]
    VermaLewis,

    [JsonStringEnumMemberName("momc")]
    Momc,

    [JsonStringEnumMemberName("max-coefficient")]
    MaxCoefficient,

    [JsonStringEnumMemberName("fixed")]
    Fixed,

    [JsonStringEnumMemberName("iterative")]
    Iterative,
}

public enum IntegerEncoding
{
    /// <summary>Weights 1, 2, 4 and so on; the last one is what is left, so that no value is out of range.</summary>
    Binary,

    /// <summary>One bit for each value, exactly one of them 1.</summary>
    OneHot,

    /// <summary>
    /// The number of ones in front of the first zero: one bit fewer than one-hot, and neighbouring values differ in one bit
    /// (N. Chancellor, Domain wall encoding of discrete variables for quantum annealing and QAOA, Quantum Science and
    /// Technology 4, 2019).
    /// </summary>
    DomainWall,

    /// <summary>
    /// As binary, but no weight above a bound: more bits, smaller coefficients (S. Karimi, P. Ronagh, Practical
    /// integer-to-binary mapping for quantum annealers, Quantum Information Processing 18, 2019).
    /// </summary>
    BoundedCoefficient,
}

public enum RepairChoice
{
    None,
    Default,
}
