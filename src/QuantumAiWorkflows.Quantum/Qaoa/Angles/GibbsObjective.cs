namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// -ln⟨exp(-η·C)⟩ / η, which rewards weight on the lowest costs more than the expectation does, and becomes the expectation
/// for small η (Li, Fan, Coram, Riley and Leichenauer, "Quantum optimization with a novel Gibbs objective function and ansatz
/// architecture search", Physical Review Research 2, 023074, 2020). 8 bytes per amplitude.
/// </summary>
internal sealed class GibbsObjective : AngleObjective
{
    private readonly IQaoaEngine _engine;
    private readonly double _eta;
    private readonly double _lowest;
    private readonly double[] _weights;

    /// <param name="eta">One over a cost.</param>
    public GibbsObjective(IQaoaEngine engine, double eta)
    {
        _engine = engine;
        _eta = eta;
        // Weights relative to the lowest cost: none overflows, and the largest is 1.
        _lowest = engine.Costs.Min();
        _weights = Array.ConvertAll(engine.Costs, cost => Math.Exp(-eta * (cost - _lowest)));
    }

    public override double Value(double cost)
    {
        var mean = 0.0;
        for (var z = 0; z < _weights.Length; z++)
            mean += _weights[z] * _engine.Probability(z);
        return FromMean(mean);
    }

    public override double Gradient(QaoaAngles angles, double[] gammaSlopes, double[] betaSlopes)
    {
        var mean = _engine.Gradient(angles, _weights, gammaSlopes, betaSlopes);
        for (var layer = 0; layer < angles.Layers; layer++)
        {
            gammaSlopes[layer] /= -_eta * mean;
            betaSlopes[layer] /= -_eta * mean;
        }
        return FromMean(mean);
    }

    // A large eta may leave no weight that a double holds: then the objective is as bad as it can be, but finite.
    private double FromMean(double mean) => _lowest - Math.Log(Math.Max(mean, double.Epsilon)) / _eta;
}
