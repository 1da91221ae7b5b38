using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.Greedy;

public sealed record GreedyOptions
{
    [Description(
        "Descents, the first from the initial solution if there is one. Null: until the time, CPU or evaluations budget ends, else 20."
    )]
    [Range(1, 100_000_000)]
    public int? Starts { get; init; }

    [Description(
        "Where descents begin. \"constructed\": from an assignment made by giving the most decisive variable its better value, one after another; \"random\": from a uniform random assignment."
    )]
    public GreedyBeginning Beginning { get; init; } = GreedyBeginning.Constructed;

    [Description(
        "Share of the variables that a construction sets at random before it begins, at least one: 0 makes constructions much alike."
    )]
    [Range(0, 1)]
    public double RandomShare { get; init; } = 0.05;
}

public enum GreedyBeginning
{
    Constructed,
    Random,
}
