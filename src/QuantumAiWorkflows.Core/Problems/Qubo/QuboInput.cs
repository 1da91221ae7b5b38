using System.ComponentModel;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>What a client posts. Exactly one of the six forms; the rest applies to all of them.</summary>
public sealed record QuboInput
{
    [Description("Always \"qubo\".")]
    public required string Family { get; init; }

    [Description("Coordinate form: one entry per coefficient.")]
    public CooInput? Coo { get; init; }

    internal QuboProblem? ToProblem(string pointer, FaultList faults)
    {
        var builder = new QuboBuilder(k => new($"{pointer}/coo/value/{k}"));
        for (var k = 0; k < Coo!.Value.Length; k++)
            builder.Add(Coo.Row[k], Coo.Col[k], Coo.Value[k], k);
        return builder.Build(Coo.NumVariables, faults);
    }
}

public sealed record CooInput
{
    public required int NumVariables { get; init; }
    public required int[] Row { get; init; }
    public required int[] Col { get; init; }
    public required double[] Value { get; init; }
}
