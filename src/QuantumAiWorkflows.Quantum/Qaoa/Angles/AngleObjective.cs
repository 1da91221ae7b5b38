namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// What the search for angles minimizes: a number that a state's cost distribution has, in units of the cost. Its
/// derivatives are those of a diagonal observable.
/// </summary>
internal abstract class AngleObjective
{
    /// <param name="deviation">Standard deviation of the cost over all bit strings; 0 where there is no cost.</param>
    /// <param name="space">The strings that the circuit can give; null: all.</param>
    public static AngleObjective Of(
        QaoaOptions options,
        IQaoaEngine engine,
        double deviation,
        SearchSpace? space = null
    ) =>
        options.Objective switch
        {
            QaoaObjective.Cvar => new CvarObjective(engine, options.CvarAlpha),
            QaoaObjective.Gibbs when deviation > 0 => new GibbsObjective(
                engine,
                options.GibbsEta,
                deviation,
                lowest: space?.Range(engine.Costs).Lowest ?? engine.Costs.Min()
            ),
            _ => new ExpectationObjective(engine),
        };

    /// <summary>Of the engine's prepared state, which has this expected cost.</summary>
    public abstract double Value(double cost);

    /// <summary>Where an optimizer's tolerances, which are for numbers of order 1, have their zero and their unit.</summary>
    /// <param name="deviation">As of <see cref="Of"/>.</param>
    public virtual (double Origin, double Unit) Scale(double deviation) => (0, deviation);

    /// <summary>What <see cref="Gradient"/> counts as: a state prepared and two undone.</summary>
    public virtual int EvaluationsPerGradient => 3;

    /// <summary>Value and derivatives at some angles; afterwards the engine has no prepared state.</summary>
    public abstract double Gradient(QaoaAngles angles, double[] gammaSlopes, double[] betaSlopes);

    private sealed class ExpectationObjective(IQaoaEngine engine) : AngleObjective
    {
        public override double Value(double cost) => cost;

        public override double Gradient(QaoaAngles angles, double[] gammaSlopes, double[] betaSlopes) =>
            engine.Gradient(angles, null, gammaSlopes, betaSlopes);
    }
}
