namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>What an operator reads of a job's run: neither problem nor answer, but for what a debug level may show.</summary>
internal static partial class JobLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} started: {Solver}, attempt {Attempt}.")]
    public static partial void Started(this ILogger log, string jobId, string solver, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} {State} after {WallSeconds:F3} s.")]
    public static partial void Ended(this ILogger log, string jobId, string state, double wallSeconds);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Job {JobId} went back to the queue: this process shuts down."
    )]
    public static partial void Drained(this ILogger log, string jobId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Job {JobId}: the database refused; the result is kept and tried again."
    )]
    public static partial void NotWritten(this ILogger log, Exception exception, string jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: a late commit under fence {Fence} was refused.")]
    public static partial void RefusedLate(this ILogger log, string jobId, long fence);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Job {JobId} lost its solver process: {Reason} It printed {Length} characters."
    )]
    public static partial void ChildLost(this ILogger log, string jobId, string reason, int length);

    /// <summary>What a native library prints may quote the problem: only for an operator who turns it on.</summary>
    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId}, printed by its solver process: {Printed}")]
    public static partial void ChildPrinted(this ILogger log, string jobId, string printed);
}
