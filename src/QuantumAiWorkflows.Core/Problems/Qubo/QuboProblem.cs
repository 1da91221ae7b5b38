using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// f(v) = offset + Σ linear[i]·v[i] + Σ value[k]·v[row[k]]·v[column[k]], to be minimized or maximized over binary
/// variables v in {0, 1} or spins v in {-1, +1}. Each pair stands once, with its full coefficient, row &lt; column, sorted
/// by (row, column); no coefficient is 0. Kept in the sense and vartype in which it was posed.
/// </summary>
public sealed class QuboProblem : Problem
{
    /// <summary>
    /// A ceiling for every way in, checked before anything of that size is allocated: a body of 40 bytes could ask for
    /// gigabytes otherwise. What a solver or a server takes is far less and configured there.
    /// </summary>
    public const int MaxVariables = 1_000_000;

    private BinaryModel? _model;

    /// <param name="terms">Valid as described above; <see cref="QuboBuilder"/> makes them so.</param>
    internal QuboProblem(QuboTerms terms, Sense sense, Vartype vartype, IReadOnlyList<string>? labels)
    {
        Terms = terms;
        Sense = sense;
        Vartype = vartype;
        Labels = labels;
    }

    public QuboTerms Terms { get; }

    public override Sense Sense { get; }

    public Vartype Vartype { get; }

    /// <summary>
    /// Canonical JSON of each variable's label (a string keeps its quotes: "4" and 4 are different labels); null when
    /// the variables have no names but their indices.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>
    /// Of an encoding: variables of which exactly one is 1 where its constraints hold. A hint to solvers, no part of the problem's
    /// identity; none of a problem that was posed as a QUBO.
    /// </summary>
    public IReadOnlyList<OneHotGroup> Groups { get; internal init; } = [];

    public override ProblemFamily Family => QuboFamily.Instance;

    public override int NumVariables => Terms.NumVariables;

    public override long NumInteractions => Terms.Value.Length;

    /// <summary>The same function as a minimization over x in {0, 1}: what QUBO solvers work on. Spins map by s = 2x - 1.</summary>
    public BinaryModel Model => _model ??= BinaryModel.From(this);

    public override JsonObject Summary => QuboSummary.Of(this);

    public override double? GapOrigin => QuboScale.UniformMean(this);

    public override double? WorstObjective => QuboScale.Worst(this);

    public override double Magnitude => Terms.Magnitude;

    /// <summary>Whole coefficients, and sums below 2^53 as posed and as bits, where a spin's coupling takes nine times its size.</summary>
    public override bool HasExactObjectives => Terms.IsIntegral && 9 * Magnitude < 1L << 53;

    public override Problem Lookalike(long seed) => QuboLookalike.Of(this, seed);

    /// <summary>As it is: there are no constraints to penalize.</summary>
    public override EncodingResult Encode(EncodingRequest request) => QuboEncoding.Identity(this, request);

    public override Evaluation Evaluate(Solution solution) => new(Terms.Evaluate(((QuboSolution)solution).Values), []);

    /// <summary>The answer for bits of <see cref="Model"/>, in this problem's vartype.</summary>
    public QuboSolution FromBits(ReadOnlySpan<sbyte> bits)
    {
        var values = bits.ToArray();
        if (Vartype == Vartype.Spin)
            for (var i = 0; i < values.Length; i++)
                values[i] = (sbyte)(2 * values[i] - 1);
        return new(values);
    }

    /// <summary>Bits of <see cref="Model"/> for an answer in this problem's vartype.</summary>
    public sbyte[] ToBits(QuboSolution solution)
    {
        var bits = (sbyte[])solution.Values.Clone();
        if (Vartype == Vartype.Spin)
            for (var i = 0; i < bits.Length; i++)
                bits[i] = (sbyte)((bits[i] + 1) / 2);
        return bits;
    }

    /// <summary>Takes an objective or bound of <see cref="Model"/>, which minimizes, to this problem's sense.</summary>
    public double ToOwnSense(double minimized) => Sense == Sense.Minimize ? minimized : -minimized;

    public override JsonObject SolutionToJson(Solution solution) => ((QuboSolution)solution).ToJson(Labels);

    public override Solution? ReadSolution(JsonElement element, string pointer, FaultList faults) =>
        QuboSolution.Read(element, this, pointer, faults);

    protected override byte[] WriteCanonical() => QuboCanonical.Write(this);
}

public enum Vartype
{
    /// <summary>v in {0, 1}.</summary>
    Binary,

    /// <summary>v in {-1, +1}.</summary>
    Spin,
}
