using System.IO.Compression;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Storage;

// Times are microseconds since 1970 UTC and ids text: both databases order them alike (decision 5). Every key starts
// with the tenant.

/// <summary>A stored problem. Its canonical bytes are what is hashed and sent to solvers; null once erased.</summary>
internal sealed class ProblemRow
{
    public required string Tenant { get; set; }
    public required string Id { get; set; }
    public required string Family { get; set; }
    public required string EvaluatorVersion { get; set; }
    public required int NumVariables { get; set; }
    public required long NumInteractions { get; set; }
    public required string Summary { get; set; }
    public byte[]? Canonical { get; set; }
    public required long CreatedAt { get; set; }
    public long? ErasedAt { get; set; }
}

/// <summary>
/// A job: hot and small, what it was asked for is in <see cref="PayloadRow"/>. The row is the truth: a queue only says
/// which rows to look at. <see cref="Fence"/> rises with every claim and every requeue and guards every write of an
/// owner, so a worker that was given up can no longer change anything.
/// </summary>
internal sealed class JobRow
{
    public required string Tenant { get; set; }
    public required string Id { get; set; }
    public required string State { get; set; }
    public required string Solver { get; set; }
    public required string Family { get; set; }
    public required string ProblemId { get; set; }
    public required int Priority { get; set; }

    /// <summary>Order within a priority: by submission, a benchmark's runs by their plan.</summary>
    public required long Sequence { get; set; }
    public required long Seed { get; set; }
    public string? Tags { get; set; }
    public required long SubmittedAt { get; set; }
    public long? StartedAt { get; set; }
    public long? CompletedAt { get; set; }
    public long? LastProgressAt { get; set; }
    public long? DeadlineAt { get; set; }
    public int Attempt { get; set; }
    public long Fence { get; set; }

    /// <summary>Times its owner was lost; three make it poison.</summary>
    public int Failures { get; set; }
    public string? Owner { get; set; }
    public long? LeaseUntil { get; set; }
    public bool CancelRequested { get; set; }
    public long LastEvent { get; set; }
    public string? RunId { get; set; }
    public string? ErrorCode { get; set; }
    public string? ErrorMessage { get; set; }
    public required string TraceId { get; set; }
    public string? TraceParent { get; set; }
    public string? BenchmarkId { get; set; }
    public string? Instance { get; set; }
    public string? Entrant { get; set; }
    public bool WarmUp { get; set; }

    /// <summary>Runs on a calibration instance; its <see cref="Entrant"/> is one of the calibration's.</summary>
    public bool Calibration { get; set; }

    /// <summary>Runs of its benchmark that may go at once; 0 for a plain job, which shares the machine.</summary>
    public int Lane { get; set; }
    public long? ErasedAt { get; set; }
}

/// <summary>What a job was asked for, and its newest refereed answer while it runs.</summary>
internal sealed class PayloadRow
{
    public required string Tenant { get; set; }
    public required string JobId { get; set; }
    public required string Request { get; set; }

    /// <summary>The newest refereed answer of the run, JSON; null before there is one.</summary>
    public string? Newest { get; set; }
}

/// <summary>A run record, append only; the columns beside it are what lists filter by.</summary>
internal sealed class RunRow
{
    public required string Tenant { get; set; }
    public required string Id { get; set; }
    public string? JobId { get; set; }
    public string? BenchmarkId { get; set; }
    public required string ProblemId { get; set; }
    public required string Solver { get; set; }
    public required string State { get; set; }
    public required long CompletedAt { get; set; }
    public required string Record { get; set; }

    /// <summary>The referee's value of a feasible answer; null without one.</summary>
    public double? Objective { get; set; }

    /// <summary>In the problem's sense; null without one.</summary>
    public double? Bound { get; set; }

    /// <summary>A verified run of the same problem beats <see cref="Bound"/>, so its proof was wrong.</summary>
    public bool BoundRefuted { get; set; }

    public static RunRow Of(string tenant, RunRecord run) =>
        new()
        {
            Tenant = tenant,
            Id = run.Id.ToString(),
            JobId = run.JobId?.ToString(),
            BenchmarkId = run.Cell?.BenchmarkId.ToString(),
            ProblemId = run.Problem.Id,
            Solver = run.Solver.Id,
            State = JsonNames.Of(run.State),
            CompletedAt = Store.Microseconds(run.CompletedAt),
            Objective = run is { Verified: true, Feasible: true } ? run.Objective : null,
            Bound = run.Bound,
            Record = JsonSerializer.Serialize(run, StrictJson.Options),
        };
}

/// <summary>The sub-problems of a job's last run, beside its record: lists read records by the hundred.</summary>
internal sealed class SubProblemsRow
{
    public required string Tenant { get; set; }
    public required string JobId { get; set; }

    /// <summary>A <see cref="SubProblemTrace"/> as JSON, packed by Brotli: a benchmark has one of some 400 kB a run.</summary>
    public required byte[] Packed { get; set; }

    public static SubProblemsRow Of(JobRow job, SubProblemTrace trace)
    {
        var packed = new MemoryStream();
        using (var packer = new BrotliStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(packer, trace, StrictJson.Options);
        return new()
        {
            Tenant = job.Tenant,
            JobId = job.Id,
            Packed = packed.ToArray(),
        };
    }

    public SubProblemTrace Read()
    {
        using var unpacker = new BrotliStream(new MemoryStream(Packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<SubProblemTrace>(unpacker, StrictJson.Options)!;
    }
}

/// <summary>What happened to a job or a benchmark; the sequence is the id of the server-sent event.</summary>
internal sealed class EventRow
{
    public required string Tenant { get; set; }

    /// <summary>Id of the job or the benchmark.</summary>
    public required string Subject { get; set; }
    public required long Sequence { get; set; }
    public required string Kind { get; set; }
    public required string Data { get; set; }
}

/// <summary>A process that solves: what it offers, and until when it is believed to be alive.</summary>
internal sealed class WorkerRow
{
    public required string Id { get; set; }
    public required string Build { get; set; }
    public required string Registry { get; set; }
    public required int Slots { get; set; }
    public required long StartedAt { get; set; }
    public required long LeaseUntil { get; set; }
}

internal sealed class BenchmarkRow
{
    public required string Tenant { get; set; }
    public required string Id { get; set; }
    public required string Name { get; set; }
    public required string State { get; set; }
    public required string Suite { get; set; }
    public required string SuiteHash { get; set; }

    /// <summary>The instances with their problem ids and references, as resolved at submission.</summary>
    public required string Instances { get; set; }

    /// <summary>The suite's solvers and those that the recorder added; empty: the suite's, of before there were others.</summary>
    public string Entrants { get; set; } = "";

    /// <summary>What runs before the comparison to tell how strong the baselines are; null for nothing.</summary>
    public string? Calibration { get; set; }

    /// <summary>The benchmark whose runs are run again; null for a first one.</summary>
    public string? ReplayOf { get; set; }
    public required int Total { get; set; }
    public required long SubmittedAt { get; set; }
    public long? CompletedAt { get; set; }
    public long LastEvent { get; set; }
    public bool CancelRequested { get; set; }

    /// <summary>Summary, verdicts and gate, once it is done.</summary>
    public string? Outcome { get; set; }
    public required string TraceId { get; set; }
    public long? ErasedAt { get; set; }
}

/// <summary>A key that a client may send again; kept 24 h.</summary>
internal sealed class IdempotencyRow
{
    public required string Tenant { get; set; }
    public required string Path { get; set; }
    public required string Key { get; set; }
    public required string BodyHash { get; set; }
    public required string Subject { get; set; }
    public required long CreatedAt { get; set; }
}
