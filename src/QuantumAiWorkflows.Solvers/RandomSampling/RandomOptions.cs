using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.RandomSampling;

public sealed record RandomOptions
{
    [Description(
        "Assignments to draw. Null: budget.shots when given, else until the time, CPU or evaluations budget ends, else 1000."
    )]
    [Range(1, 1_000_000_000)]
    public int? Samples { get; init; }
}
