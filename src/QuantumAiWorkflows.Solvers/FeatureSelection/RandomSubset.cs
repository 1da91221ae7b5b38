using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

internal static class RandomSubset
{
    /// <summary>The required features and others at random: as many as are asked for, or up to as many as are allowed.</summary>
    public static void Draw(Subset subset, Xoshiro256 random)
    {
        subset.Clear();
        var rules = subset.Problem.Constraints;
        var free = (int[])subset.Movable.Clone();
        var most = Math.Min(rules.Size - subset.Count, free.Length);
        var count = rules.IsExact ? most : random.NextInt32(most + 1);
        for (var k = 0; k < count; k++)
        {
            var other = k + random.NextInt32(free.Length - k);
            (free[k], free[other]) = (free[other], free[k]);
            subset.Add(free[k]);
        }
    }
}
