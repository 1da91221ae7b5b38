using System.CommandLine;
using QuantumAiWorkflows.Cli.Benchmarks;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>qaiw replay</c>: run an earlier benchmark's suite again, as a new benchmark.</summary>
internal static class ReplayCommand
{
    public static Command Build(Screen screen)
    {
        var id = new Argument<string>("benchmark") { Description = "Id of the benchmark to run again." };
        var gate = new Option<bool>("--gate")
        {
            Description = "Exit with 1 when the suite's gate fails, or cannot be told.",
        };
        var connection = new ConnectionOptions();
        var command = new Command("replay", "Run an earlier benchmark's suite again, as a new benchmark.") { id, gate };
        connection.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                await using var open = await connection.OpenAsync(arguments, screen, cancellation);
                var ended = await new BenchmarkSession(open.Server, screen).ReplayAsync(
                    arguments.GetRequiredValue(id),
                    cancellation
                );
                return await new BenchmarkEnd(open.Server, screen).ShowAsync(
                    ended,
                    arguments.GetValue(gate),
                    [],
                    cancellation
                );
            }
        );
        return command;
    }
}
