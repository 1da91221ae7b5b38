using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Problems;

/// <summary>
/// One optimization problem, complete and valid: a <see cref="ProblemFamily"/> makes it from what a client sent, or
/// reports faults instead. Immutable.
/// </summary>
public abstract class Problem
{
    private byte[]? _canonicalBytes;
    private string? _id;

    public abstract ProblemFamily Family { get; }

    /// <summary>Objectives and bounds on the wire and in records are in this sense; solvers minimize inside.</summary>
    public abstract Sense Sense { get; }

    /// <summary>Decision variables, as the family counts them.</summary>
    public abstract int NumVariables { get; }

    /// <summary>Pairs of variables that meet in a term or a constraint, as the family counts them.</summary>
    public abstract long NumInteractions { get; }

    /// <summary>What was understood, echoed to the client so that a wrong reading shows.</summary>
    public abstract JsonObject Summary { get; }

    /// <summary>RFC 8785 bytes of the normalized record: what is hashed, stored and sent to solvers.</summary>
    public ReadOnlyMemory<byte> CanonicalBytes => _canonicalBytes ??= WriteCanonical();

    /// <summary><c>sha256:</c> and 64 hex digits over <see cref="CanonicalBytes"/>.</summary>
    public string Id => _id ??= $"sha256:{Convert.ToHexStringLower(SHA256.HashData(CanonicalBytes.Span))}";

    /// <summary>
    /// The referee: scores an answer from the problem's data alone. Every reported objective and feasibility claim comes
    /// from here, never from a solver.
    /// </summary>
    public abstract Evaluation Evaluate(Solution solution);

    public abstract JsonObject SolutionToJson(Solution solution);

    /// <summary>
    /// What follows from an answer and a person wants to see: arrival times and loads, rows of a Gantt chart, who was left out and
    /// why; stands in <c>result.details</c>. Computed from the problem's data, never by a solver. Null where there is nothing to add.
    /// </summary>
    /// <param name="solution">Null when there is no answer: then why there may be none.</param>
    public virtual JsonObject? Details(Solution? solution) => null;

    /// <summary>Media types of the ways to draw an answer besides JSON, by the value of <c>?format=</c>: svg, csv, geojson.</summary>
    public virtual IReadOnlyDictionary<string, string> Drawings { get; } = new Dictionary<string, string>();

    /// <summary>Draws an answer, feasible or not, in a format of <see cref="Drawings"/>.</summary>
    public virtual string Draw(Solution solution, string format) =>
        throw new NotSupportedException($"No {format} of a {Family.Id} solution.");

    /// <summary>Draws what a run came to: its answer, and what else of the run a family shows beside it.</summary>
    public virtual string Draw(RunRecord run, Solution solution, string format) => Draw(solution, format);

    /// <summary>Reads an answer to this problem; null when a fault was added.</summary>
    public abstract Solution? ReadSolution(JsonElement element, string pointer, FaultList faults);

    /// <summary>
    /// What gaps are measured from, in the problem's sense and unit. Null for objectives with a natural zero (lengths,
    /// makespans): their gap is relative to the reference itself. A family whose offset is arbitrary gives the mean of
    /// its uniform assignments, so that a shift of every objective leaves gaps alone.
    /// </summary>
    public virtual double? GapOrigin => null;

    /// <summary>The worst objective of any answer, where all of them can be looked at; null where not.</summary>
    public virtual double? WorstObjective => null;

    /// <summary>Sum of the magnitudes of all terms of the objective, in its unit: what the rounding of a sum is measured by.</summary>
    public virtual double Magnitude => 0;

    /// <summary>True when every objective is exact as a double, so that equal means equal and nothing else does.</summary>
    public virtual bool HasExactObjectives => false;

    /// <summary>
    /// Another problem of the same size, density and coefficients, drawn from <paramref name="seed"/>: what a baseline is
    /// calibrated on. Null where the family knows no way.
    /// </summary>
    public virtual Problem? Lookalike(long seed) => null;

    /// <summary>
    /// The problem as a QUBO, and the way back; refused by a family without an encoding, and where it would be too large or its
    /// numbers are not such as an encoding can hold. Families that override it say so in <see cref="ProblemFamily.IsEncodable"/>.
    /// </summary>
    public virtual EncodingResult Encode(EncodingRequest request) =>
        new EncodingResult.Refused($"The family {Family.Id} has no encoding as a QUBO.");

    /// <summary>True when <paramref name="left"/> is strictly the better objective in this problem's sense.</summary>
    public bool IsBetter(double left, double right) => Sense == Sense.Minimize ? left < right : left > right;

    protected abstract byte[] WriteCanonical();
}
