using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <summary>What the command line adds to a suite's gate.</summary>
/// <param name="IsGate">The exit code follows the gate.</param>
/// <param name="CompareWith">Id of an earlier benchmark.</param>
/// <param name="Baseline">The earlier figures themselves.</param>
/// <param name="MaxRegressionPercent">Null: the suite's own.</param>
internal sealed record GateWishes(bool IsGate, string? CompareWith, JsonObject? Baseline, double? MaxRegressionPercent)
{
    /// <exception cref="StopException">There is nothing to gate, or to compare with.</exception>
    public void PutInto(JsonObject suite)
    {
        var gate = suite["gate"] as JsonObject;
        if (CompareWith is not null || Baseline is not null)
        {
            if (gate is null)
                suite["gate"] = gate = [];
            // One of them stands for the other in the suite: there is one before.
            gate.Remove("compareWith");
            gate.Remove("baseline");
            if (CompareWith is not null)
                gate["compareWith"] = CompareWith;
            else
                gate["baseline"] = Baseline!.DeepClone();
        }
        if (MaxRegressionPercent is { } percent)
        {
            if (gate?["compareWith"] is null && gate?["baseline"] is null)
                throw StopException.Usage(
                    "--max-regression needs something to compare with: --compare-with, --baseline, or a suite whose gate has one."
                );
            gate["maxRegressionPercent"] = percent;
        }
        if (IsGate && suite["gate"] is null)
            throw StopException.Usage(
                "--gate: the suite has no gate; give it one, or compare with --compare-with or --baseline."
            );
    }
}
