using System.CommandLine;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Benchmarks;
using QuantumAiWorkflows.Cli.Suites;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>qaiw bench</c>: run a suite, show the comparison, and exit by its gate.</summary>
internal sealed class BenchCommand
{
    private readonly Argument<string> _suite = new("suite")
    {
        Description = "A suite file, - for standard input, or the name of a built-in suite (qaiw suites).",
    };

    private readonly Option<bool> _gate = new("--gate")
    {
        Description = "Exit with 1 when the suite's gate fails, or cannot be told.",
    };

    private readonly Option<string[]> _report = new("--report")
    {
        Description =
            "Save a report as FORMAT=PATH, such as html=report.html or md=-; may be repeated. The server knows the formats.",
        HelpName = "FORMAT=PATH",
    };

    private readonly Option<string[]> _instances = new("--instance")
    {
        Description = "Only this instance of the suite; may be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _solvers = new("--solver")
    {
        Description = "Only this solver of the suite, by its name in it; may be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _compareWith = new("--compare-with")
    {
        Description = "Gate against an earlier benchmark of the same suite on this server.",
        HelpName = "BENCHMARK_ID",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Gate against a file that --save-baseline wrote.",
        HelpName = "FILE",
    };

    private readonly Option<double?> _maxRegression = new("--max-regression")
    {
        Description = "How much longer the time to target may be than before, in percent; the suite's, else 5.",
        HelpName = "PERCENT",
    };

    private readonly Option<string?> _saveBaseline = new("--save-baseline")
    {
        Description = "Save the figures that a later run is compared with.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description =
            $"Where the files of the suite are, if not beside it; by default ${DataFolders.Variable}. A suite is skipped where its data are absent.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _requireData = new("--require-data")
    {
        Description = "Exit with 3 instead of skipping a suite whose data are absent.",
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        Description = "Cancel the benchmark and exit with 3 after this many seconds.",
        HelpName = "SECONDS",
    };

    private readonly ConnectionOptions _connection = new();

    public Command Build(Screen screen)
    {
        var command = new Command(
            "bench",
            "Run a suite and compare its solvers. Exits with 0 pass, 1 gate failed, 2 usage, 3 could not run."
        )
        {
            _suite,
            _gate,
            _report,
            _instances,
            _solvers,
            _compareWith,
            _baseline,
            _maxRegression,
            _saveBaseline,
            _data,
            _requireData,
            _timeout,
        };
        _connection.AddTo(command);
        command.SetAction((arguments, cancellation) => RunAsync(arguments, screen, cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (arguments.GetValue(_timeout) is { } seconds)
            limit.CancelAfter(
                seconds is > 0 and <= 1e6
                    ? TimeSpan.FromSeconds(seconds)
                    : throw StopException.Usage($"--timeout {seconds}: expected 0 < seconds <= 1000000.")
            );
        try
        {
            return await BenchAsync(arguments, screen, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw StopException.CouldNotRun($"Stopped after --timeout {arguments.GetValue(_timeout)} seconds.");
        }
    }

    private async Task<int> BenchAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var reports = (arguments.GetValue(_report) ?? []).Select(ReportFile.Parse).ToList();
        if (arguments.GetValue(_saveBaseline) is { } saved)
            reports.Add(new("baseline", saved));
        var wishes = await GateWishesAsync(arguments, cancellation);
        var part = new SuitePart(arguments.GetValue(_instances) ?? [], arguments.GetValue(_solvers) ?? []);
        var name = arguments.GetRequiredValue(_suite);

        // All that can be wrong on this side comes out before a server is asked, or started.
        JsonObject? suite = null;
        FileInstances? files = null;
        if (!SuiteSource.IsBuiltIn(name))
        {
            suite = await SuiteSource.ReadAsync(name, cancellation);
            part.TakeFrom(suite, screen);
            var folder = name == "-" ? "." : Path.GetDirectoryName(Path.GetFullPath(name))!;
            files = await FileInstances.ReadAsync(suite, new(folder, arguments.GetValue(_data)), cancellation);
            if (files.Absence is { } reason)
                return arguments.GetValue(_requireData)
                    ? throw StopException.CouldNotRun($"The suite {name} cannot run: {reason}.")
                    : Skip(name, reason);
            wishes.PutInto(suite);
        }

        await using var connection = await _connection.OpenAsync(arguments, screen, cancellation);
        var server = connection.Server;
        if (suite is null)
        {
            suite = await SuiteSource.FindBuiltInAsync(server, name, cancellation);
            part.TakeFrom(suite, screen);
            wishes.PutInto(suite);
        }
        await ReportFiles.CheckFormatsAsync(server, reports, cancellation);
        if (files is not null)
            await files.UploadAsync(server, cancellation);
        var ended = await new BenchmarkSession(server, screen).RunAsync(suite, cancellation);
        return await new BenchmarkEnd(server, screen).ShowAsync(ended, wishes.IsGate, reports, cancellation);
    }

    private static int Skip(string name, string reason)
    {
        Screen.Raw($"Skipped {name}: {reason}.");
        return ExitCode.Pass;
    }

    private async Task<GateWishes> GateWishesAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (compareWith, baseline) = (arguments.GetValue(_compareWith), arguments.GetValue(_baseline));
        if (compareWith is not null && baseline is not null)
            throw StopException.Usage("--compare-with and --baseline exclude each other: there is one before.");
        return new(
            arguments.GetValue(_gate),
            compareWith,
            baseline is null ? null : await Files.ReadJsonAsync(baseline, cancellation),
            arguments.GetValue(_maxRegression)
        );
    }
}
