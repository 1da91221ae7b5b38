using QuantumAiWorkflows.Benchmarks;

namespace QuantumAiWorkflows.Calibration;

/// <summary>A truth that the judge does not know.</summary>
/// <param name="Entrants">The candidate, then baselines.</param>
/// <param name="AtLeast">Percent of suites of 20 instances x 10 seeds that have to find it; null: nothing is required.</param>
public sealed record Plant(string Name, IReadOnlyList<Traits> Entrants, double? AtLeast = null)
{
    public CostMode Mode { get; init; } = CostMode.Target;

    /// <summary>The truth is about exact gaps, which records move to their side of the target: judged from scores only.</summary>
    public bool IsOfScores { get; init; }
}

/// <summary>The truths of the tables.</summary>
public static class Planted
{
    private static readonly Traits Same = new();

    /// <summary>The advantage is not the same everywhere.</summary>
    private static readonly Traits Varying = new() { SpeedSpread = 0.3 };

    public static IReadOnlyList<Plant> Advantages { get; } =
    [
        new("time 10 % less (inside the margin)", [Varying with { Speed = 1 / 0.9 }, Varying]),
        new("time 30 % less", [Varying with { Speed = 1 / 0.7 }, Varying], 55),
        new("time halved", [Varying with { Speed = 2 }, Varying], 90),
        new("price 30 % less, else equal", [Varying with { Price = 0.7 }, Varying]),
        new("gap 0.5 points better, cost equal", [Varying, Varying with { Worse = 0.5 }]),
        new("gap 1 point better, cost equal", [Varying, Varying with { Worse = 1 }]),
        new("the same, mode budget", [Varying, Varying with { Worse = 1 }], 85) { Mode = CostMode.Budget },
        new("gap 3 points better, cost equal", [Varying, Varying with { Worse = 3 }]),
        new("feasible in 100 % of runs instead of 80 %", [Varying, Varying with { FeasibleAtMost = 0.8 }]),
    ];

    public static IReadOnlyList<Plant> Nulls { get; } =
    [
        new(
            "equal on average, instances differ (log2 time sd 0.5, gap sd 1 point)",
            [new() { SpeedSpread = 0.5, GapInteraction = 1 }, new() { SpeedSpread = 0.5, GapInteraction = 1 }]
        ),
        new("3 points better, cost at the match margin", [Same with { Price = 1.25 }, Same with { Worse = 3 }]),
        new(
            "half the price, gap at the bad margin",
            [
                new()
                {
                    Price = 0.5,
                    Worse = 1,
                    WorseSpread = 0,
                },
                Same,
            ]
        )
        {
            IsOfScores = true,
        },
        new(
            "half the price at half the speed, 0.5 points better",
            [new() { Price = 0.5, Speed = 0.5 }, Same with { Worse = 0.5 }]
        ),
        new("2x faster at 2.5x the price", [new() { Speed = 2, Price = 2.5 }, Same]),
        new("2x faster, but feasible in 85 % of runs", [new() { Speed = 2, FeasibleAtMost = 0.85 }, Same]),
        new(
            "20x slower on 15 % of instances, 1.6x faster on the rest",
            [new() { Speed = 1.6, Elsewhere = (0.15, 0.05) }, Same]
        ),
        new(
            "equal mean gap, candidate heavy-tailed, baseline constant",
            [Same with { RunSpread = 1.2 }, Same with { RunSpread = 0.05 }]
        )
        {
            IsOfScores = true,
        },
        new("equal expected time, candidate exponential, baseline steady", [Same, new() { IsSteady = true }]),
    ];

    public static IReadOnlyList<Plant> Worlds { get; } =
    [
        new("3 equal baselines, candidate equal", [Varying, Varying, Varying, Varying]),
        new(
            "baselines 1x, 0.7x, 0.4x fast, candidate like the best",
            [Varying, Varying, Varying with { Speed = 0.7 }, Varying with { Speed = 0.4 }]
        ),
        new("3 equal baselines, candidate 2x faster", [Varying with { Speed = 2 }, Varying, Varying, Varying]),
        new("3 equal baselines, candidate 3x faster", [Varying with { Speed = 3 }, Varying, Varying, Varying]),
    ];

    public static Cell EqualSolvers(World world, int instances, int seeds) =>
        new("the same solver twice", world, [Same, Same], instances, seeds);

    public static Cell Candidates(int count) =>
        new($"{count} candidates", World.Smooth, [.. Enumerable.Repeat(Same, count + 1)], 10, 10)
        {
            Candidates = count,
        };

    public static Cell Of(Plant plant, World world, int instances, int seeds) =>
        new(plant.Name, world, plant.Entrants, instances, seeds) { Mode = plant.Mode };
}
