using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Solving;

/// <summary>What a run may use. Every limit is optional; the first one reached ends the run and is its <c>stoppedBy</c>.</summary>
public sealed record SolveBudget
{
    [Description("CPU seconds of the solver process during the run.")]
    [Range(0.001, 86400)]
    public double? CpuSeconds { get; init; }

    [Description("Wall seconds from the moment the solver process has the request.")]
    [Range(0.001, 86400)]
    public double? TimeSeconds { get; init; }

    [Description("Evaluations as the solver counts them; never an equal budget between two solvers.")]
    [Range(1, 9e15)]
    public long? Evaluations { get; init; }

    [Description("Deterministic seconds of CP-SAT; other solvers refuse it.")]
    [Range(0.001, 86400)]
    public double? DeterministicSeconds { get; init; }

    [Description("Shots of the final circuit, or samples of a sampler; solvers that draw none take no notice of it.")]
    [Range(1, 10_000_000)]
    public int? Shots { get; init; }

    [Description("Threads that the solver may use.")]
    [Range(1, 256)]
    public int Threads { get; init; } = 1;

    [Description("Resident memory that the run may add to the solver process, in megabytes (10^6 bytes).")]
    [Range(16, 1_000_000)]
    public int? MemoryMegabytes { get; init; }

    [Description("Cost at the configured price list, in its currency.")]
    [Range(0, 1e9, MinimumIsExclusive = true)]
    public double? MaxCost { get; init; }

    [Description("Wall seconds from submission; a job still queued then fails with deadlineExceeded.")]
    [Range(0.001, 604800)]
    public double? DeadlineSeconds { get; init; }

    /// <summary>
    /// The budget with 10 wall seconds when nothing else in it would end a run. Shots end one only for a solver that counts
    /// them: the same request must do for every solver.
    /// </summary>
    /// <param name="countsShots">Whether the solver, or every solver that gets this budget, counts shots.</param>
    public SolveBudget OrDefaultTime(bool countsShots) =>
        (CpuSeconds, TimeSeconds, Evaluations, DeterministicSeconds, MaxCost, DeadlineSeconds)
            is (null, null, null, null, null, null)
        && !(countsShots && Shots is not null)
            ? this with
            {
                TimeSeconds = DefaultTimeSeconds,
            }
            : this;

    private const double DefaultTimeSeconds = 10;

    /// <summary>Seconds of the clock that runs out first; null without one.</summary>
    public double? EarliestClock() => new[] { CpuSeconds, TimeSeconds, DeadlineSeconds }.Min();

    /// <summary>
    /// For one of many repetitions of a run with this budget, on other data: its counts, so that the same count is the same search, and a
    /// share of its clocks. Cost and deadline would end no single one. Where nothing else could end the run, the time that it took says
    /// how long a repetition may take: a share of it where cost or deadline cut it off, several times as long where it came to its own
    /// end, which a repetition must be able to come to, too.
    /// </summary>
    /// <param name="share">Of a clock.</param>
    /// <param name="ranSeconds">Wall seconds that the run took.</param>
    /// <param name="ended">What ended it; null where that is not known.</param>
    public SolveBudget ForRepetition(double share, double ranSeconds, StoppedBy? ended)
    {
        var own = this with
        {
            CpuSeconds = share * CpuSeconds,
            TimeSeconds = share * TimeSeconds,
            MaxCost = null,
            DeadlineSeconds = null,
        };
        var endsByOthers =
            (CpuSeconds, TimeSeconds, Evaluations, DeterministicSeconds) is (null, null, null, null)
            && this is not { MaxCost: null, DeadlineSeconds: null };
        if (!endsByOthers)
            return own;
        var cameToItsEnd = ended is StoppedBy.Proof or StoppedBy.Solver or StoppedBy.Shots;
        return own with
        {
            TimeSeconds = cameToItsEnd ? Math.Max(LeastOfEnd, EndTimes * ranSeconds) : share * ranSeconds,
        };
    }

    private const double LeastOfEnd = 1;

    private const double EndTimes = 4;

    /// <summary>This budget as a part of another one: no more of its counts than are left there, its threads and its memory.</summary>
    internal SolveBudget Within(SolveBudget whole, long evaluationsLeft, long shotsLeft)
    {
        return this with
        {
            Evaluations = AtMost(Evaluations, evaluationsLeft),
            Shots = (int?)AtMost(Shots, shotsLeft),
            Threads = whole.Threads,
            MemoryMegabytes = whole.MemoryMegabytes,
        };

        static long? AtMost(long? wanted, long left) =>
            left == long.MaxValue ? wanted : Math.Min(wanted ?? long.MaxValue, left);
    }

    /// <summary>As a client would write it, in sentences: absent limits are left out.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, AsWritten);

    private static readonly JsonSerializerOptions AsWritten = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

/// <summary>What ended a run.</summary>
public enum StoppedBy
{
    /// <summary>Optimality or infeasibility was proven.</summary>
    Proof,

    /// <summary>The CPU budget.</summary>
    Cpu,

    /// <summary>The wall budget or the deadline.</summary>
    Time,

    Evaluations,
    Shots,
    Cost,
    Cancel,

    /// <summary>The solver came to its natural end.</summary>
    Solver,
}
