using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

public sealed record HybridDecompositionOptions
{
    [Description("Variables of a sub-problem; the problem's own number where that is less.")]
    [Range(1, 1000)]
    public int SubProblemSize { get; init; } = 12;

    [Description(
        "Which variables are free in a sub-problem, of those that have not had their turn. energyImpact: where a flip changes the energy most. bfs: the one with the largest impact and its neighbours, breadth first, so that they interact. random: any."
    )]
    public SubProblemSelection Selection { get; init; } = SubProblemSelection.EnergyImpact;

    [Description(
        "Id of the solver of the sub-problems: any that takes QUBO problems and works alone. The run has its paradigm."
    )]
    [Length(1, 64)]
    public string SubSolver { get; init; } = "qaoa";

    [Description("That solver's options, by its own schema. Null: its defaults (qaoa: with crossCheckQubits 0).")]
    public JsonElement? SubOptions { get; init; }

    [Description("What one sub-problem may use; the run's own budget holds besides.")]
    public SubProblemBudget SubBudget { get; init; } = new();

    [Description(
        "Classical steps between the sub-problems; a run with them is never recorded as quantum. none. descent: single flips while one improves. tabu: one-flip tabu search until 100 steps bring nothing better."
    )]
    public Polish Polish { get; init; } = Polish.None;

    [Description(
        "Sub-problems without an improvement after which a round ends. Null: as many as give every variable two turns, at least 3."
    )]
    [Range(1, 1_000_000)]
    public int? Patience { get; init; }

    [Description(
        "Rounds: the first from the initial solution or at random, the others from the best answer with up to a quarter of its variables flipped. Null: until the time, CPU, evaluations or shots budget ends, else 1."
    )]
    [Range(1, 1_000_000)]
    public int? Rounds { get; init; }
}

public sealed record SubProblemBudget
{
    [Description("Shots, for a sub-solver that counts them.")]
    [Range(1, 1_000_000)]
    public int Shots { get; init; } = 256;

    [Description(
        "Evaluations, as the sub-solver counts them; null for no limit. Not for a pure sampler (random), whose evaluations are its shots."
    )]
    [Range(1, 1_000_000_000)]
    public long? Evaluations { get; init; } = 400;

    [Description("Share of the run's CPU and wall seconds; null for no limit but theirs.")]
    [Range(0.0001, 1)]
    public double? Fraction { get; init; }
}

public enum SubProblemSelection
{
    EnergyImpact,
    Bfs,
    Random,
}

public enum Polish
{
    None,
    Descent,
    Tabu,
}
