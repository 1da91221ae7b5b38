namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// A QUBO with all but some variables held at given bits, which is a QUBO of the free ones: the couplings among them stay,
/// those to held variables become linear, the rest becomes the offset. So its energies are those of the whole model, at
/// every assignment of the free variables. Kept without the couplings, which the model has.
/// </summary>
/// <param name="Variables">The free variables, ascending: variable i of the clamped problem is Variables[i] of the whole.</param>
/// <param name="Linear">Linear coefficients of the free variables, what the held ones add included.</param>
/// <param name="Offset">The energy with every free variable at 0.</param>
public sealed record ClampedQubo(IReadOnlyList<int> Variables, IReadOnlyList<double> Linear, double Offset)
{
    /// <summary>O(sum of the free variables' degrees).</summary>
    /// <param name="variables">Ascending, without repetition.</param>
    /// <param name="bits">Of all variables of the model.</param>
    /// <param name="energy">The model's energy at <paramref name="bits"/>.</param>
    public static ClampedQubo Of(BinaryModel model, int[] variables, ReadOnlySpan<sbyte> bits, double energy)
    {
        var linear = new double[variables.Length];
        // What the free variables that are 1 contribute; a coupling between two of them is met from both sides.
        var (alone, between) = (0.0, 0.0);
        for (var a = 0; a < variables.Length; a++)
        {
            var (held, free) = (model.Terms.Linear[variables[a]], 0.0);
            foreach (var (column, weight, index) in Row(model, variables, a))
                if (index < 0)
                    held += weight * bits[column];
                else
                    free += weight * bits[column];
            linear[a] = held == 0 ? 0 : held;
            if (bits[variables[a]] == 1)
                (alone, between) = (alone + held, between + free);
        }
        var offset = energy - alone - between / 2;
        return new(variables, linear, offset == 0 ? 0 : offset);
    }

    /// <summary>The problem over the free variables: a minimization over bits, whatever the whole was posed as.</summary>
    /// <param name="model">That of the whole problem.</param>
    public QuboProblem ToProblem(BinaryModel model)
    {
        var variables = Variables as int[] ?? [.. Variables];
        var (row, column, value) = (new List<int>(), new List<int>(), new List<double>());
        for (var a = 0; a < variables.Length; a++)
            foreach (var (_, weight, index) in Row(model, variables, a))
                if (index > a)
                {
                    row.Add(a);
                    column.Add(index);
                    value.Add(weight);
                }
        return new(
            new QuboTerms(Offset, [.. Linear], [.. row], [.. column], [.. value]),
            Sense.Minimize,
            Vartype.Binary,
            null
        );
    }

    /// <summary>Neighbours of free variable <paramref name="a"/>, each with its own place among the free ones or -1.</summary>
    private static IEnumerable<(int Column, double Weight, int Index)> Row(BinaryModel model, int[] variables, int a)
    {
        var pairs = model.Neighbours;
        // Both lists ascend, so one walk along them finds every common member.
        var index = 0;
        for (var k = pairs.Start[variables[a]]; k < pairs.Start[variables[a] + 1]; k++)
        {
            var column = pairs.Column[k];
            while (index < variables.Length && variables[index] < column)
                index++;
            yield return (column, pairs.Weight[k], index < variables.Length && variables[index] == column ? index : -1);
        }
    }
}
