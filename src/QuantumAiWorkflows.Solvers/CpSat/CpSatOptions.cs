using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat;

public sealed record CpSatOptions : PresolvableOptions
{
    [Description(
        "Level of CP-SAT's linear relaxation. 2 closes gaps of quadratic objectives far sooner than its own 1."
    )]
    [Range(0, 2)]
    public int LinearizationLevel { get; init; } = 2;
}
