using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// A simulated suite as run records. In records the gap decides what a hit is, so a run that hits ends at the target gap
/// or below and one that misses ends above; where the draw says otherwise the gap is moved to its side of the target.
/// </summary>
internal static class Recorded
{
    /// <summary>Percent. High enough that most drawn gaps are already on their side.</summary>
    private const double TargetGap = 5;

    private static readonly SolveBudget Budget = new() { CpuSeconds = World.Budget };

    private static readonly BenchmarkInstance[] Instances = [.. Enumerable.Range(0, 100).Select(MakeInstance)];

    /// <summary>One unit of money per charged second.</summary>
    private static readonly PriceList Tariff = new()
    {
        Id = "simulated",
        Version = "1",
        Currency = "EUR",
        Items = [new("cpuSecond", 1, UsageBasis.Measured, PriceKind.Tariff, "simulated", new(2026, 1, 1))],
    };

    private static readonly RunEnvironment Nowhere = new()
    {
        MachineName = "simulated",
        CpuModel = "simulated",
        Cores = 1,
        MemoryBytes = 1 << 30,
        Os = "none",
        DotNet = "none",
        Simd = "none",
        Build = "none",
    };

    public static BenchmarkInstance Instance(int index) => Instances[index];

    public static Benchmark Benchmark(SimulatedSuite suite, CostMode mode, int candidates)
    {
        Entrant[] entrants = [.. suite.Entrants.Select((_, k) => MakeEntrant(k, candidates))];
        var records = new List<RunRecord>(suite.Runs.Length * entrants.Length * suite.Seeds);
        for (var i = 0; i < suite.Runs.Length; i++)
        for (var k = 0; k < entrants.Length; k++)
        for (var seed = 0; seed < suite.Seeds; seed++)
            records.Add(
                Record(suite.Runs[i][k][seed], suite.Entrants[k], entrants[k], Instances[i], seed, records.Count)
            );
        return new()
        {
            Id = Id(0),
            Suite = new()
            {
                Name = "simulated",
                Instances = [.. Instances.Take(suite.Runs.Length).Select(i => new SuiteInstance { Name = i.Name })],
                Solvers = [.. entrants.Select(e => new SuiteSolver { Id = e.SolverId, Role = e.Role })],
                Seeds = [.. Enumerable.Range(0, suite.Seeds)],
                Budget = Budget,
                Comparison = new() { TargetGapPercent = TargetGap, CostMode = mode },
            },
            Instances = [.. Instances.Take(suite.Runs.Length)],
            Entrants = entrants,
            Runs = records,
            Prices = Tariff,
        };
    }

    private static BenchmarkInstance MakeInstance(int index) =>
        new()
        {
            Name = $"i{index}",
            ProblemId = $"simulated:{index}",
            Family = "qubo",
            Sense = Sense.Minimize,
            NumVariables = 10 + index,
            Reference = new() { Objective = -100, Optimal = true },
            GapOrigin = 0,
        };

    private static Entrant MakeEntrant(int index, int candidates) =>
        new()
        {
            Name = $"e{index}",
            SolverId = $"e{index}",
            Role = index < candidates ? EntrantRole.Candidate : EntrantRole.Baseline,
            Paradigm = Paradigm.Classical,
        };

    private static RunRecord Record(
        SimulatedRun run,
        Traits traits,
        Entrant entrant,
        BenchmarkInstance instance,
        long seed,
        int number
    )
    {
        double? objective = run.IsFeasible ? -100 + Gap(run) : null;
        return new()
        {
            Id = Id(number + 1),
            Cell = new(Id(0), instance.Name, entrant.Name),
            Problem = new(instance.ProblemId, instance.Family, "1", instance.NumVariables, 1),
            Solver = new(entrant.SolverId, "1.0.0", entrant.Paradigm),
            Seed = seed,
            Budget = Budget,
            State = RunState.Succeeded,
            Status = objective is null ? ResultStatus.Unknown : ResultStatus.Feasible,
            StoppedBy = StoppedBy.Cpu,
            Verified = true,
            Feasible = run.IsFeasible,
            Objective = objective,
            Trace = objective is { } f ? [new(run.Used, run.Used, f, null, true)] : [],
            Metrics = new() { WallSeconds = run.Spent, CpuSeconds = run.Spent },
            Usage = new() { CpuSecond = traits.Price * run.Spent },
            Environment = Nowhere,
            StartedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private static double Gap(SimulatedRun run) =>
        run.Hits ? Math.Min(run.Gap, TargetGap)
        : run.Gap > TargetGap ? run.Gap
        : TargetGap + run.Gap / 10 + 1e-6;

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
