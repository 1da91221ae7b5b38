using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>
/// Max-Cut of a random d-regular graph by the pairing model (Bollobás, European Journal of Combinatorics 1, 1980). For d up
/// to 4 pairings are drawn until one is simple, which makes all graphs equally likely. That would take e^((d²-1)/4) draws, so
/// that for larger d loops and double edges are removed by random switchings (McKay and Wormald, Journal of Algorithms 11,
/// 1990), without their rejection step: fast for every d, and near to uniform only.
/// </summary>
public sealed class RegularMaxCutGenerator : ProblemGenerator<RegularMaxCutParameters>
{
    private const int LargestUniformDegree = 4;

    public override string Id => "max-cut-regular";

    public override string Title => "Max-Cut of a random regular graph";

    public override ProblemFamily Family => QuboFamily.Instance;

    protected override Problem? Generate(
        RegularMaxCutParameters parameters,
        long seed,
        string pointer,
        FaultList faults
    )
    {
        var (n, degree) = (parameters.NumVariables, parameters.Degree);
        if (degree >= n)
            faults.Add(
                FaultCode.OutOfRange,
                $"{pointer}/degree",
                $"Expected degree < numVariables = {n}, got {degree}.",
                degree,
                n - 1
            );
        else if (n % 2 == 1 && degree % 2 == 1)
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/degree",
                $"Expected an even numVariables · degree, got {n} · {degree}: no such graph exists.",
                degree
            );
        else
            return Generate(parameters, Xoshiro256.FromSeed((ulong)seed, Id), pointer, faults);
        return null;
    }

    private static QuboProblem? Generate(
        RegularMaxCutParameters parameters,
        Xoshiro256 random,
        string pointer,
        FaultList faults
    )
    {
        var (n, degree) = (parameters.NumVariables, parameters.Degree);
        // Switchings need room: a graph with more than half of the edges is drawn as what it lacks.
        var complement = degree > (n - 1) / 2;
        var adjacent = RegularGraph(n, complement ? n - 1 - degree : degree, random);
        var edges = new PairList(n, degree / (n - 1.0));
        for (var i = 0; i < n; i++)
        for (var j = i + 1; j < n; j++)
            if (adjacent[i][j] != complement)
                edges.Add(i, j, parameters.Weights.Draw(random));
        return MaxCut.ToQubo(edges.ToTerms(new double[n]), new(pointer), faults);
    }

    /// <summary>The upper triangle of the adjacency matrix; n² bits.</summary>
    private static BitArray[] RegularGraph(int n, int degree, Xoshiro256 random)
    {
        var ends = new int[n * degree];
        var adjacent = Enumerable.Range(0, n).Select(_ => new BitArray(n)).ToArray();
        while (true)
        {
            for (var k = 0; k < ends.Length; k++)
                ends[k] = k / degree;
            random.Shuffle(ends.AsSpan());
            if (TryMakeSimple(ends, adjacent, degree > LargestUniformDegree, random))
                return adjacent;
            foreach (var row in adjacent)
                row.SetAll(false);
        }
    }

    /// <summary>
    /// Edge k is (ends[2k], ends[2k + 1]). Switches every edge that cannot stay with a random one; false when that is not
    /// wanted, or a small graph leaves no way out, and a new pairing is needed.
    /// </summary>
    private static bool TryMakeSimple(int[] ends, BitArray[] adjacent, bool switching, Xoshiro256 random)
    {
        bool Has(int a, int b) => a == b || adjacent[Math.Min(a, b)][Math.Max(a, b)];
        void Set(int a, int b, bool value) => adjacent[Math.Min(a, b)][Math.Max(a, b)] = value;

        var numEdges = ends.Length / 2;
        var bad = new Queue<int>();
        var isBad = new bool[numEdges];
        for (var k = 0; k < numEdges; k++)
            if (Has(ends[2 * k], ends[2 * k + 1]))
            {
                if (!switching)
                    return false;
                bad.Enqueue(k);
                isBad[k] = true;
            }
            else
                Set(ends[2 * k], ends[2 * k + 1], true);

        // With at most half of all edges present a switching succeeds with a fair chance; this many failures mean none can.
        var failures = 100 * (numEdges + 10);
        while (bad.TryPeek(out var k))
        {
            var other = random.NextInt32(numEdges);
            var (a, b, c, d) = (ends[2 * k], ends[2 * k + 1], ends[2 * other], ends[2 * other + 1]);
            if (random.NextBoolean())
                (c, d) = (d, c);
            // (a, b) and (c, d) become (a, c) and (b, d).
            var newEdgesAreEqual = Math.Min(a, c) == Math.Min(b, d) && Math.Max(a, c) == Math.Max(b, d);
            if (isBad[other] || Has(a, c) || Has(b, d) || newEdgesAreEqual)
            {
                if (failures-- == 0)
                    return false;
                continue;
            }
            Set(c, d, false);
            Set(a, c, true);
            Set(b, d, true);
            (ends[2 * k], ends[2 * k + 1], ends[2 * other], ends[2 * other + 1]) = (a, c, b, d);
            isBad[bad.Dequeue()] = false;
        }
        return true;
    }
}

public sealed record RegularMaxCutParameters
{
    [Description("Vertices of the graph.")]
    [Range(2, 5000)]
    public required int NumVariables { get; init; }

    [Description("Edges at every vertex; numVariables · degree must be even.")]
    [Range(1, 4999)]
    public int Degree { get; init; } = 3;

    public EdgeWeights Weights { get; init; } = EdgeWeights.PlusOne;
}
