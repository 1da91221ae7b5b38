using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// What instances are like and how runs scatter. A run's budget is one second; times are log-normal over instances and
/// exponential over seeds, gaps log-normal over both.
/// </summary>
/// <param name="Name">Of the setting in the tables.</param>
public sealed record World(string Name)
{
    public const double Budget = 1;

    /// <summary>Seconds to the target, median over instances of the mean over seeds.</summary>
    public double TypicalSeconds { get; init; } = 0.35;

    /// <summary>Over instances; standard deviation of the logarithm.</summary>
    public double SecondsSpread { get; init; } = 0.8;

    /// <summary>Times to target of shape 0.5 (Weibull) instead of exponential ones.</summary>
    public bool HasHeavyTimes { get; init; }

    /// <summary>Percent, median over instances.</summary>
    public double TypicalGap { get; init; } = 2;

    /// <inheritdoc cref="SecondsSpread"/>
    public double GapSpread { get; init; } = 0.7;

    /// <summary>Of a run's gap around its instance's.</summary>
    public double RunSpread { get; init; } = 0.5;

    /// <summary>Share of runs with ten times the gap.</summary>
    public double Outliers { get; init; }

    /// <summary>Share of instances that 90 % of runs solve to the optimum.</summary>
    public double Easy { get; init; }

    /// <summary>Half of the instances have a feasible answer in Beta(6, 2) of the runs.</summary>
    public bool IsConstrained { get; init; }

    /// <summary>Standard deviation of the logarithm of a reading of the clock.</summary>
    public double ClockNoise { get; init; } = 0.05;

    /// <summary>Share of runs that take twice as long because something else ran.</summary>
    public double Disturbed { get; init; }

    public static World Smooth { get; } = new("smooth");

    public static World Heavy { get; } =
        new("heavy")
        {
            SecondsSpread = 1.2,
            HasHeavyTimes = true,
            RunSpread = 1.2,
            Outliers = 0.05,
        };

    public static World Censored { get; } = new("mostly censored") { TypicalSeconds = 4, SecondsSpread = 1 };

    public static IReadOnlyList<World> All { get; } =
    [
        Smooth,
        Heavy,
        new("ties at the optimum") { TypicalSeconds = 0.1, Easy = 0.6 },
        new("infeasible runs") { IsConstrained = true },
        Censored,
        new("busy machine") { ClockNoise = 0.15, Disturbed = 0.1 },
    ];

    internal Nature Draw(Xoshiro256 random) =>
        new(
            random.LogNormal(TypicalSeconds, SecondsSpread),
            random.LogNormal(TypicalGap, GapSpread),
            random.Chance(Easy) ? 0.9 : 0,
            IsConstrained && random.NextBoolean() ? random.Beta(6, 2) : 1
        );
}

/// <summary>One instance's nature, the same for all entrants.</summary>
/// <param name="Seconds">Mean time to target.</param>
/// <param name="Gap">Percent.</param>
/// <param name="Solved">Share of runs that end in the optimum.</param>
/// <param name="Feasible">Share of runs that end feasible.</param>
internal sealed record Nature(double Seconds, double Gap, double Solved, double Feasible);

/// <summary>How an entrant differs from what the instance alone decides.</summary>
public sealed record Traits
{
    public double Speed { get; init; } = 1;

    /// <summary>Standard deviation over instances of the log2 of the speed: no solver is faster by the same factor everywhere.</summary>
    public double SpeedSpread { get; init; }

    /// <summary>Another speed on a share of the instances.</summary>
    public (double Share, double Speed) Elsewhere { get; init; }

    /// <summary>Percentage points added to every gap.</summary>
    public double Worse { get; init; }

    /// <summary>Share by which <see cref="Worse"/> varies over instances (standard deviation, never below 0).</summary>
    public double WorseSpread { get; init; } = 0.5;

    /// <summary>Standard deviation over instances of points added to all gaps, with three of them as a common lift.</summary>
    public double GapInteraction { get; init; }

    /// <summary>Paid per second used.</summary>
    public double Price { get; init; } = 1;

    public double FeasibleAtMost { get; init; } = 1;

    /// <summary>Instead of the world's.</summary>
    public double? RunSpread { get; init; }

    /// <summary>Takes its mean time in every run.</summary>
    public bool IsSteady { get; init; }
}
