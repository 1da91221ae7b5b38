using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Quantum.ClosedForm;

/// <summary>
/// C(z) = Σ fields[i]·z[i] + Σ weight·z[i]·z[j] over spins, as compressed rows: the neighbours of i are
/// <c>Column[Start[i]..Start[i + 1]]</c>, ascending, with <c>Weight</c> beside and the place of the same pair in the other
/// variable's row in <c>Reverse</c>. Every pair stands in both rows; no weight is 0.
/// </summary>
internal sealed class IsingGraph
{
    public IsingGraph(double[] fields, int[] start, int[] column, double[] weight)
    {
        (Fields, Start, Column, Weight) = (fields, start, column, weight);
        Reverse = new int[column.Length];
        // Rows ascend, so the smaller neighbours of every variable come in the order in which their rows are walked.
        var next = start[..^1];
        for (var i = 0; i < fields.Length; i++)
        for (var e = start[i]; e < start[i + 1]; e++)
            if (column[e] > i)
            {
                var back = next[column[e]]++;
                (Reverse[e], Reverse[back]) = (back, e);
            }
    }

    public double[] Fields { get; }
    public int[] Start { get; }
    public int[] Column { get; }
    public double[] Weight { get; }

    /// <summary>[2m]: Column[Reverse[e]] is the variable whose row e is in.</summary>
    public int[] Reverse { get; }

    public int Count => Fields.Length;

    public int Pairs => Column.Length / 2;

    /// <param name="ising">Without its offset.</param>
    public static IsingGraph From(QuboTerms ising)
    {
        var rows = Adjacency.Of(ising);
        return new(ising.Linear, rows.Start, rows.Column, rows.Weight);
    }

    /// <summary>The root of fields[i]² + Σ weight² for every variable: 1 over it is the scale on which gamma acts on i.</summary>
    public double[] Strengths()
    {
        var strengths = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var sum = Fields[i] * Fields[i];
            for (var e = Start[i]; e < Start[i + 1]; e++)
                sum += Weight[e] * Weight[e];
            strengths[i] = Math.Sqrt(sum);
        }
        return strengths;
    }
}
