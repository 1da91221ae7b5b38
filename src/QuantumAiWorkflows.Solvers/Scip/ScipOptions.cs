using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.Scip;

public sealed record ScipOptions
{
    [Description(
        "Triangle inequalities that SCIP may add to the linear relaxation, those with the largest coefficients first. 0 leaves the bare linearization, whose bounds are far weaker."
    )]
    [Range(0, 100_000)]
    public int Triangles { get; init; } = 5000;
}
