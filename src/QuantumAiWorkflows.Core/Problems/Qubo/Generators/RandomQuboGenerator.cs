using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>
/// Whole coefficients, uniform and independent: a linear one for every variable, and one for each pair that is there. The
/// kind of Beasley's and of Glover, Kochenberger and Alidaee's instances (OR-Library, 1998).
/// </summary>
public sealed class RandomQuboGenerator : ProblemGenerator<RandomQuboParameters>
{
    public override string Id => "qubo-random";

    public override string Title => "Random QUBO";

    public override ProblemFamily Family => QuboFamily.Instance;

    protected override Problem? Generate(RandomQuboParameters parameters, long seed, string pointer, FaultList faults)
    {
        var (low, high) = (parameters.MinCoefficient, parameters.MaxCoefficient);
        if (low > high)
        {
            faults.Add(
                FaultCode.OutOfRange,
                $"{pointer}/minCoefficient",
                $"Expected minCoefficient <= maxCoefficient = {high}, got {low}.",
                low,
                high
            );
            return null;
        }

        var random = Xoshiro256.FromSeed((ulong)seed, Id);
        double Coefficient() => low + random.NextInt32(high - low + 1);
        var n = parameters.NumVariables;
        var linear = new double[n];
        var pairs = new PairList(n, parameters.Density);
        for (var i = 0; i < n; i++)
        {
            linear[i] = Coefficient();
            for (var j = i + 1; j < n; j++)
                if (random.NextDouble() < parameters.Density)
                    pairs.Add(i, j, Coefficient());
        }
        return new QuboProblem(pairs.ToTerms(linear), parameters.Sense, Vartype.Binary, null);
    }
}

public sealed record RandomQuboParameters
{
    [Range(1, 5000)]
    public required int NumVariables { get; init; }

    [Description("The probability with which a pair of variables has a coefficient.")]
    [Range(0.0, 1.0)]
    public double Density { get; init; } = 0.5;

    [Description("Coefficients are whole numbers from here, both ends included; where 0 is drawn there is no term.")]
    [Range(-1_000_000_000, 1_000_000_000)]
    public int MinCoefficient { get; init; } = -100;

    [Description("Coefficients are whole numbers up to here.")]
    [Range(-1_000_000_000, 1_000_000_000)]
    public int MaxCoefficient { get; init; } = 100;

    public Sense Sense { get; init; } = Sense.Minimize;
}
