using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// Suites drawn without replacement from a pool of really run ones: whatever real run times, traces and gaps look like,
/// no model stands between them and the verdict.
/// </summary>
internal sealed class PoolExperiment
{
    private const int Suites = 100;
    private const int SeedsASide = 10;
    private const int Sweeps = 400;
    private const int FewSweeps = 50;

    private static readonly SolveBudget Budget = new() { Evaluations = 1_500_000 };

    /// <summary>Where most, but not all runs arrive.</summary>
    private const double TargetGap = 0.5;

    private readonly (BenchmarkInstance Instance, Problem Problem)[] _instances;
    private readonly Dictionary<(string Instance, int Sweeps), RunRecord[]> _pool;
    private readonly List<string> _missed = [];

    /// <param name="instances">To draw suites from.</param>
    /// <param name="seeds">Runs of either setting on each instance.</param>
    public PoolExperiment(int instances = 24, int seeds = 120)
    {
        _instances = RealRuns.Instances(instances, 200, 300, 400, 500);
        _pool = Fill(seeds);
    }

    public IReadOnlyList<string> Missed => _missed;

    public void Run()
    {
        var runs = _pool.Values.Sum(r => r.Length);
        Table.Heading(
            $"Real runs: {Suites} suites a row drawn from {runs} runs of simulated-annealing on {_instances.Length} spin glasses of 200 to 500 variables, {SeedsASide} seeds a side, no run on both"
        );
        Describe();
        var rows = new List<string[]>();
        foreach (var n in new[] { 10, 20 })
        {
            Add("the same solver twice", n, Sweeps, Sweeps, 1, adopted => adopted <= 5);
            Add($"the same, {FewSweeps} sweeps a read", n, FewSweeps, FewSweeps, 1, adopted => adopted <= 5);
            Add("candidate's times 30 % less", n, Sweeps, Sweeps, 0.7, adopted => n < 20 || adopted >= 55);
            Add("candidate's times halved", n, Sweeps, Sweeps, 0.5, adopted => n < 20 || adopted >= 90);
        }
        Table.Write(["candidate against baseline", "instances", "adopt", "keepClassical", "inconclusive"], rows);

        void Add(string name, int n, int candidate, int baseline, double time, Func<double, bool> isEnough)
        {
            var outcomes = Enumerable.Range(0, Suites).Select(k => Judge(n, candidate, baseline, time, k)).ToArray();
            var adopted = Percent(VerdictOutcome.Adopt);
            rows.Add([
                name,
                $"{n}",
                Table.Number(adopted),
                Table.Number(Percent(VerdictOutcome.KeepClassical)),
                Table.Number(Percent(VerdictOutcome.Inconclusive)),
            ]);
            if (!isEnough(adopted))
                _missed.Add($"real runs, {name}, {n} instances: adopt {Table.Number(adopted)} %");

            double Percent(VerdictOutcome outcome) => 100.0 * outcomes.Count(o => o == outcome) / outcomes.Length;
        }
    }

    /// <summary>Every setting and seed once per instance, in random order: a drifting machine is nobody's disadvantage.</summary>
    private Dictionary<(string, int), RunRecord[]> Fill(int seeds)
    {
        foreach (var instance in _instances)
            RealRuns.Run(instance, "warm-up", Sweeps, Budget, 0);
        var pool = new Dictionary<(string, int), RunRecord[]>();
        for (var i = 0; i < _instances.Length; i++)
        {
            var plan = new[] { Sweeps, FewSweeps }
                .SelectMany(_ => Enumerable.Range(1, seeds), (sweeps, seed) => (Sweeps: sweeps, Seed: seed))
                .ToArray();
            Xoshiro256.FromSeed((ulong)i, "pool").Shuffle<(int, int)>(plan);
            foreach (
                var group in plan.Select(p =>
                        (p.Sweeps, Record: RealRuns.Run(_instances[i], "pool", p.Sweeps, Budget, p.Seed))
                    )
                    .GroupBy(r => r.Sweeps)
            )
                pool[(_instances[i].Instance.Name, group.Key)] = [.. group.Select(r => r.Record).OrderBy(r => r.Seed)];
        }
        return pool;
    }

    private void Describe()
    {
        Table.Write(
            ["sweeps a read", "runs at the best known value", "runs within the target", "CPU seconds a run"],
            new[] { Sweeps, FewSweeps }.Select(sweeps =>
            {
                var gaps = _instances
                    .SelectMany(i =>
                    {
                        var best = _pool
                            .Where(p => p.Key.Instance == i.Instance.Name)
                            .SelectMany(p => p.Value)
                            .Max(r => r.Objective!.Value);
                        var known = new KnownBest(best, false, false, "the pool");
                        return _pool[(i.Instance.Name, sweeps)]
                            .Select(r => known.GapPercent(i.Instance, r.Objective!.Value));
                    })
                    .ToArray();
                var cpu = _instances
                    .SelectMany(i => _pool[(i.Instance.Name, sweeps)])
                    .Average(r => r.Metrics.CpuSeconds!.Value);
                return new[]
                {
                    $"{sweeps}",
                    $"{Table.Number(100.0 * gaps.Count(g => g <= 0) / gaps.Length)} %",
                    $"{Table.Number(100.0 * gaps.Count(g => g <= TargetGap) / gaps.Length)} %",
                    cpu.ToString("F4", System.Globalization.CultureInfo.InvariantCulture),
                };
            })
        );
    }

    private VerdictOutcome Judge(int n, int candidate, int baseline, double time, int suite)
    {
        var random = Xoshiro256.FromSeed((ulong)suite, $"suite/{n}/{candidate}/{baseline}/{time}");
        var chosen = _instances.ToArray();
        random.Shuffle<(BenchmarkInstance, Problem)>(chosen);
        chosen = chosen[..n];
        var records = new List<RunRecord>();
        foreach (var (instance, _) in chosen)
        {
            var left = _pool[(instance.Name, candidate)].ToArray();
            random.Shuffle<RunRecord>(left);
            var taken = left.Take(SeedsASide).Select(r => r.Seed).ToHashSet();
            var right = _pool[(instance.Name, baseline)].Where(r => !taken.Contains(r.Seed)).ToArray();
            random.Shuffle<RunRecord>(right);
            records.AddRange(left.Take(SeedsASide).Select((r, k) => As(Timed(r, time), "candidate", k)));
            records.AddRange(right.Take(SeedsASide).Select((r, k) => As(r, "baseline", k)));
        }
        return Calibration.Judge.StatisticsOf(VerdictProcedure.Of(Benchmark(chosen, records)).Single()).Outcome;
    }

    private static RunRecord As(RunRecord run, string entrant, int seed) =>
        run with
        {
            Cell = run.Cell! with { Entrant = entrant },
            Seed = seed,
        };

    /// <summary>The run as a faster machine would have made it.</summary>
    private static RunRecord Timed(RunRecord run, double factor) =>
        factor == 1
            ? run
            : run with
            {
                Trace =
                [
                    .. run.Trace.Select(p =>
                        p with
                        {
                            ElapsedSeconds = factor * p.ElapsedSeconds,
                            CpuSeconds = factor * p.CpuSeconds,
                        }
                    ),
                ],
                Metrics = run.Metrics with
                {
                    WallSeconds = factor * run.Metrics.WallSeconds,
                    CpuSeconds = factor * run.Metrics.CpuSeconds,
                },
                Usage = run.Usage with { CpuSecond = factor * run.Usage.CpuSecond },
            };

    private static Benchmark Benchmark(
        (BenchmarkInstance Instance, Problem Problem)[] chosen,
        IReadOnlyList<RunRecord> records
    )
    {
        Entrant[] entrants = [Entrant("candidate", EntrantRole.Candidate), Entrant("baseline", EntrantRole.Baseline)];
        return new()
        {
            Id = Guid.Empty,
            Suite = new()
            {
                Name = "pool",
                Instances = [.. chosen.Select(c => new SuiteInstance { Name = c.Instance.Name })],
                Solvers =
                [
                    .. entrants.Select(e => new SuiteSolver
                    {
                        Name = e.Name,
                        Id = e.SolverId,
                        Role = e.Role,
                    }),
                ],
                Seeds = [.. Enumerable.Range(0, SeedsASide)],
                Budget = Budget,
                Comparison = new() { TargetGapPercent = TargetGap },
            },
            Instances = [.. chosen.Select(c => c.Instance)],
            Entrants = entrants,
            Runs = records,
        };

        static Entrant Entrant(string name, EntrantRole role) =>
            new()
            {
                Name = name,
                SolverId = "simulated-annealing",
                Role = role,
                Paradigm = Paradigm.Classical,
            };
    }
}
