using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>What a round decides by.</summary>
/// <param name="Single">⟨Z_i⟩ of every variable, [n].</param>
/// <param name="Pair">⟨Z_i Z_j⟩ beside the graph's columns, [2m]; set where the column is larger than the row.</param>
internal sealed record Correlations(double[] Single, double[] Pair)
{
    /// <summary>The state that they were taken from; null where there is none.</summary>
    public QaoaExpectation? Source { get; init; }
}

/// <param name="Cost">Expected cost of the graph at these angles.</param>
internal sealed record QaoaExpectation(string ExecutionPath, QaoaAngles Angles, double Cost);

/// <summary>Where the correlations of a round come from. May remember earlier rounds, whose angles are a good start.</summary>
internal interface ICorrelationSource
{
    /// <summary>Null when a budget ended before there were any.</summary>
    Correlations? Of(IsingGraph graph);

    /// <summary>Of one more round like the last, as a guess.</summary>
    RoundPrice Price { get; }
}

/// <param name="Evaluations">Evaluations that a round takes on average.</param>
/// <param name="Seconds">Wall seconds that correlations take on average; null: as long as the last time.</param>
/// <param name="Work">As <see cref="OneLayer.WorkOf"/> counts it, for runs that have no clock.</param>
internal readonly record struct RoundPrice(double Evaluations, double? Seconds, double Work);
