using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// The regression gate on real times: the annealer against itself 20 times, and against builds that are really slower, or
/// whose objectives are worse. Both ways of measuring: after one another with the machine's speed divided out by a sentinel kernel, and
/// interleaved.
/// </summary>
internal sealed class GateExperiment
{
    private const int Repetitions = 20;
    private const int Seeds = 5;
    private const int Sweeps = 400;
    private const string Entrant = "annealer";

    private static readonly SolveBudget Budget = new() { Evaluations = 1_000_000 };

    private static readonly Build Unchanged = new("unchanged", 1, 0);

    private static readonly Build[] Changed =
    [
        new("1.1 times slower", 1.1, 0),
        new("1.25 times slower", 1.25, 0),
        new("1.5 times slower", 1.5, 0),
        new("objectives 1 % worse", 1, 1),
    ];

    private readonly (BenchmarkInstance Instance, Problem Problem)[] _instances = RealRuns.Instances(10, 150, 200, 250);

    private readonly List<string> _missed = [];

    /// <param name="Slowdown">CPU time that it really uses, as a multiple of the annealer's.</param>
    /// <param name="WorsePercent">By which every objective it found is made worse.</param>
    private sealed record Build(string Name, double Slowdown, double WorsePercent);

    public IReadOnlyList<string> Missed => _missed;

    public void Run()
    {
        Table.Heading(
            $"The regression gate on real CPU times: % of {Repetitions} comparisons that are flagged; 10 instances, {Seeds} seeds, 5 % allowed"
        );
        Measure([Unchanged]);
        var baseline = Measure([Unchanged])[0];
        var rows = new List<string[]>();
        foreach (var build in Changed.Prepend(Unchanged))
        {
            var (apart, blind, interleaved) = (0, 0, 0);
            for (var k = 0; k < Repetitions; k++)
            {
                var later = Measure([build])[0];
                apart += Flagged(baseline, later);
                blind += Flagged(WithoutSentinel(baseline), WithoutSentinel(later));
                var both = Measure([Unchanged, build]);
                interleaved += Flagged(WithoutSentinel(both[0]), WithoutSentinel(both[1]));
            }
            rows.Add([build.Name, Percent(apart), Percent(blind), Percent(interleaved)]);
            // A build 1.1 or 1.25 times slower may go unseen in noise; nothing is required of these.
            if (build == Unchanged && interleaved > 0)
                _missed.Add($"gate, unchanged, interleaved: {interleaved} of {Repetitions} flagged");
            // The product's gate is the one with the sentinel: a neighbour that comes or goes meanwhile must not flag it.
            if (build == Unchanged && apart > 0)
                _missed.Add($"gate, unchanged, by the sentinel: {apart} of {Repetitions} flagged");
            if ((build.Slowdown >= 1.5 || build.WorsePercent > 0) && interleaved < Repetitions)
                _missed.Add($"gate, {build.Name}, interleaved: only {interleaved} of {Repetitions} flagged");
        }
        Table.Write(["build", "one after the other, by the sentinel", "the same without it", "interleaved"], rows);
    }

    private static string Percent(int count) => Table.Number(100.0 * count / Repetitions);

    private static int Flagged(Benchmark before, Benchmark after) =>
        GateResult.Of(new Results(after), [], new Results(before)).Passed == false ? 1 : 0;

    private static Benchmark WithoutSentinel(Benchmark benchmark) => benchmark with { SentinelSeconds = [] };

    /// <summary>One benchmark a build, their runs in one random order inside every instance.</summary>
    private Benchmark[] Measure(Build[] builds)
    {
        var records = builds.Select(_ => new List<RunRecord>()).ToArray();
        var sentinel = new List<double>();
        for (var i = 0; i < _instances.Length; i++)
        {
            sentinel.Add(SentinelSeconds());
            var plan = Enumerable
                .Range(0, builds.Length)
                .SelectMany(_ => Enumerable.Range(1, Seeds), (build, seed) => (Build: build, Seed: seed))
                .ToArray();
            Xoshiro256.FromSeed((ulong)i, "gate").Shuffle<(int, int)>(plan);
            foreach (var (build, seed) in plan)
                records[build]
                    .Add(
                        RealRuns
                            .Run(_instances[i], Entrant, Sweeps, Budget, seed, builds[build].Slowdown)
                            .Worse(builds[build].WorsePercent)
                    );
        }
        return [.. records.Select(r => Benchmark(r, sentinel))];
    }

    /// <summary>CPU seconds of a fixed amount of work that no build changes.</summary>
    private static double SentinelSeconds()
    {
        var random = Xoshiro256.FromSeed(0, "sentinel");
        var began = Environment.CpuUsage.TotalTime;
        var sum = 0UL;
        for (var i = 0; i < 20_000_000; i++)
            sum ^= random.NextUInt64();
        GC.KeepAlive(sum);
        return (Environment.CpuUsage.TotalTime - began).TotalSeconds;
    }

    private Benchmark Benchmark(IReadOnlyList<RunRecord> records, IReadOnlyList<double> sentinel)
    {
        var entrant = new Entrant
        {
            Name = Entrant,
            SolverId = "simulated-annealing",
            Role = EntrantRole.Baseline,
            Paradigm = Paradigm.Classical,
        };
        return new()
        {
            Id = Guid.Empty,
            Suite = new()
            {
                Name = "gate",
                Instances = [.. _instances.Select(i => new SuiteInstance { Name = i.Instance.Name })],
                Solvers = [new() { Name = entrant.Name, Id = entrant.SolverId }],
                Seeds = [.. Enumerable.Range(1, Seeds)],
                Budget = Budget,
                Gate = new() { CompareWith = Guid.Empty },
            },
            Instances = [.. _instances.Select(i => i.Instance)],
            Entrants = [entrant],
            Runs = records,
            SentinelSeconds = [.. sentinel],
        };
    }
}
