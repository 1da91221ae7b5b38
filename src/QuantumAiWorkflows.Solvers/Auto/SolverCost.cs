using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>
/// What an evaluation of a solver costs on one core, in nanoseconds: PerEvaluation + PerNeighbour · mean degree. Solvers
/// count different things, and this is how a race gives them equal shares by counts alone. Only ratios matter under an
/// evaluations budget; under a clock it also decides how long the race is, so a machine of half the speed races for a
/// fifth of the budget instead of a tenth.
/// </summary>
/// <param name="Solver">Its id.</param>
/// <param name="PerNeighbour">For every variable that a variable interacts with, on average over evaluations.</param>
internal sealed record SolverCost(string Solver, double PerEvaluation, double PerNeighbour)
{
    /// <summary>Every run lays the problem out in its own way first: so much per variable and interaction.</summary>
    public const double LayoutNanoseconds = 60;

    public double Nanoseconds(QuboFeatures features) => PerEvaluation + PerNeighbour * features.MeanDegree;

    /// <summary>Of one run before its first evaluation.</summary>
    public static double Layout(QuboFeatures features) =>
        LayoutNanoseconds * (features.NumVariables + features.NumInteractions);
}
