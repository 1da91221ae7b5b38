using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// Runs of the product's annealer in this process, refereed and recorded as the service records them. CPU seconds are the
/// process's own, so nothing else may run in it meanwhile.
/// </summary>
internal static class RealRuns
{
    private static readonly SimulatedAnnealingSolver Solver = new();

    private static readonly RunEnvironment Here = new()
    {
        MachineName = "here",
        CpuModel = "here",
        Cores = Environment.ProcessorCount,
        MemoryBytes = 0,
        Os = Environment.OSVersion.Platform.ToString(),
        DotNet = Environment.Version.ToString(),
        Simd = "unknown",
        Build = "calibration",
    };

    /// <summary>±1 spin glasses on sparse random graphs as Max-Cut: easy to improve, hard to finish.</summary>
    public static (BenchmarkInstance Instance, Problem Problem)[] Instances(int count, params int[] sizes) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var n = sizes[i % sizes.Length];
                    var parameters = JsonSerializer.SerializeToElement(
                        new
                        {
                            numVariables = n,
                            density = Math.Min(1, 6.0 / n),
                            weights = "plusMinusOne",
                        }
                    );
                    var problem = ProblemGenerators
                        .Find("max-cut-random")!
                        .Generate(parameters, i, "", new FaultList())!;
                    return (BenchmarkInstance.Of($"glass-{n}-{i}", problem, null), problem);
                }),
        ];

    /// <summary>One run under a count budget: the same seed does the same work.</summary>
    /// <param name="slowdown">More than 1: the run goes on computing until it has used that many times its CPU seconds.</param>
    public static RunRecord Run(
        (BenchmarkInstance Instance, Problem Problem) on,
        string entrant,
        int sweeps,
        SolveBudget budget,
        long seed,
        double slowdown = 1
    )
    {
        var incumbents = new List<(double Elapsed, double Cpu, Solution Solution)>();
        SolveContext? context = null;
        context = new(budget, seed)
        {
            OnIncumbent = (solution, _) => incumbents.Add((context!.ElapsedSeconds, context.CpuSeconds, solution)),
        };
        var outcome = Solver.Solve(on.Problem, new SimulatedAnnealingOptions { Sweeps = sweeps }, context);
        if (slowdown > 1)
            for (var end = slowdown * context.CpuSeconds; context.CpuSeconds < end; )
                Thread.SpinWait(100);
        var (cpu, wall) = (context.CpuSeconds, context.ElapsedSeconds);
        var ruling = Referee.Judge(on.Problem, outcome);
        return new()
        {
            Id = Guid.CreateVersion7(),
            Cell = new(Guid.Empty, on.Instance.Name, entrant),
            Problem = new(
                on.Problem.Id,
                on.Problem.Family.Id,
                on.Problem.Family.EvaluatorVersion,
                on.Problem.NumVariables,
                on.Problem.NumInteractions
            ),
            Solver = new(Solver.Info.Id, Solver.Info.Version, Solver.Info.Paradigm),
            Seed = seed,
            Budget = budget,
            State = RunState.Succeeded,
            Status = ruling.Status,
            StoppedBy = context.StoppedBy ?? StoppedBy.Solver,
            Verified = ruling.Refusal is null,
            Feasible = ruling.Evaluation?.IsFeasible,
            Objective = ruling.Evaluation?.Objective,
            Trace =
            [
                .. incumbents.Select(i => new TracePoint(
                    slowdown * i.Elapsed,
                    slowdown * i.Cpu,
                    on.Problem.Evaluate(i.Solution).Objective,
                    null,
                    true
                )),
            ],
            Metrics = new()
            {
                // Not measured for its own sake: a busy machine must not make these runs look disturbed.
                WallSeconds = Math.Min(wall, cpu),
                CpuSeconds = cpu,
                Evaluations = context.Evaluations,
            },
            Usage = new() { CpuSecond = cpu },
            Environment = Here,
            StartedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
        };
    }

    /// <summary>As a build would have recorded it whose every answer is worse by some percent of its value; maximization.</summary>
    public static RunRecord Worse(this RunRecord run, double percent) =>
        run with
        {
            Objective = run.Objective - percent / 100 * Math.Abs(run.Objective!.Value),
            Trace =
            [
                .. run.Trace.Select(p => p with { Objective = p.Objective - percent / 100 * Math.Abs(p.Objective) }),
            ],
        };
}
