using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

public sealed record DispatchingRulesOptions
{
    [Description(
        "spt and lpt: shortest and longest task first; mwkr: most work remaining in the job; edd: earliest due date; atc: apparent tardiness cost; lft and lst: latest finish and start that leave room for what follows. Null: all of them."
    )]
    public DispatchRule? Rule { get; init; }

    [Description(
        "active: each task at its earliest time, also in a gap. nonDelay: no resource waits while a task could start. Null: both."
    )]
    public ScheduleGeneration? Generation { get; init; }

    [Description("Whether tabu search improves what the rules gave.")]
    public bool Improve { get; init; } = true;

    [Description(
        "Steps for which a move may not be undone, at least; up to as many again are drawn at random. Null: 8 and one more for every two jobs per machine of a shop, 5 elsewhere."
    )]
    [Range(1, 10_000)]
    public int? Tenure { get; init; }

    [Description("Steps without a new best of the round after which it ends. Null: 2000 in a shop, 500 elsewhere.")]
    [Range(1, 100_000_000)]
    public int? Patience { get; init; }

    [Description(
        "Rounds of tabu search, the first from the best schedule of the rules or the initial solution, later ones from a disturbed elite schedule or from a rule with random choices. Null: until the time, CPU or evaluations budget ends, else 10."
    )]
    [Range(1, 10_000_000)]
    public int? Rounds { get; init; }

    [Description(
        "Neighbours looked at in a step where the search is over lists of tasks; a shop's own moves are all looked at."
    )]
    [Range(1, 1000)]
    public int Neighbours { get; init; } = 20;
}
