using System.Text.Json;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>The circuit of a quantum run that has ended: made again by the desk from problem, options and angles.</summary>
internal static class JobCircuits
{
    private static readonly string[] Formats = ["json", "qasm", "qir", "svg"];

    public static void MapCircuits(this RouteGroupBuilder jobs) =>
        jobs.MapGet("/{id}/circuit", GetAsync)
            .Produces<CircuitDocument>(StatusCodes.Status200OK, "application/json", "text/plain", "image/svg+xml")
            .WithRefusals(400, 404, 409, 410, 422, 503)
            .WithName("GetCircuit")
            .WithSummary("The circuit of a quantum run that has ended, at the angles of its sampled state")
            .WithDescription(
                "`json` lists the gates, `qasm` is OpenQASM 3, `qir` what Microsoft's Q# compiler made of the program, `svg` a "
                    + "drawing of up to 2,000 gates. A run without a circuit of its own (a classical solver, an ablation, `rqaoa`, a "
                    + "decomposition) is a 404; where there is one, the job's `links.circuit` leads here."
            )
            .WithQuery(("format", "json (default), qasm, qir, svg"));

    private static async Task<IResult> GetAsync(
        HttpContext context,
        string id,
        Store store,
        ProblemLibrary problems,
        SolverCatalog catalog,
        Desk desk
    )
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var name = query.OneOf("format", Formats) ?? Formats[0];
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var format = Enum.Parse<CircuitFormat>(name, ignoreCase: true);

        var (run, refusal) = await EndedJobs.RunAsync(context, id, store, "circuit is");
        if (run is null)
            return refusal ?? Refusal.NoCircuit($"Job {id} ran no quantum circuit: it ended before it began.");
        if (run.Quantum is not { } quantum)
            return Refusal.NoCircuit($"Job {id} {Why(run)}.");
        var (problem, erased) = await problems.FindAsync(Tenants.Default, run.Problem.Id, context.RequestAborted);
        if (problem is null)
            return erased!;
        // While the solvers start, and while their module is compiled for this machine, a circuit may still come.
        if (catalog.All.Count == 0)
            return Refusal.Unavailable("The solvers are still starting.");
        if (
            catalog.TryGet(run.Solver.Id, out var solver)
            && solver is { BecomesAvailable: true, Unavailable: { } reason }
        )
            return Refusal.Unavailable(reason);
        try
        {
            var reply = await desk.CircuitAsync(
                request => new CircuitRequest(
                    request,
                    run.Solver.Id,
                    new RawJson(problem.CanonicalBytes),
                    run.Options is null ? null : JsonSerializer.SerializeToElement(run.Options),
                    quantum.Angles,
                    quantum.StartAngles,
                    format
                )
                {
                    Encoding = EncodingOf(run),
                },
                context.RequestAborted
            );
            return Reply(context, id, reply, format);
        }
        catch (ChildLostException)
        {
            return Refusal.Unavailable("The solver process that makes circuits has just been lost; it restarts.");
        }
        catch (ChildRequestFailedException e)
        {
            return Refusal.Unavailable($"The circuit could not be made: {e.Message}");
        }
    }

    /// <summary>Penalties that grew during the run are those of its last round, which the circuit is of.</summary>
    private static EncodingRequest? EncodingOf(RunRecord run) =>
        run.Encoding is { Policy: PenaltyPolicy.Iterative, Penalties: var applied }
            ? (run.EncodingRequest ?? new()) with
            {
                Penalty = new() { Policy = PenaltyPolicy.Fixed, Values = applied },
            }
            : run.EncodingRequest;

    private static string Why(RunRecord run) =>
        run.Decomposition is { MaxQubits: not null }
            ? $"has no circuit of its own: it is a run of {run.Solver.Id}, which ran one for each of its sub-problems"
            : $"ran no quantum circuit: it is a run of {run.Solver.Id}"
                + (run.Solver.Paradigm == Solving.Paradigm.Quantum ? " that ended without its angles" : "");

    private static IResult Reply(HttpContext context, string id, CircuitReply reply, CircuitFormat format)
    {
        if (reply is { Limit: { } limit, Gates: { } gates })
        {
            var faults = new FaultList();
            faults.Add(new Fault(FaultCode.OverLimit, reply.Refusal!) { Value = gates, Limit = limit });
            return Refusal.Of(faults);
        }
        if (reply.Text is null)
            return Refusal.NoCircuit(reply.Refusal!);
        var (type, extension) = format switch
        {
            CircuitFormat.Json => ("application/json", "json"),
            CircuitFormat.Svg => ("image/svg+xml", "svg"),
            CircuitFormat.Qasm => ("text/plain", "qasm"),
            _ => ("text/plain", "ll"),
        };
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}.{extension}\"";
        // A drawing has a style of its own and nothing else that a browser would have to load or run.
        if (format == CircuitFormat.Svg)
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return Results.Text(reply.Text, type, System.Text.Encoding.UTF8);
    }
}
