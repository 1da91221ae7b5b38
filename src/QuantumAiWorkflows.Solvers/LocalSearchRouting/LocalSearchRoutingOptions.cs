using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

public sealed record LocalSearchRoutingOptions
{
    [Description(
        "Rounds of ruin and recreate. Null: until the time, CPU or evaluations budget ends, else 20 per stop, at least 2,000."
    )]
    [Range(0, 1_000_000_000)]
    public long? Rounds { get; init; }

    [Description("Stops that a round takes out on average.")]
    [Range(1, 100)]
    public int Removals { get; init; } = 10;

    [Description("Stops in a row that a round takes out of one route at most.")]
    [Range(1, 100)]
    public int LongestString { get; init; } = 10;

    [Description(
        "Share of the plan's mean cost of a stop that a round may make it worse by, at the start; falls to a hundredth of that."
    )]
    [Range(0.0, 10.0)]
    public double Temperature { get; init; } = 0.1;
}
