using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.GreedyMrmr;

public sealed record GreedyMrmrOptions
{
    [Description(
        "Subsets built: the first begins with the most relevant feature, as the method is published, each further one with the next most relevant. The best is the answer, all are samples. Null: ten, and more until five distinct allowed subsets are found, if need be an exchange behind these."
    )]
    [Range(1, 5_000)]
    public int? Starts { get; init; }
}
