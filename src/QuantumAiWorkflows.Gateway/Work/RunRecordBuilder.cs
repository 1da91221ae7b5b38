using System.Text.Json.Nodes;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Puts together the record of one run from the claim, what the parent measured and what the referee found.</summary>
internal sealed class RunRecordBuilder(
    Claim claim,
    StoredRequest request,
    SolverCatalog catalog,
    RunEnvironment environment,
    long startedAt
)
{
    private const double BytesPerGib = 1L << 30;

    /// <summary>A run that never reached a child.</summary>
    public RunRecord Unstarted(RunError? error, long completedAt) =>
        Common(completedAt) with
        {
            State = error is null ? RunState.Cancelled : RunState.Failed,
            Error = error,
        };

    /// <summary>A run whose worker went away, with the newest answer that was refereed and stored before.</summary>
    public RunRecord Lost(long noticedAt, Improvement? newest) =>
        Common(noticedAt) with
        {
            State = RunState.Lost,
            Status = newest is { Point.Feasible: true } ? ResultStatus.Feasible : ResultStatus.Unknown,
            Verified = newest is not null,
            Objective = newest?.Point.Objective,
            Feasible = newest?.Point.Feasible,
            Solution = newest?.Solution,
            Trace = newest is null ? [] : [newest.Point],
            Error = new(RunErrors.WorkerLost, "The worker was lost during the run.") { Retryable = true },
        };

    /// <param name="validated">Null where no validation was asked for, or the run was no success.</param>
    public RunRecord Ended(
        Problem problem,
        RunResult result,
        string state,
        long completedAt,
        TrainResult? validated = null
    )
    {
        var common = Common(completedAt);
        var ruling = result.Ruling;
        var (measures, stages) = (result.Measures, result.Stages);
        var wall = measures.WallSeconds;
        var paradigm = result.Ran ?? common.Solver.Paradigm;
        // A decomposition rests on its sub-solver's circuits, where it counts as quantum at all.
        var circuits = paradigm == Paradigm.Quantum ? result.Decomposition?.SubSolver : null;
        return common with
        {
            State = state switch
            {
                JobState.Succeeded => RunState.Succeeded,
                JobState.Cancelled => RunState.Cancelled,
                _ => RunState.Failed,
            },
            Solver = common.Solver with
            {
                Paradigm = paradigm,
                ExecutionPath = result.Quantum?.ExecutionPath ?? circuits?.ExecutionPath,
                EvidenceLevel = result.Quantum?.EvidenceLevel ?? circuits?.EvidenceLevel,
            },
            Status = ruling.Status,
            StoppedBy = result.StoppedBy,
            Verified = ruling.Evaluation is not null && ruling.Refusal is null,
            Objective = ruling.Evaluation?.Objective,
            Bound = ruling.Bound,
            Feasible = ruling.Evaluation?.IsFeasible,
            Violations = ruling.Evaluation?.Violations ?? [],
            Solution = ruling.Best is { } best ? problem.SolutionToJson(best) : null,
            Details = problem.Details(ruling.Best),
            Conflict = ruling.Conflict,
            Samples = [.. result.Samples.Take(request.Samples)],
            Trace = result.Trace,
            Quantum = result.Quantum,
            Decomposition = result.Decomposition,
            Presolve = result.Presolve,
            Encoding = result.Encoding,
            Auto = result.Auto,
            Environment = environment with { OthersLoad = result.OthersLoad },
            Validation = validated?.Validation,
            Error = result.Error ?? validated?.Error,
            Metrics = new()
            {
                QueueSeconds = common.Metrics.QueueSeconds,
                ParseSeconds = stages.GetValueOrDefault("parse"),
                EncodeSeconds = stages.GetValueOrDefault("encode"),
                CompileSeconds = stages.GetValueOrDefault("compile"),
                CompileCached = result.Quantum?.CompileCached,
                SolveSeconds = SolveOnly(stages, wall),
                DecodeSeconds = stages.GetValueOrDefault("decode"),
                RepairSeconds = stages.GetValueOrDefault("repair"),
                VerifySeconds = result.VerifySeconds,
                WallSeconds = wall,
                CpuSeconds = measures.CpuSeconds,
                OvershootSeconds = Overshoot(measures),
                Killed = measures.Killed,
                PeakMemoryBytes = measures.PeakMemoryBytes,
                BaselineMemoryBytes = measures.BaselineMemoryBytes,
                Evaluations = result.Evaluations,
                Shots = result.Shots,
                BytesIn = measures.BytesIn,
                BytesOut = result.BytesOut,
                Scale = result.Scale,
                Validation = validated?.Metrics,
            },
            Usage = new()
            {
                CpuSecond = measures.CpuSeconds + (validated?.Metrics.CpuSeconds ?? 0),
                MemoryGibSecond =
                    measures.PeakMemoryBytes / BytesPerGib * wall
                    + (
                        validated?.Metrics is { PeakMemoryBytes: { } peak } after
                            ? peak / BytesPerGib * after.WallSeconds
                            : 0
                    ),
                Shot = result.Shots,
            },
        };
    }

    private RunRecord Common(long completedAt)
    {
        var job = claim.Job;
        var problem = claim.Problem;
        catalog.TryGet(job.Solver, out var solver);
        return new()
        {
            Id = Guid.CreateVersion7(),
            JobId = Guid.Parse(job.Id),
            Attempt = job.Attempt,
            Cell = job.BenchmarkId is { } benchmark
                ? new(Guid.Parse(benchmark), job.Instance!, job.Entrant!, job.WarmUp, job.Calibration)
                : null,
            Problem = new(
                problem.Id,
                problem.Family,
                problem.EvaluatorVersion,
                problem.NumVariables,
                problem.NumInteractions
            ),
            Solver = new(job.Solver, solver?.Info.Version ?? "", catalog.ParadigmOf(job.Solver, request.Options)),
            Options = request.Options is { } given ? JsonObject.Create(given) : null,
            EncodingRequest = request.Encoding,
            InitialSolution = request.InitialSolution is { } start ? JsonObject.Create(start) : null,
            Seed = job.Seed,
            Budget = request.Budget,
            State = RunState.Failed,
            Status = ResultStatus.Unknown,
            Metrics = new() { QueueSeconds = (startedAt - job.SubmittedAt) * 1e-6 },
            Usage = new(),
            Environment = environment,
            StartedAt = Store.Time(startedAt),
            CompletedAt = Store.Time(completedAt),
        };
    }

    /// <summary>The solve stage without the stages inside it; for a killed run, what the other stages leave.</summary>
    private static double SolveOnly(IReadOnlyDictionary<string, double> stages, double wall)
    {
        var inside = ((string[])["compile", "encode", "decode", "repair"]).Sum(stage =>
            stages.GetValueOrDefault(stage)
        );
        var whole = stages.TryGetValue("solve", out var solve) ? solve : wall - stages.GetValueOrDefault("parse");
        return Math.Max(0, whole - inside);
    }

    private double Overshoot(RunMeasures measures)
    {
        var wall = request.Budget.TimeSeconds is { } time ? measures.WallSeconds - time : 0;
        var cpu = request.Budget.CpuSeconds is { } limit ? (measures.CpuSeconds ?? 0) - limit : 0;
        return Math.Max(0, Math.Max(wall, cpu));
    }
}
