using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>Settings under <c>Qaiw</c>: command line, <c>Qaiw__X</c> in the environment, or appsettings.json.</summary>
public sealed class QaiwOptions
{
    public const string Section = "Qaiw";

    /// <summary>Database, logs and caches.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";

    /// <summary>
    /// Native code that is compiled once; null: <c>cache</c> in the data directory. Several services may share it; it
    /// must belong to this user alone, for what is found there is run.
    /// </summary>
    [MinLength(1)]
    public string? CacheDirectory { get; set; }

    /// <summary>Solves that run at the same time in this process; 0 takes the number of cores.</summary>
    [Range(0, 256)]
    public int Slots { get; set; }

    /// <summary><c>gateway,worker</c>: this version runs both in one process.</summary>
    [AllowedValues("gateway,worker", ErrorMessage = "Qaiw:Roles must be \"gateway,worker\" in this version.")]
    public string Roles { get; set; } = "gateway,worker";

    /// <summary>This version stores in SQLite only.</summary>
    [AllowedValues("sqlite", ErrorMessage = "Qaiw:Database must be \"sqlite\" in this version.")]
    public string Database { get; set; } = "sqlite";

    /// <summary>This version queues in process only.</summary>
    [AllowedValues("", ErrorMessage = "Qaiw:Broker must be empty in this version: jobs queue in process.")]
    public string Broker { get; set; } = "";

    /// <summary>Id of the list that costs are worked out with where a request names no other.</summary>
    public string PriceList { get; set; } = "local";

    /// <summary>A folder of price lists of one's own, one JSON file each; empty for none.</summary>
    public string PriceListDirectory { get; set; } = "";

    /// <summary><c>production</c> refuses a quantum job without a classical baseline.</summary>
    [AllowedValues("sandbox", "production", ErrorMessage = "Qaiw:Mode must be \"sandbox\" or \"production\".")]
    public string Mode { get; set; } = "sandbox";

    /// <summary>
    /// Stop when standard input ends, and leave Ctrl+C to whoever holds it: for a program that starts the service for
    /// itself, and takes it along however it ends.
    /// </summary>
    public bool UntilInputEnds { get; set; }

    [Required]
    public AuthOptions Auth { get; set; } = new();

    [Required]
    public LimitOptions Limits { get; set; } = new();

    public bool IsProduction => Mode == "production";

    public int EffectiveSlots => Slots == 0 ? Environment.ProcessorCount : Slots;
}

public sealed class AuthOptions
{
    [AllowedValues("none", ErrorMessage = "Qaiw:Auth:Mode must be \"none\" in this version.")]
    public string Mode { get; set; } = "none";
}

/// <summary>What one request, problem or solve may take. Crossing one is a 413 or 422 that names it.</summary>
public sealed class LimitOptions
{
    /// <summary>Bytes of a request body, after decompression.</summary>
    [Range(1024, 1L << 31)]
    public long BodyBytes { get; set; } = 64 << 20;

    [Range(1, 1_000_000)]
    public int Variables { get; set; } = 100_000;

    [Range(1, 50_000_000)]
    public long Interactions { get; set; } = 5_000_000;

    /// <summary>Resident megabytes that one solve may add to its process; also the default of a job.</summary>
    [Range(16, 1_000_000)]
    public int MemoryMegabytesPerSolve { get; set; } = 4096;

    /// <summary>The budget with the server's memory limit where the client set none: solvers refuse by it what cannot fit.</summary>
    internal SolveBudget WithMemory(SolveBudget budget) =>
        budget.MemoryMegabytes is null ? budget with { MemoryMegabytes = MemoryMegabytesPerSolve } : budget;

    /// <summary>Wall seconds of one solve.</summary>
    [Range(1, 604_800)]
    public double SecondsPerSolve { get; set; } = 3600;

    /// <summary>Jobs of one tenant that may be queued or running.</summary>
    [Range(1, 1_000_000)]
    public int JobsPerTenant { get; set; } = 10_000;

    /// <summary>
    /// Interactions of all instances of a suite together, each variable counted as one more: they are in memory at once
    /// while the suite is admitted.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public long InteractionsPerBenchmark { get; set; } = 20_000_000;

    /// <summary>Runs that the open benchmarks of one tenant may plan together.</summary>
    [Range(1, 1_000_000)]
    public int RunsPerBenchmark { get; set; } = 20_000;
}
