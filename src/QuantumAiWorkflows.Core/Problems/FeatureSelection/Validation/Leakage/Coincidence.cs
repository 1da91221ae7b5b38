using MathNet.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>Whether so few rows can agree by chance. Among thousands of columns of noise, one tells six rows apart.</summary>
internal static class Coincidence
{
    /// <summary>A finding must be this many times rarer than what all columns together would show by chance.</summary>
    private const double Margin = 1000;

    /// <summary>True when too many arrangements of the target are as good as the one found, for this many columns.</summary>
    /// <param name="counts">Rows per value of the target.</param>
    /// <param name="alike">ln of the number of arrangements that would be as striking.</param>
    public static bool IsPossible(IReadOnlyList<int> counts, double alike, int columns)
    {
        var arrangements =
            SpecialFunctions.FactorialLn(counts.Sum()) - counts.Sum(count => SpecialFunctions.FactorialLn(count));
        return arrangements - alike < Math.Log(Margin * columns);
    }
}
