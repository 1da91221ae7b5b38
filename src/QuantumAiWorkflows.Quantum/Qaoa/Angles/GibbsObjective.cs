namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// -ln⟨exp(-η·C)⟩ / η, which rewards weight on the lowest costs more than the expectation does, and becomes the expectation
/// for small η (Li, Fan, Coram, Riley and Leichenauer, "Quantum optimization with a novel Gibbs objective function and ansatz
/// architecture search", Physical Review Research 2, 023074, 2020).
/// </summary>
/// <param name="eta">In units of one over <paramref name="unit"/>.</param>
/// <param name="unit">A cost. Their quotient may be beyond a double's range where neither of them is.</param>
/// <param name="lowest">Of the costs that the circuit can give.</param>
internal sealed class GibbsObjective(IQaoaEngine engine, double eta, double unit, double lowest) : AngleObjective
{
    /// <summary>A large eta divides all differences, which matter as much as before.</summary>
    public override (double Origin, double Unit) Scale(double deviation) => (lowest, deviation / Math.Max(1, eta));

    public override double Value(double cost)
    {
        var mean = 0.0;
        for (var z = 0; z < engine.Costs.Length; z++)
            mean += Weight(engine.Costs[z]) * engine.Probability(z);
        return FromMean(mean);
    }

    public override double Gradient(QaoaAngles angles, double[] gammaSlopes, double[] betaSlopes)
    {
        var mean = engine.Gradient(
            angles,
            costs =>
            {
                foreach (ref var cost in costs)
                    cost = Weight(cost);
            },
            gammaSlopes,
            betaSlopes
        );
        for (var k = 0; k < gammaSlopes.Length; k++)
            gammaSlopes[k] *= -unit / (eta * mean);
        for (var k = 0; k < betaSlopes.Length; k++)
            betaSlopes[k] *= -unit / (eta * mean);
        return FromMean(mean);
    }

    /// <summary>Relative to the lowest cost: none overflows, and the largest is 1, as it is for what no shot can cost.</summary>
    private double Weight(double cost) => Math.Exp(-eta * Math.Max(0, (cost - lowest) / unit));

    // A large eta may leave no weight that a double holds: then the objective is as bad as it can be, but finite.
    private double FromMean(double mean) => lowest - unit * (Math.Log(Math.Max(mean, double.Epsilon)) / eta);
}
