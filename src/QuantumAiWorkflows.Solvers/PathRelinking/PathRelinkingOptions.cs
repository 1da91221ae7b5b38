using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.PathRelinking;

public sealed record PathRelinkingOptions : PresolvableOptions
{
    [Description("Distinct elite answers kept; as many tabu searches from random starts begin a population.")]
    [Range(2, 1000)]
    public int Population { get; init; } = 10;

    [Description(
        "How a path goes from one elite answer to another: greedy takes the step of the least change among those that lead there, random any of them, mixed either way with equal probability."
    )]
    public RelinkingPath Path { get; init; } = RelinkingPath.Mixed;

    [Description(
        "Steps of a tabu search without a new best of its own after which it ends. Null: 10n, between 500 and 100000."
    )]
    [Range(1, 100_000_000)]
    public int? Patience { get; init; }

    [Description(
        "Steps for which a flipped variable stays put, at least; up to 10 more are drawn at random. Null: n/100, at least 10. Never more than half of the variables in all."
    )]
    [Range(1, 1_000_000)]
    public int? Tenure { get; init; }

    [Description(
        "Populations, each until no pair of its elites is left to relink; every one but the first begins with the best answer so far, the first with the initial solution if there is one. Null: until the time, CPU or evaluations budget ends, else 5."
    )]
    [Range(1, 1_000_000)]
    public int? Populations { get; init; }
}

public enum RelinkingPath
{
    Greedy,
    Random,
    Mixed,
}
