using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

/// <summary>What a client posts: exactly one of the six forms; the rest applies to all of them.</summary>
public sealed record QuboInput
{
    [Description("Always \"qubo\".")]
    public required string Family { get; init; }

    [Description("Coordinate form over bits: three arrays of equal length, one entry per coefficient.")]
    public CooInput? Coo { get; init; }

    [Description("dimod's BinaryQuadraticModel JSON, bqm_schema 3; labels and offset stand inside.")]
    public BqmInput? Bqm { get; init; }

    [Description("Over bits: {\"i,j\": coefficient}; \"i,i\" is linear.")]
    public IReadOnlyDictionary<string, double>? Qubo { get; init; }

    [Description("Over spins -1 and +1.")]
    public IsingInput? Ising { get; init; }

    [Description("Over bits: the rows of a square matrix Q; form says how to read it.")]
    public double[][]? Matrix { get; init; }

    [Description("Over bits: rows [i, j, coefficient]; [i, i, coefficient] is linear.")]
    public double[][]? Terms { get; init; }

    [Description(
        "Required with matrix. upperTriangular: entry (i, j), i < j, is the coefficient of the pair. symmetric: the "
            + "function is x'Qx, so that the coefficient of a pair is the sum of its two entries, which must be equal."
    )]
    public MatrixForm? Form { get; init; }

    [Description(
        "With qubo or terms: the number of variables, where the last ones have no term. Else the largest index + 1."
    )]
    public int? NumVariables { get; init; }

    [Description("A constant added to every value.")]
    public double Offset { get; init; }

    [Description("Objectives and bounds are reported in this sense.")]
    public Sense Sense { get; init; } = Sense.Minimize;

    [Description("One name per variable: strings, numbers or nested arrays of them, no two equal.")]
    public JsonElement? Labels { get; init; }

    [Description("What an entry given twice means; (i, j) and (j, i) are one pair.")]
    public DuplicateEntries Duplicates { get; init; } = DuplicateEntries.Error;

    [Description("Yours to recognise the problem by; no part of its identity.")]
    [Length(0, 200)]
    public string? Name { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 10_000)]
    public string? Notes { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 50)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

[Description(
    "Three arrays of equal length: value[k] is the coefficient of row[k] and col[k], linear where they are equal."
)]
public sealed record CooInput
{
    [Description("Variables are 0 to numVariables - 1; at most 1,000,000.")]
    public required int NumVariables { get; init; }

    public required int[] Row { get; init; }

    public required int[] Col { get; init; }

    public required double[] Value { get; init; }
}

[Description("offset + Σ h[i]·s[i] + Σ j·s[i]·s[j] over s in {-1, +1}.")]
public sealed record IsingInput
{
    [Description("The field of every spin; its length is the number of variables.")]
    public required double[] H { get; init; }

    [Description("The couplings: rows [i, j, value] or {\"i,j\": value}, each pair once, i and j different.")]
    [AnyOf(typeof(double[][]), typeof(Dictionary<string, double>))]
    public required JsonElement J { get; init; }
}

public enum MatrixForm
{
    UpperTriangular,
    Symmetric,
}
