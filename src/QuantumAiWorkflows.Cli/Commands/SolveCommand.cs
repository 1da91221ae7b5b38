using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;
using QuantumAiWorkflows.Cli.Problems;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>qaiw solve</c>: one job, its improvements as they come, and its answer.</summary>
internal sealed class SolveCommand
{
    private static readonly TimeSpan CancelTime = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Indented = new(Server.Json) { WriteIndented = true };

    private readonly Argument<string> _problem = new("problem")
    {
        Description =
            "A problem file: a family's JSON, or with --format an exchange format; - reads JSON from standard input.",
    };

    private readonly Option<string?> _format = new("--format", "-f")
    {
        Description = "Exchange format of the file, such as gset, biqmac or bqm.",
    };

    private readonly Option<string> _solver = new("--solver", "-s")
    {
        Description = "A solver's id (qaiw solvers), or auto.",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string[]> _options = new("--option")
    {
        Description = "An option of the solver, such as layers=3; may be repeated.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<string[]> _encoding = new("--encoding")
    {
        Description =
            "How a problem of another family becomes a QUBO for a solver that takes only these: policy=momc (of penalties), penalty.capacity=40, integers=oneHot, coefficientBound=8, repair=default, horizon=12; may be repeated.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<double?> _cpuSeconds = new("--cpu-seconds") { Description = "Budget: CPU time." };

    private readonly Option<double?> _timeSeconds = new("--time-seconds")
    {
        Description = "Budget: wall time; 10 when no budget is given.",
    };

    private readonly Option<long?> _evaluations = new("--evaluations") { Description = "Budget: evaluations." };

    private readonly Option<long?> _shots = new("--shots") { Description = "Budget: shots or samples." };

    private readonly Option<int?> _threads = new("--threads") { Description = "Threads that the solver may use; 1." };

    private readonly Option<long?> _seed = new("--seed") { Description = "0 to 2^53 - 1; drawn when absent." };

    private readonly Option<bool> _json = new("--json") { Description = "Print the whole job as JSON." };

    private readonly ConnectionOptions _connection = new();

    public Command Build(Screen screen)
    {
        var command = new Command(
            "solve",
            "Solve one problem. Exits with 0 when the job succeeded, whatever its status, 2 usage, 3 could not run."
        )
        {
            _problem,
            _format,
            _solver,
            _options,
            _encoding,
            _cpuSeconds,
            _timeSeconds,
            _evaluations,
            _shots,
            _threads,
            _seed,
            _json,
        };
        _connection.AddTo(command);
        command.SetAction((arguments, cancellation) => RunAsync(arguments, screen, cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var request = Request(arguments);
        var path = arguments.GetRequiredValue(_problem);
        ProblemFile? file = null;
        if (arguments.GetValue(_format) is { } format)
            file = new(path, await Files.ReadBytesAsync(path, cancellation), format);
        else
            request["problem"] = await Files.ReadJsonAsync(path, cancellation);

        await using var connection = await _connection.OpenAsync(arguments, screen, cancellation);
        var server = connection.Server;
        if (file is not null)
        {
            var stored = await ProblemFiles.UploadAsync(server, file, validateOnly: false, cancellation);
            request["problemId"] = stored is [var only]
                ? only.Id
                : throw StopException.Usage(
                    $"{path} holds {stored.Count} problems; solve takes one. Import them and solve by id."
                );
        }
        var job = await SolveAsync(server, request, screen, cancellation);
        if (arguments.GetValue(_json))
            Screen.Raw(job.ToJsonString(Indented));
        else
            JobLines.Print(screen.Out, job);
        var state = job["state"]!.GetValue<string>();
        return state == "succeeded"
            ? ExitCode.Pass
            : throw StopException.CouldNotRun(
                $"The job {job["id"]} {(state == "failed" ? "failed" : $"was {state}")}: {job["error"]?["message"]}"
            );
    }

    private JsonObject Request(ParseResult arguments)
    {
        var request = new JsonObject { ["solver"] = arguments.GetRequiredValue(_solver) };
        var options = new JsonObject();
        foreach (var (name, value) in (arguments.GetValue(_options) ?? []).Select(o => NameValue.Parse("--option", o)))
            options[name] = value;
        if (options.Count > 0)
            request["options"] = options;
        if (EncodingWishes.Read(arguments.GetValue(_encoding) ?? []) is { } encoding)
            request["encoding"] = encoding;
        var budget = new JsonObject();
        Put(budget, "cpuSeconds", arguments.GetValue(_cpuSeconds));
        Put(budget, "timeSeconds", arguments.GetValue(_timeSeconds));
        Put(budget, "evaluations", arguments.GetValue(_evaluations));
        Put(budget, "shots", arguments.GetValue(_shots));
        Put(budget, "threads", arguments.GetValue(_threads));
        if (budget.Count > 0)
            request["budget"] = budget;
        Put(request, "seed", arguments.GetValue(_seed));
        return request;
    }

    private static void Put<T>(JsonObject target, string name, T? value)
        where T : struct
    {
        if (value is { } known)
            target[name] = JsonValue.Create(known);
    }

    private static async Task<JsonNode> SolveAsync(
        Server server,
        JsonObject request,
        Screen screen,
        CancellationToken cancellation
    )
    {
        var posted = await server.PostAsync(
            "/v1/jobs",
            request,
            "the job",
            cancellation,
            Guid.CreateVersion7().ToString(),
            canInterrupt: false
        );
        var path = $"/v1/jobs/{posted["id"]}";
        if (posted["waitingFor"] is { } reason)
            screen.Note($"Waiting: {reason}");
        try
        {
            cancellation.ThrowIfCancellationRequested();
            await EventStream.FollowAsync(
                server,
                $"{path}/events",
                screen,
                (kind, data) =>
                {
                    if (kind == "incumbent")
                        screen.Note(JobLines.Incumbent(data));
                },
                cancellation
            );
            return await server.GetAsync(path, "to show the job", cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(CancelTime);
            await server.PostAsync($"{path}/cancel", null, "the cancel", patience.Token);
            screen.Warn($"Job {posted["id"]} is cancelled on the server; its best answer is kept.");
            throw;
        }
    }
}
