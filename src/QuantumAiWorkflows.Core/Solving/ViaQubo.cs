using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solving;

/// <summary>
/// A solver of QUBO problems on problems of another family: encodes, has the solver solve, decodes, and repairs where that was
/// asked for. The run is the solver's: its options, budget, seed, counts and figures.
/// </summary>
/// <remarks>Made for one request: it remembers the encoding of the problem that it was last asked about.</remarks>
public sealed class ViaQubo(ISolver inner, EncodingRequest request) : ISolver
{
    private Problem? _problem;
    private EncodingResult? _result;

    public SolverInfo Info => inner.Info;

    public IReadOnlyList<string> Families { get; } =
    [.. ProblemFamily.All.Where(f => Suits(inner, f)).Select(f => f.Id)];

    public JsonObject OptionsSchema => inner.OptionsSchema;

    /// <summary>The solver itself where it takes the family's problems, else the solver through an encoding, if there is one.</summary>
    /// <param name="request">Null for the default encoding.</param>
    public static ISolver For(ISolver solver, ProblemFamily family, EncodingRequest? request) =>
        Suits(solver, family) ? new ViaQubo(solver, request ?? new()) : solver;

    /// <summary>Whether a solver takes problems of the family, and only through an encoding.</summary>
    public static bool Suits(ISolver solver, ProblemFamily family) =>
        family.IsEncodable && !Takes(solver, family) && Takes(solver, QuboFamily.Instance);

    /// <summary>What the encoding comes to, made once for a problem.</summary>
    public EncodingResult Encode(Problem problem)
    {
        if (_problem != problem)
            (_problem, _result) = (problem, problem.Encode(request));
        return _result!;
    }

    public object? ReadOptions(JsonElement? element, string pointer, FaultList faults) =>
        inner.ReadOptions(element, pointer, faults);

    public Availability Availability(string? cacheDirectory) => inner.Availability(cacheDirectory);

    /// <summary>As the solver says of the QUBO; what does not fit in the request is a refusal here, and faults where <see cref="SolverRegistry.Check"/> asks.</summary>
    public Applicability Check(Problem problem, object options, SolveBudget budget) =>
        Encode(problem) switch
        {
            EncodingResult.Encoded { Encoding: var encoding } => OfEncoding(
                problem,
                encoding,
                inner.Check(encoding.Qubo, options, budget)
            ),
            EncodingResult.Refused no => new Applicability.Unsupported(no.Reason, no.Needed, no.Limit, no.Unit),
            EncodingResult.BadRequest bad => new Applicability.Unsupported(bad.Faults[0].Detail),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public ResourceEstimate Estimate(
        Problem problem,
        object options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) =>
        Encode(problem) is EncodingResult.Encoded { Encoding: var encoding }
            ? inner.Estimate(encoding.Qubo, options, budget, wishes, cacheDirectory)
            : ResourceEstimate.OfClassical(0, budget);

    public SubSolverUse? SubSolver(Problem problem, object options) =>
        Encode(problem) is EncodingResult.Encoded { Encoding: var encoding }
            ? inner.SubSolver(encoding.Qubo, options)
            : null;

    public SolveOutcome Solve(Problem problem, object options, SolveContext context)
    {
        QuboEncoding encoding;
        bool? groundStateFeasible;
        using (context.Stage("encode"))
        {
            encoding = Encode(problem) is EncodingResult.Encoded made
                ? made.Encoding
                : throw new InvalidOperationException("An encoding that passed a check can no longer be made.");
            groundStateFeasible = GroundState.IsFeasible(encoding, context.ShouldStop);
        }
        return new EncodedRun(inner, options, context, encoding, groundStateFeasible).Solve();
    }

    private Applicability OfEncoding(Problem problem, QuboEncoding encoding, Applicability applicability) =>
        applicability is Applicability.Unsupported no
            ? no with
            {
                Reason =
                    $"As a QUBO the {problem.Family.Id} problem has {encoding.Qubo.NumVariables} variables and {encoding.Qubo.NumInteractions} interactions; {no.Reason}",
            }
            : applicability;

    private static bool Takes(ISolver solver, ProblemFamily family) =>
        solver.Families.Contains(family.Id, StringComparer.Ordinal);
}
