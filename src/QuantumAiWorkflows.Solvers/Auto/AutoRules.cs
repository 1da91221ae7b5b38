using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>A row of the table: for parts like this, these solvers race.</summary>
/// <param name="When">The condition in words; shown in records.</param>
/// <param name="Candidates">In the order of preference: the first has everything where there is no race, and wins ties.</param>
internal sealed record AutoRule(string When, Func<QuboFeatures, bool> Applies, IReadOnlyList<AutoCandidate> Candidates);

/// <summary>
/// The table that <c>auto</c> chooses by; the first row that applies counts. It is made from families of instances, never from an
/// instance: what was measured is in docs/solvers.md.
/// </summary>
internal static class AutoRules
{
    /// <summary>Parts of so few variables are enumerated: 2^24 assignments are some hundredths of a second.</summary>
    public const int EnumeratedVariables = 24;

    /// <summary>
    /// Interactions up to which cp-sat is asked for a proof. Its frontier within ten seconds is about the same number of
    /// them at every density: 120 variables at 0.1 have 714, 80 at 0.25 have 790, 60 at 0.5 have 885, 45 at 1 have 990.
    /// </summary>
    public const int ProvableInteractions = 1000;

    private const double SparseBelow = 1.0 / 12;

    /// <summary>
    /// From here on the replicas of parallel tempering leave the cache and are too few rounds apart in seconds: annealing
    /// was better on random graphs of 10,000 variables, tempering up to 5,000.
    /// </summary>
    private const int ManyVariables = 6000;

    public static IReadOnlyList<AutoRule> All { get; } =
    [
        new(
            "less than a twelfth of all pairs interact, more than 6,000 variables: sparse and large",
            f => f.Density < SparseBelow && f.NumVariables > ManyVariables,
            [
                new("simulated-annealing", "cools a large problem once in the time that replicas need to mix"),
                new("parallel-tempering", "never freezes: narrow valleys between wide ones"),
            ]
        ),
        new(
            "at most 8 interactions per variable on average: sparse, like a grid",
            f => f.MeanDegree <= 8,
            [
                new("parallel-tempering", "moves whole clusters, and never freezes: spin glasses on sparse graphs"),
                new("simulated-annealing", "single-spin sweeps cost O(1) a spin where variables have few neighbours"),
            ]
        ),
        new(
            "less than a twelfth of all pairs interact: sparse",
            f => f.Density < SparseBelow,
            [
                new("parallel-tempering", "never freezes: narrow valleys between wide ones"),
                new("simulated-annealing", "cools past the many local minima of large sparse problems"),
                new("simulated-bifurcation", "all variables move at once"),
            ]
        ),
        new(
            "at least a twelfth of all pairs interact: dense",
            _ => true,
            [
                new(
                    "path-relinking",
                    "keeps what good answers have in common, which is most of the best where all interact"
                ),
                new("simulated-annealing", "cools past local minima where a tabu search circles"),
                new("simulated-bifurcation", "all variables move at once"),
            ]
        ),
    ];

    /// <summary>Measured on one core of an AMD EPYC (Zen 3); see docs/solvers.md.</summary>
    private static readonly SolverCost[] Costs =
    [
        new("simulated-annealing", 2.6, 0.06),
        new("path-relinking", 0.16, 0.0005),
        new("simulated-bifurcation", 1.2, 0.046),
        new("parallel-tempering", 3.4, 0.15),
    ];

    public static AutoRule For(QuboFeatures features) => All.First(r => r.Applies(features));

    public static SolverCost CostOf(string solver) => Costs.Single(c => c.Solver == solver);

    public static bool IsProvable(QuboFeatures features) => features.NumInteractions <= ProvableInteractions;

    /// <summary>Ids of everybody that the table and the run may call.</summary>
    public static IEnumerable<string> Solvers =>
        All.SelectMany(r => r.Candidates).Select(c => c.Solver).Append(Enumerator).Append(Prover).Distinct();

    public const string Enumerator = "exhaustive";

    public const string Prover = "cp-sat";
}
