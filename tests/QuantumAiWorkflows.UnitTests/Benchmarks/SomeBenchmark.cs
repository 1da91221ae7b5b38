using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

/// <summary>What a made-up run did. Objectives follow from the gap: reference -100, scale 100, so 1 % is 1.</summary>
public sealed record Did
{
    public double Gap { get; init; }
    public double Seconds { get; init; } = 0.1;

    /// <summary>When the final answer was found; null: at the end.</summary>
    public double? FoundAt { get; init; }
    public RunState State { get; init; } = RunState.Succeeded;
    public bool Feasible { get; init; } = true;
    public double Overshoot { get; init; }
    public bool BoundRefuted { get; init; }
    public long? PeakMemory { get; init; } = 50_000_000;
    public RunError? Error { get; init; }
}

/// <summary>Benchmarks without solvers: a candidate, baselines and what each run did.</summary>
public static class SomeBenchmark
{
    public static readonly PriceList Tariff = new()
    {
        Id = "test",
        Version = "1",
        Currency = "EUR",
        Items =
        [
            new("cpuSecond", 2, UsageBasis.Measured, PriceKind.Tariff, "a contract", new(2026, 1, 1)),
            new("shot", 0.001, UsageBasis.Measured, PriceKind.Tariff, "a contract", new(2026, 1, 1)),
        ],
    };

    public static readonly SolveBudget Budget = new() { CpuSeconds = 1 };

    public static BenchmarkInstance Instance(int index = 0, int? numVariables = null, Sense sense = Sense.Minimize) =>
        new()
        {
            Name = $"i{index}",
            ProblemId = $"sha256:{index}",
            Family = "qubo",
            Sense = sense,
            NumVariables = numVariables ?? 8 + index % 5,
            Reference = new()
            {
                Objective = sense == Sense.Minimize ? -100 : 100,
                Optimal = true,
                Source = "made up",
            },
            GapOrigin = 0,
        };

    public static Entrant Candidate(string name = "qaoa", Paradigm paradigm = Paradigm.Quantum) =>
        new()
        {
            Name = name,
            SolverId = name,
            Role = EntrantRole.Candidate,
            Paradigm = paradigm,
        };

    public static Entrant Baseline(
        string name = "tabu",
        EntrantRole role = EntrantRole.Baseline,
        Paradigm paradigm = Paradigm.Classical
    ) =>
        new()
        {
            Name = name,
            SolverId = name,
            Role = role,
            Paradigm = paradigm,
            Strength = BaselineStrength.Strong,
        };

    /// <summary>A candidate, two strong baselines and an ablation: every gate met but for what a test changes.</summary>
    public static IReadOnlyList<Entrant> Complete { get; } =
    [Candidate(), Baseline(), Baseline("cp-sat"), Baseline("ablation", EntrantRole.Ablation)];

    /// <summary>A complete decision; 12 instances of 5 sizes, 10 seeds.</summary>
    public static Benchmark Of(
        Func<int, Entrant, long, Did> did,
        IReadOnlyList<Entrant>? entrants = null,
        int instances = 12,
        int seeds = 10,
        Func<Suite, Suite>? change = null
    )
    {
        entrants ??= Complete;
        var suite = Suite(entrants, instances, seeds);
        suite = change is null ? suite : change(suite);
        var all = Enumerable.Range(0, instances).Select(i => Instance(i)).ToArray();
        var runs = new List<RunRecord>();
        foreach (var entrant in entrants)
            for (var i = 0; i < instances; i++)
                foreach (var seed in suite.Seeds)
                    runs.Add(Run(all[i], entrant, seed, did(i, entrant, seed), suite.Budget, runs.Count));
        return new()
        {
            Id = Id(0),
            Suite = suite,
            Instances = all,
            Entrants = entrants,
            Runs = runs,
            Prices = Tariff,
        };
    }

    public static Suite Suite(IReadOnlyList<Entrant> entrants, int instances, int seeds) =>
        new()
        {
            Name = "made-up",
            Purpose = SuitePurpose.Decision,
            Instances =
            [
                .. Enumerable
                    .Range(0, instances)
                    .Select(i => new SuiteInstance { Name = $"i{i}", ProblemId = $"sha256:{i}" }),
            ],
            Solvers =
            [
                .. entrants.Select(e => new SuiteSolver
                {
                    Name = e.Name,
                    Id = e.SolverId,
                    Role = e.Role,
                }),
            ],
            Seeds = [.. Enumerable.Range(1, seeds)],
            Budget = Budget,
            Claim = Claim.Software,
            Experiment = new()
            {
                Bottleneck = "b",
                CurrentSolver = "c",
                Objective = "o",
                SuccessMetric = "s",
                DataReference = "d",
            },
            Assessment = new()
            {
                IntegrationCost = "i",
                DataMovement = "d",
                Security = "s",
                VendorMaturity = "v",
            },
        };

    public static RunRecord Run(
        BenchmarkInstance instance,
        Entrant entrant,
        long seed,
        Did did,
        SolveBudget? budget = null,
        int id = 1
    )
    {
        var sign = instance.Sense == Sense.Minimize ? 1 : -1;
        double? objective = did.Feasible && did.State == RunState.Succeeded ? sign * (-100 + did.Gap) : null;
        var started = did.State is not (RunState.Unsupported or RunState.Lost);
        var found = did.FoundAt ?? did.Seconds;
        return new()
        {
            Id = Id(id + 1),
            Cell = new(Id(0), instance.Name, entrant.Name),
            Problem = new(instance.ProblemId, instance.Family, "1", instance.NumVariables, 10),
            Solver = new(entrant.SolverId, "1.0.0", entrant.Paradigm)
            {
                EvidenceLevel = entrant.Paradigm == Paradigm.Quantum ? EvidenceLevel.IdealSimulator : null,
            },
            Seed = seed,
            Budget = budget ?? Budget,
            State = did.State,
            Status = objective is null ? ResultStatus.Unknown : ResultStatus.Feasible,
            Verified = objective is not null,
            Objective = objective,
            Feasible = objective is null ? null : true,
            BoundRefuted = did.BoundRefuted,
            Trace = objective is { } f ? [new(found, found, f, null, true)] : [],
            Metrics = new()
            {
                WallSeconds = started ? did.Seconds : 0,
                CpuSeconds = started ? did.Seconds : null,
                OvershootSeconds = did.Overshoot,
                PeakMemoryBytes = started ? did.PeakMemory : null,
            },
            Usage = started ? new() { CpuSecond = did.Seconds } : new(),
            Error = did.Error,
            Environment = Environment,
            StartedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
        };
    }

    public static RunEnvironment Environment { get; } =
        new()
        {
            MachineName = "m",
            CpuModel = "some CPU",
            Cores = 2,
            MemoryBytes = 8_000_000_000,
            Os = "linux",
            DotNet = "10.0",
            Simd = "AVX2",
            Build = "test",
        };

    public static Results Results(this Benchmark benchmark) => new(benchmark);

    /// <summary>The runs of one entrant on one instance.</summary>
    public static EntrantRuns Cell(params Did[] did) => Cell(Sense.Minimize, did);

    public static EntrantRuns MaximizingCell(params Did[] did) => Cell(Sense.Maximize, did);

    private static EntrantRuns Cell(Sense sense, Did[] did)
    {
        var instance = Instance(sense: sense);
        RunRecord[] runs = [.. did.Select((d, k) => Run(instance, Baseline(), k + 1, d, id: k))];
        return new()
        {
            Instance = instance,
            Entrant = Baseline(),
            Runs = runs,
            Reference = KnownBest.Of(instance, runs),
            TargetGapPercent = 1,
            PlannedSeeds = did.Length,
            Prices = Tariff,
        };
    }

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
