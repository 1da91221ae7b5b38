using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// What one flip of each bit changes a quadratic function by, at most: c + Σ positive q upwards, -(c + Σ negative q) downwards.
/// </summary>
internal sealed class FlipBounds
{
    private readonly double[] _up;
    private readonly double[] _down;

    public FlipBounds(QuboTerms terms)
    {
        (_up, _down) = ([.. terms.Linear], [.. terms.Linear.Select(c => -c)]);
        for (var k = 0; k < terms.Value.Length; k++)
            foreach (var bit in (ReadOnlySpan<int>)[terms.Row[k], terms.Column[k]])
            {
                _up[bit] += Math.Max(terms.Value[k], 0);
                _down[bit] -= Math.Min(terms.Value[k], 0);
            }
    }

    /// <summary>The most that any flip changes, in either direction; 0 where none changes anything.</summary>
    public double Most => _up.Concat(_down).Append(0).Max();

    /// <summary>The least positive one among the bits' two directions; 1 where there is none.</summary>
    public double Least => _up.Concat(_down).Where(change => change > 0).DefaultIfEmpty(1).Min();
}
