using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.Descent;

public sealed record DescentOptions
{
    [Description("Descents, each from a random start.")]
    [Range(1, 1_000_000)]
    public int Starts { get; init; } = 20;
}
