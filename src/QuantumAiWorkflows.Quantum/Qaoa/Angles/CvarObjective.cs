namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Mean of the lowest share α of the cost distribution (Barkoutsos, Nannicini, Robert, Tavernelli and Woerner, "Improving
/// variational quantum optimization using CVaR", Quantum 4, 256, 2020), exact: q - ⟨(q - C)⁺⟩/α at the α-quantile q, where
/// that form is largest (Rockafellar and Uryasev, Journal of Risk 2, 2000). Hence its derivatives are those of the diagonal
/// q - (q - C)⁺/α with q held fixed.
/// </summary>
/// <param name="alpha">In (0, 1]; 1 is the expectation, and towards 0 it is the lowest cost.</param>
internal sealed class CvarObjective(IQaoaEngine engine, double alpha) : AngleObjective
{
    /// <summary>A round of the search for the quantile narrows the costs down by this factor.</summary>
    private const int Bins = 2048;

    private readonly (double Lowest, double Highest) _range = (engine.Costs.Min(), engine.Costs.Max());

    /// <summary>One more, for the quantile.</summary>
    public override int EvaluationsPerGradient => 4;

    public override double Value(double cost)
    {
        var quantile = Quantile();
        var (below, costs) = (0.0, engine.Costs);
        for (var z = 0; z < costs.Length; z++)
            if (costs[z] < quantile)
                below += engine.Probability(z) * (quantile - costs[z]);
        return quantile - below / alpha;
    }

    public override double Gradient(QaoaAngles angles, double[] gammaSlopes, double[] betaSlopes)
    {
        engine.Prepare(angles);
        var quantile = Quantile();
        return engine.Gradient(
            angles,
            costs =>
            {
                foreach (ref var cost in costs)
                    cost = quantile - Math.Max(0, quantile - cost) / alpha;
            },
            gammaSlopes,
            betaSlopes
        );
    }

    /// <summary>
    /// The lowest cost that the prepared state stays at or below with probability α. Sorting 2^n costs would take longer
    /// than the state: probabilities are summed in bins, then those of the bin where the sum passes α in smaller bins,
    /// until it holds one cost alone. O(2^n) a round, mostly one for whole costs and two or three for others.
    /// </summary>
    private double Quantile()
    {
        var costs = engine.Costs;
        var (lowest, highest) = _range;
        var below = 0.0;
        var sums = new double[Bins];
        var ends = new (double Lowest, double Highest)[Bins];
        while (lowest < highest)
        {
            sums.AsSpan().Clear();
            ends.AsSpan().Fill((double.PositiveInfinity, double.NegativeInfinity));
            var width = highest - lowest;
            for (var z = 0; z < costs.Length; z++)
            {
                var cost = costs[z];
                if (cost < lowest || cost > highest)
                    continue;
                var bin = Math.Min((int)((cost - lowest) / width * Bins), Bins - 1);
                sums[bin] += engine.Probability(z);
                ends[bin] = (Math.Min(ends[bin].Lowest, cost), Math.Max(ends[bin].Highest, cost));
            }
            // Where rounding keeps the sum of all below α, the last cost is the quantile.
            var last = Array.FindLastIndex(ends, e => e.Lowest <= e.Highest);
            var chosen = 0;
            while (chosen < last && below + sums[chosen] < alpha)
                below += sums[chosen++];
            (lowest, highest) = ends[chosen];
        }
        return lowest;
    }
}
