namespace QuantumAiWorkflows.Problems.Qubo.Generators;

/// <summary>Takes pairs in the order that <see cref="QuboTerms"/> has them, 16 bytes each; leaves out zeros.</summary>
internal sealed class PairList(int numVariables, double density)
{
    private readonly List<int> _row = new(Expected(numVariables, density));
    private readonly List<int> _column = new(Expected(numVariables, density));
    private readonly List<double> _value = new(Expected(numVariables, density));

    public void Add(int i, int j, double value)
    {
        if (value == 0)
            return;
        _row.Add(i);
        _column.Add(j);
        _value.Add(value);
    }

    public QuboTerms ToTerms(double[] linear) => new(0, linear, [.. _row], [.. _column], [.. _value]);

    // Of 5000 variables there are 12.5 million pairs: growing by doubling would need half as much again.
    private static int Expected(int numVariables, double density) =>
        (int)(density * numVariables * (numVariables - 1.0) / 2 * 1.01) + 64;
}
