using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.GreedyMrmr;

public sealed record GreedyMrmrOptions
{
    [Description(
        "Subsets built: the first begins with the most relevant feature, as the method is published, each further one with the next most relevant. The best is the answer, all are samples."
    )]
    [Range(1, 5_000)]
    public int Starts { get; init; } = 10;
}
