using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>
/// The published generator of the instances p3000 to p5000 (G. Palubeckis, Multistart tabu search strategies for the
/// unconstrained binary quadratic optimization problem, Annals of Operations Research 131, 2004), number for number: seed
/// 1000·(n/100 + k) for the k-th one of n variables, with densities 50, 80, 80, 100, 100. Larger ones, p6000 and p7000, are not taken.
/// </summary>
/// <remarks>
/// The instances are matrices, to be maximized as x'Qx: an entry beside the diagonal counts twice. The published program
/// compares 100 times a random number, rounded to single precision, with the density, "equal" included.
/// </remarks>
public sealed class PalubeckisQuboGenerator : ProblemGenerator<PalubeckisQuboParameters>
{
    public override string Id => "qubo-palubeckis";

    public override string Title => "QUBO by Palubeckis' generator (p3000 to p5000)";

    public override ProblemFamily Family => QuboFamily.Instance;

    protected override Problem? Generate(
        PalubeckisQuboParameters parameters,
        long seed,
        string pointer,
        FaultList faults
    )
    {
        var random = new MinimalStandard(seed);
        var n = parameters.NumVariables;
        var linear = new double[n];
        var pairs = new PairList(n, parameters.Density / 100.0);
        for (var i = 0; i < n; i++)
        {
            linear[i] = random.Next(-100, 100);
            for (var j = i + 1; j < n; j++)
                if ((float)(random.Next() * 100) <= parameters.Density)
                    pairs.Add(i, j, 2 * random.Next(-100, 100));
        }
        return new QuboProblem(pairs.ToTerms(linear), Sense.Maximize, Vartype.Binary, null);
    }
}

public sealed record PalubeckisQuboParameters
{
    [Description("Variables; of the sizes published 3000, 4000 and 5000 can be drawn.")]
    [Range(1, 5000)]
    public required int NumVariables { get; init; }

    [Description("Percent of the pairs that have a coefficient; the diagonal is full.")]
    [Range(0, 100)]
    public int Density { get; init; } = 50;
}
