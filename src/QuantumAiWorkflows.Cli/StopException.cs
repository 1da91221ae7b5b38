namespace QuantumAiWorkflows.Cli;

/// <summary>What the process exits with; docs/ci.md promises these to scripts.</summary>
internal static class ExitCode
{
    public const int Pass = 0;

    /// <summary>The gate failed, or could not be told.</summary>
    public const int GateFailed = 1;

    /// <summary>Bad arguments, an unreadable or invalid file, or a request that the server refuses as such.</summary>
    public const int Usage = 2;

    /// <summary>No server, an outage, or a benchmark or job that failed or was cancelled.</summary>
    public const int CouldNotRun = 3;
}

/// <summary>Ends the command with an exit code and a message for the user; never shown with a stack trace.</summary>
internal sealed class StopException(int exitCode, string message, IReadOnlyList<string>? details = null)
    : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>One line each, such as the pointers of a refusal.</summary>
    public IReadOnlyList<string> Details { get; } = details ?? [];

    public static StopException Usage(string message, IReadOnlyList<string>? details = null) =>
        new(Cli.ExitCode.Usage, message, details);

    public static StopException CouldNotRun(string message, IReadOnlyList<string>? details = null) =>
        new(Cli.ExitCode.CouldNotRun, message, details);
}
