using System.CommandLine;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;
using QuantumAiWorkflows.Cli.Problems;
using Spectre.Console;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>qaiw problems import</c>: validate and store problems from files.</summary>
internal static class ProblemsCommand
{
    public static Command Build(Screen screen)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Files with problems.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = new Option<string?>("--format", "-f")
        {
            Description = "Exchange format of the files, such as gset, biqmac or bqm; absent: a family's JSON.",
        };
        var family = new Option<string?>("--family") { Description = "Where the format does not tell." };
        var settings = new Option<string[]>("--setting")
        {
            Description = "Of the format, such as sense=maximize; may be repeated.",
            HelpName = "NAME=VALUE",
        };
        var validateOnly = new Option<bool>("--validate-only") { Description = "Check and summarize, store nothing." };
        var connection = new ConnectionOptions();
        var import = new Command("import", "Validate and store problems; prints their ids.")
        {
            files,
            format,
            family,
            settings,
            validateOnly,
        };
        connection.AddTo(import);
        import.SetAction(
            async (arguments, cancellation) =>
            {
                var read = new List<ProblemFile>();
                foreach (var path in arguments.GetRequiredValue(files))
                    read.Add(
                        new(path, await Files.ReadBytesAsync(path, cancellation), arguments.GetValue(format))
                        {
                            Family = arguments.GetValue(family),
                            Settings = Settings(arguments.GetValue(settings) ?? []),
                        }
                    );
                await using var open = await connection.OpenAsync(arguments, screen, cancellation);
                return await ImportAsync(open.Server, read, arguments.GetValue(validateOnly), screen, cancellation);
            }
        );
        return new Command("problems", "Problems on the server.") { import };
    }

    private static async Task<int> ImportAsync(
        Server server,
        IReadOnlyList<ProblemFile> files,
        bool validateOnly,
        Screen screen,
        CancellationToken cancellation
    )
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumns("file", "family", "variables", "interactions", "id");
        StopException? first = null;
        foreach (var file in files)
            try
            {
                foreach (var problem in await ProblemFiles.UploadAsync(server, file, validateOnly, cancellation))
                    table.AddRow(
                        new[]
                        {
                            file.Name,
                            problem.Family,
                            problem.Summary["numVariables"]?.ToString() ?? "-",
                            problem.Summary["numInteractions"]?.ToString() ?? "-",
                            problem.Id,
                        }
                            .Select(Markup.Escape)
                            .ToArray()
                    );
            }
            catch (StopException e) when (e.ExitCode == ExitCode.Usage)
            {
                // The other files are looked at, too: all faults in one go.
                screen.Fail(e);
                first ??= e;
            }
        if (table.Rows.Count > 0)
            screen.Out.Write(table);
        return first?.ExitCode ?? ExitCode.Pass;
    }

    private static JsonObject? Settings(string[] given)
    {
        if (given.Length == 0)
            return null;
        var settings = new JsonObject();
        foreach (var (name, value) in given.Select(s => NameValue.Parse("--setting", s)))
            settings[name] = value;
        return settings;
    }
}
