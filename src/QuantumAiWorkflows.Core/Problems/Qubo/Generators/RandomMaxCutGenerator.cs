using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>Max-Cut of a graph G(n, p) (Gilbert, "Random graphs", 1959): every pair is an edge with one probability.</summary>
public sealed class RandomMaxCutGenerator : ProblemGenerator<RandomMaxCutParameters>
{
    public override string Id => "max-cut-random";

    public override string Title => "Max-Cut of a random graph";

    public override ProblemFamily Family => QuboFamily.Instance;

    protected override Problem? Generate(RandomMaxCutParameters parameters, long seed, string pointer, FaultList faults)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, Id);
        var n = parameters.NumVariables;
        var edges = new PairList(n, parameters.Density);
        for (var i = 0; i < n; i++)
        for (var j = i + 1; j < n; j++)
            if (random.NextDouble() < parameters.Density)
                edges.Add(i, j, parameters.Weights.Draw(random));
        return MaxCut.ToQubo(edges.ToTerms(new double[n]), new(pointer), faults);
    }
}

public sealed record RandomMaxCutParameters
{
    [Description("Vertices of the graph.")]
    [Range(2, 5000)]
    public required int NumVariables { get; init; }

    [Description("The probability of an edge.")]
    [Range(0.0, 1.0)]
    public double Density { get; init; } = 0.5;

    public EdgeWeights Weights { get; init; } = EdgeWeights.PlusOne;
}

public enum EdgeWeights
{
    /// <summary>Every edge weighs 1.</summary>
    PlusOne,

    /// <summary>+1 or -1 with equal probability.</summary>
    PlusMinusOne,
}

internal static class EdgeWeightsDraw
{
    public static double Draw(this EdgeWeights weights, Xoshiro256 random) =>
        weights == EdgeWeights.PlusOne || random.NextBoolean() ? 1 : -1;
}
