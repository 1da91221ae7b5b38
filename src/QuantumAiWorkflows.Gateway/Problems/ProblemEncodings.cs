using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Gateway.Problems;

/// <summary>A stored problem as a QUBO: what a job with this encoding would hand to its solver.</summary>
internal static class ProblemEncodings
{
    public static void MapEncodings(this RouteGroupBuilder problems)
    {
        problems
            .MapGet("/{id}/qubo", GetAsync)
            .Produces<EncodingView>()
            .WithRefusals(400, 404, 410, 422)
            .WithName("GetProblemQubo")
            .WithSummary("The default encoding as a QUBO: variables, one-hot groups, constraints with their penalties")
            .WithDescription(
                "`qubo` can be posted as a problem of its own. At the bits of an answer that satisfies every constraint its "
                    + "energy is the answer's objective. A qubo problem is its own encoding. docs/encodings.md explains the members."
            );
        problems
            .MapPost("/{id}/encodings", PostAsync)
            .Accepts<EncodingBody>("application/json")
            .Produces<EncodingView>()
            .WithRefusals(400, 404, 410, 415, 422)
            .WithMetadata(
                new ExampleDocs("the default encoding", () => Example(new JsonObject())),
                new ExampleDocs(
                    "penalties beyond the objective's range, whole numbers one-hot",
                    () =>
                        Example(
                            new JsonObject
                            {
                                ["penalty"] = new JsonObject { ["policy"] = "objective-range" },
                                ["integers"] = "oneHot",
                            }
                        )
                )
            )
            .WithName("EncodeProblem")
            .WithSummary("A problem as a QUBO under an encoding of your choice; nothing is stored");
    }

    private static JsonObject Example(JsonObject encoding) => new() { ["encoding"] = encoding };

    private static async Task<IResult> GetAsync(HttpContext context, string id, ProblemLibrary library)
    {
        var faults = new FaultList();
        new QueryReader(context.Request, faults).End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (problem, refusal) = await library.FindAsync(Tenants.Default, id, context.RequestAborted);
        return problem is null ? refusal! : Reply(context, problem, new(), null);
    }

    private static async Task<IResult> PostAsync(HttpContext context, string id, ProblemLibrary library)
    {
        var (problem, refusal) = await library.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (problem is null)
            return refusal!;
        var (body, unread) = await context.Request.ReadJsonAsync();
        if (body is null)
            return unread!;
        using (body)
        {
            var faults = new FaultList();
            return StrictJson.Read<EncodingBody>(body.RootElement, "", faults) is { } request
                ? Reply(context, problem, request.Encoding, "/encoding")
                : Refusal.Of(faults);
        }
    }

    /// <param name="pointer">Where the encoding stands in the request; null when there is none.</param>
    private static IResult Reply(HttpContext context, Problem problem, EncodingRequest request, string? pointer)
    {
        var faults = new FaultList();
        switch (problem.Encode(request))
        {
            case EncodingResult.Encoded { Encoding: var encoding }:
                return Results.Json(EncodingView.Of(encoding, context.RequestAborted), StrictJson.Options);
            case EncodingResult.BadRequest bad:
                foreach (var fault in bad.Faults)
                    faults.Add(fault with { Pointer = pointer + fault.Pointer });
                break;
            case EncodingResult.Refused no:
                faults.Add(
                    new Fault(FaultCode.DoesNotFit, no.Reason)
                    {
                        Pointer = pointer,
                        Value = no.Needed,
                        Limit = no.Limit,
                    }
                );
                break;
        }
        return Refusal.Of(faults);
    }
}

public sealed record EncodingBody
{
    public required EncodingRequest Encoding { get; init; }
}

/// <summary>A problem as a QUBO.</summary>
/// <param name="Encoding">As applied, defaults filled in.</param>
/// <param name="QuboId">The id that <paramref name="Qubo"/> has when it is posted.</param>
/// <param name="GroundStateFeasible">
/// Whether every assignment of the lowest energy satisfies every constraint; null beyond 20 variables.
/// </param>
/// <param name="CoversOptimum">False when the encoding may leave every best answer out; a bound on it then says nothing.</param>
public sealed record EncodingView(
    EncodedProblem Problem,
    EncodingRequest Encoding,
    PostableQubo Qubo,
    string QuboId,
    int NumVariables,
    long NumInteractions,
    IReadOnlyList<EncodedVariable> Variables,
    IReadOnlyList<OneHotGroup> Groups,
    IReadOnlyList<EncodedConstraintView> Constraints,
    bool? GroundStateFeasible,
    bool CoversOptimum
)
{
    internal static EncodingView Of(QuboEncoding encoding, CancellationToken cancellation) =>
        new(
            new(encoding.Problem.Id, encoding.Problem.Family.Id),
            encoding.Request,
            PostableQubo.Of(encoding.Qubo),
            encoding.Qubo.Id,
            encoding.Qubo.NumVariables,
            encoding.Qubo.NumInteractions,
            encoding.Variables,
            encoding.Groups,
            [
                .. encoding.Constraints.Select(
                    (c, k) =>
                        new EncodedConstraintView(
                            c.Name,
                            c.Kind,
                            c.Pointer,
                            c.Pattern,
                            encoding.Penalties[k],
                            c.AddedVariables,
                            c.Scale
                        )
                ),
            ],
            GroundState.IsFeasible(encoding, () => cancellation.IsCancellationRequested),
            encoding.CoversOptimum
        );
}

public sealed record EncodedProblem(string Id, string Family);

/// <param name="Pointer">Into the problem; empty for the codes of numbers.</param>
/// <param name="Penalty">What violating it costs, in the objective's unit, times the square where the pattern is one.</param>
/// <param name="AddedVariables">Binary variables that exist because of it.</param>
/// <param name="Scale">What its coefficients were multiplied by to make them whole.</param>
public sealed record EncodedConstraintView(
    string Name,
    string Kind,
    string Pointer,
    ConstraintPattern Pattern,
    double Penalty,
    int AddedVariables,
    double Scale
);

/// <summary>A qubo problem in the form in which a client posts one: <c>coo</c> over bits, <c>ising</c> over spins.</summary>
public sealed record PostableQubo(string Family, Sense Sense, double Offset)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JsonElement>? Labels { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CooView? Coo { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IsingView? Ising { get; private init; }

    internal static PostableQubo Of(QuboProblem problem)
    {
        var terms = problem.Terms;
        var qubo = new PostableQubo(QuboFamily.Instance.Id, problem.Sense, terms.Offset)
        {
            Labels = problem.Labels?.Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToArray(),
        };
        if (problem.Vartype == Vartype.Spin)
            return qubo with
            {
                Ising = new(
                    terms.Linear,
                    [.. terms.Value.Select((v, k) => (double[])[terms.Row[k], terms.Column[k], v])]
                ),
            };
        int[] own = [.. Enumerable.Range(0, terms.NumVariables).Where(i => terms.Linear[i] != 0)];
        return qubo with
        {
            Coo = new(
                terms.NumVariables,
                [.. own, .. terms.Row],
                [.. own, .. terms.Column],
                [.. own.Select(i => terms.Linear[i]), .. terms.Value]
            ),
        };
    }
}

public sealed record CooView(int NumVariables, int[] Row, int[] Col, double[] Value);

public sealed record IsingView(double[] H, double[][] J);
