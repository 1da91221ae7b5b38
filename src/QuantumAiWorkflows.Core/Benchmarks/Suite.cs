using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>A benchmark as a client posts it: instances, entrants, seeds, one budget for all, and what is compared how.</summary>
public sealed record Suite
{
    private static readonly JsonSerializerOptions WithoutNulls = new(StrictJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [Description("Shown in lists and reports.")]
    [Length(1, 100)]
    public required string Name { get; init; }

    [Description("exploration never ends in adopt; decision registers its question before the first run.")]
    public SuitePurpose Purpose { get; init; } = SuitePurpose.Exploration;

    [Description(
        "Where the answers go. customerFacing, which regulated uses are too, asks for more: alpha 0.01 instead of 0.05, and 20 instances instead of 10."
    )]
    public SuiteUse Use { get; init; } = SuiteUse.Internal;

    [Description("The sample of the statistics: instances, not runs.")]
    [Length(1, 1000)]
    public required IReadOnlyList<SuiteInstance> Instances { get; init; }

    [Description("The entrants.")]
    [Length(1, 50)]
    public required IReadOnlyList<SuiteSolver> Solvers { get; init; }

    [Description("Every entrant runs once per instance and seed; each from 0 to 2^53 - 1, all different.")]
    [Length(1, 1000)]
    public required IReadOnlyList<long> Seeds { get; init; }

    [Description("The same for every run.")]
    public required SolveBudget Budget { get; init; }

    [Description("Runs at the same time; above 1 they disturb each other, and the report says so.")]
    [Range(1, 64)]
    public int Parallel { get; init; } = 1;

    [Description("Margins and targets of the verdict; part of the suite's hash.")]
    public Comparison Comparison { get; init; } = new();

    [Description(
        "Whether baselines are first run on calibration instances, to tell which are strong: auto does so for a decision. Without it no baseline is known to be strong, and nothing is adopted."
    )]
    public CalibrationChoice Calibration { get; init; } = CalibrationChoice.Auto;

    [Description(
        "What all runs together may cost, by the server's price list and in its currency: when the finished runs have cost as much, the queued ones are cancelled."
    )]
    [Range(0, 1e12, MinimumIsExclusive = true)]
    public double? MaxCost { get; init; }

    [Description("Conditions for passed: true, for continuous integration.")]
    public Gate? Gate { get; init; }

    [Description("The question, registered before the first run; required for a decision.")]
    public Experiment? Experiment { get; init; }

    [Description("What adopting would take besides the score; required for a decision.")]
    public Assessment? Assessment { get; init; }

    [Description(
        "What the verdict is about: this software on this machine, or quantum hardware. Required for a decision."
    )]
    public Claim? Claim { get; init; }

    [Description("What a unit of the objective is worth.")]
    public BusinessValue? BusinessValue { get; init; }

    [Description("What each option costs to have, besides its runs, and over which time.")]
    public CostOfOwnership? CostOfOwnership { get; init; }

    [Description(
        "What may become of the candidate later: shown beside the verdict, never part of it. A promise is no evidence."
    )]
    [Length(1, 2000)]
    public string? FutureRelevance { get; init; }

    /// <summary>
    /// <c>sha256:</c> and 64 hex digits over the canonical JSON, defaults filled in and absent members left out: taken at
    /// submission, it proves later that nobody moved the goal.
    /// </summary>
    [JsonIgnore]
    public string Hash =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Value(JsonSerializer.SerializeToElement(WithoutBaseline(), WithoutNulls)))))}";

    /// <summary>
    /// Without the runs that the gate compares with: they change with every accepted build, while the suite, its hash and
    /// the order of its runs stay; and they are megabytes that nobody wants back.
    /// </summary>
    public Suite WithoutBaseline() =>
        Gate?.Baseline is null ? this : this with { Gate = Gate with { Baseline = null } };

    /// <summary>Reads a posted suite and checks what the schema cannot say; null when a fault was added.</summary>
    public static Suite? Read(JsonElement element, string pointer, FaultList faults)
    {
        if (StrictJson.Read<Suite>(element, pointer, faults) is not { } suite)
            return null;
        var before = faults.Items.Count;
        SuiteRules.Check(suite, pointer, faults);
        return faults.Items.Count == before ? suite : null;
    }
}

public enum CalibrationChoice
{
    Auto,
    Always,
    Never,
}

public enum SuitePurpose
{
    Exploration,
    Decision,
}

public enum SuiteUse
{
    Internal,
    CustomerFacing,
}

/// <summary>One problem and where it comes from: exactly one of four sources.</summary>
public sealed record SuiteInstance
{
    [Description("Unique in the suite.")]
    [Length(1, 100)]
    public required string Name { get; init; }

    [Description("A stored problem.")]
    [Length(1, 100)]
    public string? ProblemId { get; init; }

    [Description("A problem of any family, inline.")]
    public JsonElement? Problem { get; init; }

    [Description("Id of an instance generator.")]
    [Length(1, 100)]
    public string? Generator { get; init; }

    [Description("Of the generator.")]
    public JsonElement? Parameters { get; init; }

    [Description("Of the generator; 0 when absent.")]
    [Range(0, 9007199254740991)]
    public long? Seed { get; init; }

    [Description("A file on the client's side: the CLI resolves it, the server refuses it.")]
    public JsonElement? File { get; init; }

    [Description("The best objective known before.")]
    public Reference? Reference { get; init; }
}

public sealed record Reference
{
    [Description("In the problem's own sense and unit, offset included.")]
    [Range(-1e150, 1e150)]
    public required double Objective { get; init; }

    [Description("True when it is proven optimal.")]
    public bool Optimal { get; init; }

    [Description("Who says so.")]
    [Length(1, 500)]
    public string? Source { get; init; }
}

public sealed record SuiteSolver
{
    /// <summary>The id that stands for the classical solver which suits an instance.</summary>
    public const string Auto = "auto";

    [Description("Unique in the suite; the id when absent. The same solver may enter under several names.")]
    [Length(1, 100)]
    public string? Name { get; init; }

    [Description("Of a registered solver, or auto: the classical solver that suits each instance, named in its runs.")]
    [Length(1, 100)]
    public required string Id { get; init; }

    [Description("Of that solver; its defaults when absent.")]
    public JsonElement? Options { get; init; }

    [Description(
        "How problems of other families become QUBOs for a solver that takes only these, as in a job. Instances that the solver takes as they are run without it; refused where it takes all of them so."
    )]
    public EncodingRequest? Encoding { get; init; }

    [Description("candidate: is it worth it? baseline: what it has to beat. control: what anything has to beat.")]
    public EntrantRole Role { get; init; } = EntrantRole.Baseline;

    [Description("What running it takes of people, scored; compared where candidate and baseline both have it.")]
    public Complexity? Complexity { get; init; }

    /// <summary>The name it enters under.</summary>
    [JsonIgnore]
    public string Entrant => Name ?? Id;
}

public enum EntrantRole
{
    Candidate,
    Baseline,
    Control,

    /// <summary>The candidate's own loop with its quantum step replaced; the recorder adds these, a suite cannot.</summary>
    Ablation,
}

/// <summary>How entrants are compared; hashed with the suite before the first run.</summary>
public sealed record Comparison
{
    [Description("A run hits the target when it is feasible and its gap is at most this many percent.")]
    [Range(0, 1000)]
    public double TargetGapPercent { get; init; } = 1;

    [Description("target: expected cost of one hit. budget: mean cost of a run, for equal-cost suites.")]
    public CostMode CostMode { get; init; } = CostMode.Target;

    [Description("Other margins than the procedure's own.")]
    public Margins? Margins { get; init; }

    [Description(
        "Count it as a win to find better answers than every classical entrant did, all seeds together, on enough instances."
    )]
    public bool SolutionSpace { get; init; }

    [Description("Weights of the three complexity scores; equal when absent.")]
    public ComplexityWeights? ComplexityWeights { get; init; }
}

public enum CostMode
{
    Target,
    Budget,
}

/// <summary>Match and bad-loss margins per dimension; absent ones keep the procedure's.</summary>
public sealed record Margins
{
    [Description("Percentage points of gap; match 0.25, bad 1.")]
    public Margin? Quality { get; init; }

    [Description("Ratio of expected times; match 1.25, bad 2.")]
    public Margin? Runtime { get; init; }

    [Description("Ratio of expected costs; match 1.25, bad 1.5.")]
    public Margin? Cost { get; init; }

    [Description("Percentage points of feasible runs; match 5, bad 10.")]
    public Margin? Feasibility { get; init; }
}

/// <summary>In percentage points, or a ratio above 1.</summary>
public sealed record Margin
{
    [Description("Differences up to this count as a match.")]
    [Range(0, 1000, MinimumIsExclusive = true)]
    public required double Match { get; init; }

    [Description("A loss beyond this blocks adoption whatever is won elsewhere; above match.")]
    [Range(0, 1000, MinimumIsExclusive = true)]
    public required double Bad { get; init; }
}
