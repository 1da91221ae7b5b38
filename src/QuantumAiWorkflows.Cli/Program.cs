using System.CommandLine;
using System.Runtime.InteropServices;
using QuantumAiWorkflows.Cli;
using QuantumAiWorkflows.Cli.Commands;

var screen = new Screen();
var root = new RootCommand("Quantum AI Workflows from the command line: solve, compare, gate.")
{
    new BenchCommand().Build(screen),
    new SolveCommand().Build(screen),
    ProblemsCommand.Build(screen),
    ReportCommand.Build(screen),
    ReplayCommand.Build(screen),
    ListCommands.Suites(screen),
    ListCommands.Solvers(screen),
};

using var stop = new CancellationTokenSource();

// The first one stops in order; a second one is the system's own, and ends the process.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var arguments = root.Parse(args);
if (arguments.Errors.Count > 0)
{
    screen.Fail(
        StopException.Usage(
            "The arguments cannot be understood; --help shows what there is.",
            [.. arguments.Errors.Select(e => e.Message)]
        )
    );
    return ExitCode.Usage;
}
try
{
    // Signals and exceptions are ours: each has its exit code.
    return await arguments.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        stop.Token
    );
}
catch (StopException e)
{
    screen.Fail(e);
    return e.ExitCode;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    screen.Warn("Stopped.");
    return ExitCode.CouldNotRun;
}
catch (Exception e)
{
    // A fault of ours, or a server that is not what it says; scripts get a code that they know.
    screen.Fail(StopException.CouldNotRun("qaiw broke; please report this:", e.ToString().Split('\n')));
    return ExitCode.CouldNotRun;
}

void Stop(PosixSignalContext signal)
{
    if (stop.IsCancellationRequested)
        return;
    signal.Cancel = true;
    stop.Cancel();
}
