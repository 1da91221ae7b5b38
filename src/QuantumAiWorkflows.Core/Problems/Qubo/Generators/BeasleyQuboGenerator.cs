using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>
/// Instances as in the bqp files of OR-Library (J. E. Beasley, Heuristic algorithms for the unconstrained binary quadratic
/// programming problem, Imperial College, 1998): matrices, to be maximized as x'Qx, of whose entries on and above the diagonal a
/// tenth is there, whole and from -100 to 100.
/// </summary>
/// <remarks>
/// The program is not published; what it does was found in the files. Its numbers are those of <c>rand</c> as the C standard prints
/// it, in the order of rows: one for whether there is an entry, and one for its value, which is cut off towards 0. So -100 is next to
/// never drawn, and 0, which leaves no entry, twice as often as others. A file's problems go on where the one before ended: seed
/// 821638919 gives bqp50, 403568354 bqp100, 361411431 bqp250, 1872940200 bqp500, and 1204589035 as a first problem the second one of
/// bqp1000; a test compares every term with those files that are at hand.
/// </remarks>
public sealed class BeasleyQuboGenerator : ProblemGenerator<BeasleyQuboParameters>
{
    private const double Density = 0.1;

    public override string Id => "qubo-beasley";

    public override string Title => "QUBO by Beasley's generator (OR-Library bqp)";

    public override ProblemFamily Family => QuboFamily.Instance;

    protected override Problem? Generate(BeasleyQuboParameters parameters, long seed, string pointer, FaultList faults)
    {
        var random = new StandardCRandom(seed);
        for (var earlier = 1; earlier < parameters.Number; earlier++)
            Draw(parameters.NumVariables, random, (_, _, _) => { });

        var linear = new double[parameters.NumVariables];
        var pairs = new PairList(linear.Length, Density);
        Draw(
            linear.Length,
            random,
            (i, j, value) =>
            {
                if (i == j)
                    linear[i] = value;
                else
                    pairs.Add(i, j, 2 * value);
            }
        );
        return new QuboProblem(pairs.ToTerms(linear), Sense.Maximize, Vartype.Binary, null);
    }

    private static void Draw(int numVariables, StandardCRandom random, Action<int, int, int> entry)
    {
        for (var i = 0; i < numVariables; i++)
        for (var j = i; j < numVariables; j++)
            if (random.Next() <= Density)
                entry(i, j, (int)(-100 + 201 * random.Next()));
    }
}

public sealed record BeasleyQuboParameters
{
    [Description("Variables: 50, 100, 250, 500, 1000 and 2500 are those published.")]
    [Range(1, 5000)]
    public required int NumVariables { get; init; }

    [Description("Which problem of its file, from 1: those before it are drawn first.")]
    [Range(1, 10)]
    public int Number { get; init; } = 1;
}
