using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

public sealed record HybridGeneticSearchOptions
{
    [Description("Plans that survive in each of the two sub-populations, feasible and infeasible.")]
    [Range(2, 200)]
    public int Population { get; init; } = 25;

    [Description(
        "Offspring of a generation: so many more than population may a sub-population hold before survivors are chosen."
    )]
    [Range(1, 500)]
    public int Offspring { get; init; } = 40;

    [Description("Best plans by cost that survive however alike they are.")]
    [Range(0, 200)]
    public int Elites { get; init; } = 4;

    [Description("Nearest other plans that a plan's diversity is measured by.")]
    [Range(1, 50)]
    public int Close { get; init; } = 5;

    [Description("Nearest customers that moves are tried with. Null: 20, with time windows 40.")]
    [Range(1, 1000)]
    public int? Granularity { get; init; }

    [Description("Share of local searches that should end in a feasible plan: penalties rise and fall to keep it.")]
    [Range(0.01, 0.99)]
    public double TargetFeasible { get; init; } = 0.2;

    [Description(
        "Offspring in a row without a better plan after which the population starts anew; for a single tour, kicks per stop."
    )]
    [Range(1, 10_000_000)]
    public int Patience { get; init; } = 20_000;

    [Description(
        "Offspring, or kicks of a single tour. Null: until the time, CPU or evaluations budget ends, else 50,000 offspring, or 1,000 kicks per stop."
    )]
    [Range(1, 1_000_000_000)]
    public long? Iterations { get; init; }

    [JsonIgnore]
    internal int MaxMembers => Population + Offspring;
}
