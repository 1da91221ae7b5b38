using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.RandomSampling;

public sealed record RandomOptions : PresolvableOptions
{
    [Description(
        "Assignments to draw. Null: budget.shots when given, else until the time, CPU or evaluations budget ends, else 1000."
    )]
    [Range(1, 1_000_000_000)]
    public int? Samples { get; init; }
}
