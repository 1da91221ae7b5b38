using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.Genetic;

public sealed record GeneticOptions
{
    [Description("Answers that live at a time.")]
    [Range(2, 1000)]
    public int Population { get; init; } = 16;

    [Description("Children bred. Null: until the time, CPU or evaluations budget ends, else 500.")]
    [Range(1, 100_000_000)]
    public int? Children { get; init; }

    [Description(
        "Steps of tabu search without a new best after which a child is grown up. 0: plain one-flip descent. Null: the number of variables, between 100 and 5000."
    )]
    [Range(0, 10_000_000)]
    public int? Patience { get; init; }

    [Description(
        "Children in a row that found no place, after which the population is begun afresh around its best answer. Null: four times the population."
    )]
    [Range(1, 1_000_000)]
    public int? Stagnation { get; init; }

    [Description(
        "Least distance between two that live, as a share of the variables; at least one variable. A child nearer than that to another can only take its place."
    )]
    [Range(0, 0.5)]
    public double Distance { get; init; } = 0.01;
}
