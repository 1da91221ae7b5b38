using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

public sealed record OrToolsRoutingOptions
{
    [Description(
        "Plans that OR-Tools builds, the first and one a ruin and recreate. Null: until the time, CPU or evaluations budget ends, else 20,000."
    )]
    [Range(1, 1_000_000_000)]
    public long? Plans { get; init; }

    [Description("Visits that a ruin takes out on average.")]
    [Range(1, 100)]
    public int Removals { get; init; } = 10;

    [Description("Visits in a row that a ruin takes out of one route at most.")]
    [Range(1, 100)]
    public int LongestSequence { get; init; } = 10;
}
