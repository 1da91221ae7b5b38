using System.CommandLine;
using QuantumAiWorkflows.Cli.Benchmarks;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>qaiw report</c>: a report of a finished benchmark.</summary>
internal static class ReportCommand
{
    public static Command Build(Screen screen)
    {
        var id = new Argument<string>("benchmark") { Description = "Id of a benchmark that has ended." };
        var format = new Option<string>("--format", "-f")
        {
            Description = "md, csv, json, or another that the server has.",
            DefaultValueFactory = _ => "md",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "A file; - for standard output.",
            DefaultValueFactory = _ => "-",
        };
        var connection = new ConnectionOptions();
        var command = new Command("report", "Save or print a report of a finished benchmark.") { id, format, output };
        connection.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                await using var open = await connection.OpenAsync(arguments, screen, cancellation);
                var file = new ReportFile(arguments.GetRequiredValue(format), arguments.GetRequiredValue(output));
                await ReportFiles.SaveAsync(open.Server, arguments.GetRequiredValue(id), file, screen, cancellation);
                return ExitCode.Pass;
            }
        );
        return command;
    }
}
