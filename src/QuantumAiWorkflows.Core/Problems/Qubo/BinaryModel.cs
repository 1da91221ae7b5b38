namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// What QUBO solvers see: minimize offset + Σ linear[i]·x[i] + Σ q·x[i]·x[j] over x in {0, 1}^n. Made from a
/// <see cref="QuboProblem"/> of any sense and vartype, with equal energies at every point (negated for maximize).
/// </summary>
public sealed class BinaryModel
{
    private Adjacency? _adjacency;

    public BinaryModel(QuboTerms terms)
    {
        Terms = terms;
        IsIntegral = terms.IsIntegral;
    }

    public QuboTerms Terms { get; }

    public int NumVariables => Terms.NumVariables;

    public long NumInteractions => Terms.Value.Length;

    /// <summary>Share of the n(n-1)/2 pairs that interact; 0 for one variable.</summary>
    public double Density => NumVariables < 2 ? 0 : NumInteractions / (0.5 * NumVariables * (NumVariables - 1.0));

    /// <summary>True when every coefficient is a whole number, so that sums below 2^53 are exact.</summary>
    public bool IsIntegral { get; }

    /// <summary>Neighbours of every variable; both directions of each pair.</summary>
    public Adjacency Neighbours => _adjacency ??= Adjacency.Of(Terms);

    public double Energy(ReadOnlySpan<sbyte> x) => Terms.Evaluate(x);

    /// <summary>
    /// Spins z = 1 - 2x as qubits measure them (|0⟩ is z = +1): the same energies as
    /// offset + Σ fields[i]·z[i] + Σ coupling·z[i]·z[j].
    /// </summary>
    public QuboTerms ToIsing()
    {
        var fields = new double[NumVariables];
        var couplings = new double[Terms.Value.Length];
        var offset = Terms.Offset;
        for (var i = 0; i < fields.Length; i++)
        {
            offset += Terms.Linear[i] / 2;
            fields[i] -= Terms.Linear[i] / 2;
        }
        for (var k = 0; k < couplings.Length; k++)
        {
            var quarter = Terms.Value[k] / 4;
            offset += quarter;
            fields[Terms.Row[k]] -= quarter;
            fields[Terms.Column[k]] -= quarter;
            couplings[k] = quarter;
        }
        return new(offset, fields, Terms.Row, Terms.Column, couplings);
    }

    internal static BinaryModel From(QuboProblem problem)
    {
        var sign = problem.Sense == Sense.Minimize ? 1.0 : -1.0;
        var terms = problem.Terms;
        var linear = new double[terms.NumVariables];
        var value = new double[terms.Value.Length];
        var offset = sign * terms.Offset;
        if (problem.Vartype == Vartype.Binary)
        {
            for (var i = 0; i < linear.Length; i++)
                linear[i] = sign * terms.Linear[i];
            for (var k = 0; k < value.Length; k++)
                value[k] = sign * terms.Value[k];
            return new(new(offset, linear, terms.Row, terms.Column, value));
        }

        // s = 2x - 1: h s = 2h x - h, and J s t = 4J xy - 2J x - 2J y + J.
        for (var i = 0; i < linear.Length; i++)
        {
            linear[i] = 2 * sign * terms.Linear[i];
            offset -= sign * terms.Linear[i];
        }
        for (var k = 0; k < value.Length; k++)
        {
            var coupling = sign * terms.Value[k];
            value[k] = 4 * coupling;
            linear[terms.Row[k]] -= 2 * coupling;
            linear[terms.Column[k]] -= 2 * coupling;
            offset += coupling;
        }
        return new(new(offset, linear, terms.Row, terms.Column, value));
    }
}

/// <summary>
/// Compressed rows: the neighbours of i are <c>Column[Start[i]..Start[i + 1]]</c>, ascending, with <c>Weight</c> beside.
/// Start [n + 1], Column and Weight [2m].
/// </summary>
public sealed record Adjacency(int[] Start, int[] Column, double[] Weight)
{
    public static Adjacency Of(QuboTerms terms)
    {
        var n = terms.NumVariables;
        var start = new int[n + 1];
        for (var k = 0; k < terms.Value.Length; k++)
        {
            start[terms.Row[k] + 1]++;
            start[terms.Column[k] + 1]++;
        }
        for (var i = 0; i < n; i++)
            start[i + 1] += start[i];

        var next = start[..n];
        var column = new int[start[n]];
        var weight = new double[start[n]];
        // Pairs come sorted by (row, column): a first pass that lists smaller neighbours, then one for larger ones,
        // leaves every row ascending.
        for (var k = 0; k < terms.Value.Length; k++)
        {
            var at = next[terms.Column[k]]++;
            column[at] = terms.Row[k];
            weight[at] = terms.Value[k];
        }
        for (var k = 0; k < terms.Value.Length; k++)
        {
            var at = next[terms.Row[k]]++;
            column[at] = terms.Column[k];
            weight[at] = terms.Value[k];
        }
        return new(start, column, weight);
    }
}
