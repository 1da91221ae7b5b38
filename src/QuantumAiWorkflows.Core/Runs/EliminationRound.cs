namespace QuantumAiWorkflows.Runs;

/// <summary>One round of recursive QAOA: a state's correlations, and what they decided.</summary>
public sealed record EliminationRound
{
    /// <summary>Variables left before the round.</summary>
    public required int Variables { get; init; }

    /// <summary>Pairs of them that interact.</summary>
    public required int Interactions { get; init; }

    /// <summary>Variables that the round eliminated.</summary>
    public required int Eliminated { get; init; }

    /// <summary>The variable that the strongest correlation fixed, or the two that it tied to each other.</summary>
    public required IReadOnlyList<int> Strongest { get; init; }

    /// <summary>⟨Z⟩ or ⟨ZZ⟩ of them: positive for bits 0 or equal bits, negative for bits 1 or opposite bits.</summary>
    public required double Correlation { get; init; }

    /// <summary>Where the correlations came from; see <see cref="QuantumMetrics.ExecutionPath"/>.</summary>
    public required string ExecutionPath { get; init; }

    public required LayerAngles Angles { get; init; }

    /// <summary>Mean objective over the state of this round, in the problem's own sense, offset included.</summary>
    public required double Expectation { get; init; }
}
