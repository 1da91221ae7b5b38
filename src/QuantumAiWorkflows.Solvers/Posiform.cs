namespace QuantumAiWorkflows.Solvers;

/// <summary>Cost·x[First]·x[Second], or Cost·x[First]·(1 - x[Second]) where it is negated. Cost is positive.</summary>
internal readonly record struct PosiformTerm(int First, int Second, bool IsNegated, long Cost)
{
    /// <summary>The product of its two literals, 0 or 1.</summary>
    public int Product(ReadOnlySpan<sbyte> bits) => bits[First] & (IsNegated ? 1 - bits[Second] : bits[Second]);
}

/// <summary>
/// The quadratic posiform of a QUBO: Σ Linear[i]·x[i] + Σ of terms with positive costs, which is the model's energy without
/// its constant. a·x·y with a &lt; 0 becomes a·x + |a|·x·(1 - y) (E. Boros, P. L. Hammer, "Pseudo-Boolean optimization",
/// Discrete Applied Mathematics 123, 2002). As every cost is positive, a model needs of each product only that it is not
/// too small: one inequality, z ≥ x + y - 1 or z ≥ x - y, and not the four of McCormick.
/// </summary>
internal sealed record Posiform(long[] Linear, PosiformTerm[] Terms)
{
    /// <summary>O(n + m).</summary>
    public static Posiform Of(IntegerModel qubo)
    {
        var linear = (long[])qubo.Linear.Clone();
        var terms = new List<PosiformTerm>(qubo.Value.Length);
        for (var k = 0; k < qubo.Value.Length; k++)
        {
            var (x, y, cost) = (qubo.Row[k], qubo.Column[k], qubo.Value[k]);
            if (cost == 0)
                continue; // a coefficient that rounding took away
            if (cost < 0)
            {
                // The linear rest goes to the variable with the larger coefficient, which it brings nearer to 0.
                if (linear[x] < linear[y])
                    (x, y) = (y, x);
                linear[x] += cost;
            }
            terms.Add(new(x, y, cost < 0, Math.Abs(cost)));
        }
        return new(linear, [.. terms]);
    }

    /// <summary>Σ |Linear| + Σ Cost: an error of ε in every variable changes the value by no more than ε times this.</summary>
    public double Magnitude => Linear.Sum(c => Math.Abs((double)c)) + Terms.Sum(t => (double)t.Cost);

    /// <summary>The products of all terms, in their order.</summary>
    public IEnumerable<int> Products(sbyte[] bits) => Terms.Select(t => t.Product(bits));
}
