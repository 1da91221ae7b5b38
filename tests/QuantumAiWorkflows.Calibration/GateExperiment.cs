using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// The regression gate on real times: the annealer against itself 20 times, and against builds that are really slower, or
/// whose objectives are worse. After one another with the machine's speed divided out by the product's sentinel, and
/// interleaved; on a machine as quiet as it happens to be, and with neighbours that come or go between the two.
/// </summary>
internal sealed class GateExperiment
{
    private const int Repetitions = 20;
    private const int Seeds = 5;
    private const int Sweeps = 400;
    private const string Entrant = "annealer";

    private static readonly SolveBudget Budget = new() { Evaluations = 1_000_000 };

    private static readonly Build Unchanged = new("unchanged", 1, 0);

    private static readonly Build[] Builds =
    [
        Unchanged,
        new("1.1 times slower", 1.1, 0),
        new("1.25 times slower", 1.25, 0),
        new("1.5 times slower", 1.5, 0),
        new("objectives 1 % worse", 1, 1),
    ];

    /// <summary>How the earlier benchmark and this one were measured.</summary>
    private static readonly string[] Ways =
    [
        "both quiet",
        "neighbours, then quiet",
        "quiet, then neighbours",
        "interleaved",
    ];

    private readonly (BenchmarkInstance Instance, Problem Problem)[] _instances = RealRuns.Instances(10, 150, 200, 250);

    private readonly List<string> _missed = [];

    /// <param name="Slowdown">CPU time that it really uses, as a multiple of the annealer's.</param>
    /// <param name="WorsePercent">By which every objective it found is made worse.</param>
    private sealed record Build(string Name, double Slowdown, double WorsePercent)
    {
        /// <summary>Comparisons to be flagged; null where any number may be.</summary>
        public int? Required =>
            this == Unchanged ? 0
            : Slowdown >= 1.5 || WorsePercent > 0 ? Repetitions
            : null;
    }

    public IReadOnlyList<string> Missed => _missed;

    public void Run()
    {
        Table.Heading(
            $"The regression gate on real CPU times: % of {Repetitions} comparisons that are flagged, in brackets without the sentinel; 10 instances, {Seeds} seeds, 5 % allowed"
        );
        var (flagged, blind) = (new int[Builds.Length, Ways.Length], new int[Builds.Length, Ways.Length]);
        Measure([Unchanged]);
        for (var k = 0; k < Repetitions; k++)
        {
            var quiet = Measure([Unchanged])[0];
            var busy = Neighbours.Beside(() => Measure([Unchanged])[0]);
            for (var b = 0; b < Builds.Length; b++)
            {
                var build = Builds[b];
                var later = Measure([build])[0];
                var laterBusy = Neighbours.Beside(() => Measure([build])[0]);
                var both = Measure([Unchanged, build]);
                (Benchmark Before, Benchmark After)[] ways =
                [
                    (quiet, later),
                    (busy, later),
                    (quiet, laterBusy),
                    (both[0], both[1]),
                ];
                for (var way = 0; way < Ways.Length; way++)
                {
                    flagged[b, way] += Flagged(ways[way].Before, ways[way].After);
                    blind[b, way] += Flagged(WithoutSentinel(ways[way].Before), WithoutSentinel(ways[way].After));
                }
            }
        }
        for (var b = 0; b < Builds.Length; b++)
        for (var way = 0; way < Ways.Length; way++)
            // A build 1.1 or 1.25 times slower may go unseen in noise; nothing is required of these.
            if (Builds[b].Required is { } required && flagged[b, way] != required)
                _missed.Add(
                    $"gate, {Builds[b].Name}, {Ways[way]}: {flagged[b, way]} of {Repetitions} flagged, {required} required"
                );
        Table.Write(
            ["build", .. Ways],
            [
                .. Builds.Select(
                    (build, b) =>
                        (string[])
                            [
                                build.Name,
                                .. Ways.Select((_, way) => $"{Percent(flagged[b, way])} ({Percent(blind[b, way])})"),
                            ]
                ),
            ]
        );
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
            sentinel.Add(Sentinel.Measure());
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
