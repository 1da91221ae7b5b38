using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Tabu;

public sealed record TabuOptions : PresolvableOptions
{
    [Description(
        "Steps for which a flipped variable stays put, at least; up to 10 more are drawn at random. Null: n/100, at least 10. Never more than half of the variables in all. Feature subsets: for a feature taken out; one put in stays for no more than a quarter of the size."
    )]
    [Range(1, 1_000_000)]
    public int? Tenure { get; init; }

    [Description(
        "Steps without a new best of the round after which it ends. Null: 20n, between 1000 and 50000; for feature subsets 20 per feature asked for, between 200 and 2000."
    )]
    [Range(1, 100_000_000)]
    public int? Patience { get; init; }

    [Description(
        "Rounds, the first from the initial solution if there is one (feature subsets: else from greedy mRMR), the others from random starts and, when there are elites, every second one from an elite answer with up to a quarter of its variables flipped. Null: until the time, CPU or evaluations budget ends, else 100."
    )]
    [Range(1, 10_000_000)]
    public int? Rounds { get; init; }

    [Description("Distinct answers kept to start rounds from; the first so many rounds all begin at random.")]
    [Range(1, 1000)]
    public int Elites { get; init; } = 8;
}
