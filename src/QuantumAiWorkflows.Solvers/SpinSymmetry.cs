using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// A problem whose energy stays the same when all of its bits are flipped: spins without fields, a cut of a graph. Then
/// one variable may be fixed at either value, which halves what a proof has to look at.
/// </summary>
internal static class SpinSymmetry
{
    /// <summary>
    /// Whether the model has the symmetry, up to the rounding of sums of its coefficients: turning couplings of spins into those of bits rounds
    /// them. For heuristics; a proof asks <see cref="VariableToFix"/>. O(n + m).
    /// </summary>
    public static bool Holds(BinaryModel model)
    {
        var terms = model.Terms;
        var (field, size) = (new double[terms.Linear.Length], new double[terms.Linear.Length]);
        for (var i = 0; i < field.Length; i++)
            (field[i], size[i]) = (2 * terms.Linear[i], 2 * Math.Abs(terms.Linear[i]));
        for (var k = 0; k < terms.Value.Length; k++)
            foreach (var i in (ReadOnlySpan<int>)[terms.Row[k], terms.Column[k]])
            {
                field[i] += terms.Value[k];
                size[i] += Math.Abs(terms.Value[k]);
            }
        for (var i = 0; i < field.Length; i++)
            if (Math.Abs(field[i]) > Rounding * size[i])
                return false;
        return true;
    }

    private const double Rounding = 1e-12;

    /// <summary>
    /// The variable with the largest sum of |coupling|, when the whole model has the symmetry; null when it has not. As
    /// spins, x = (1 - s) / 2, the field of i is -(2·Linear[i] + Σ Value of its pairs) / 4. O(n + m).
    /// </summary>
    public static int? VariableToFix(IntegerModel qubo)
    {
        var field = Array.ConvertAll(qubo.Linear, c => 2 * (Int128)c);
        var size = new Int128[field.Length];
        for (var k = 0; k < qubo.Value.Length; k++)
            foreach (var i in (ReadOnlySpan<int>)[qubo.Row[k], qubo.Column[k]])
            {
                field[i] += qubo.Value[k];
                size[i] += Int128.Abs(qubo.Value[k]);
            }
        return field.All(f => f == 0) ? Array.IndexOf(size, size.Max()) : null;
    }
}
