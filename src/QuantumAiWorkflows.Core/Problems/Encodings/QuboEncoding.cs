using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// A problem as a QUBO, and the way back. The QUBO has the problem's sense; at the bits of an answer that satisfies every
/// constraint its energy is the answer's objective. Immutable.
/// </summary>
public sealed class QuboEncoding
{
    private readonly EncodingDraft? _draft;

    private QuboEncoding(EncodingDraft? draft, Problem problem, QuboProblem qubo, IReadOnlyList<double> penalties)
    {
        _draft = draft;
        Problem = problem;
        Qubo = qubo;
        Penalties = penalties;
    }

    public Problem Problem { get; }

    public QuboProblem Qubo { get; }

    public EncodingRequest Request { get; private init; } = new();

    /// <summary>By index in <see cref="Qubo"/>.</summary>
    public IReadOnlyList<EncodedVariable> Variables { get; private init; } = [];

    public IReadOnlyList<OneHotGroup> Groups => Qubo.Groups;

    public IReadOnlyList<EncodedConstraint> Constraints => _draft?.Constraints ?? [];

    /// <summary>What violating each of <see cref="Constraints"/> by one costs; times the square where the penalty is one.</summary>
    public IReadOnlyList<double> Penalties { get; }

    /// <summary>True when a bound on the QUBO is one on the problem, see <see cref="FamilyModel"/>.</summary>
    public bool CoversOptimum => _draft?.Family.CoversOptimum ?? true;

    public bool HasRepair => Request.Repair == RepairChoice.Default && _draft?.Family.Repair is not null;

    /// <summary>
    /// No feasible answer's objective is worse than this, in the problem's sense: a lowest energy beyond it is proof that
    /// there is no feasible answer.
    /// </summary>
    public double WorstFeasible
    {
        get
        {
            var objective = _draft?.Objective ?? Qubo.Model.Terms;
            return Qubo.ToOwnSense(
                objective.Offset + objective.Linear.Sum(c => Math.Max(c, 0)) + objective.Value.Sum(c => Math.Max(c, 0))
            );
        }
    }

    /// <summary>A QUBO is its own encoding. Refuses what asks for something: there is nothing to penalize or to repair.</summary>
    public static EncodingResult Identity(QuboProblem problem, EncodingRequest request)
    {
        var faults = new FaultList();
        PenaltyRules.Apply(request.Penalty, problem.Terms, [], faults);
        if (request.Repair != RepairChoice.None)
            faults.Add(
                FaultCode.NotApplicable,
                "/repair",
                "Every answer to a qubo problem is feasible: there is nothing to repair."
            );
        if (request.Horizon is { } horizon)
            faults.Add(QuboEncoder.NoHorizon(problem.Family.Id, horizon));
        if (!faults.IsEmpty)
            return new EncodingResult.BadRequest(faults.Items);
        return new EncodingResult.Encoded(
            new(null, problem, problem, [])
            {
                Request = request,
                Variables =
                [
                    .. Enumerable
                        .Range(0, problem.NumVariables)
                        .Select(i => new EncodedVariable(
                            i,
                            problem.Labels is { } labels ? NameOf(labels[i]) : $"x[{i}]",
                            VariableKind.Decision,
                            null,
                            1
                        )),
                ],
            }
        );
    }

    /// <summary>Null when a coefficient leaves a double's range.</summary>
    internal static QuboEncoding? Of(EncodingDraft draft, IReadOnlyList<double> penalties)
    {
        var model = draft.Family.Model;
        var sign = model.Sense == Sense.Minimize ? 1 : -1;
        var builder = new QuboBuilder(_ => default)
        {
            Sense = model.Sense,
            Duplicates = DuplicateEntries.Sum,
            Offset = sign * draft.Objective.Offset,
            Labels = [.. draft.Variables.Select(v => CanonicalJson.Text(v.Name))],
            Groups =
            [
                .. draft
                    .Constraints.Where(c => c.Pattern == ConstraintPattern.OneHot || IsOneHotCode(c))
                    .Select(c => new OneHotGroup(c.Name, c.Kind, [.. c.Terms.Bits.Order()])),
            ],
        };
        for (var i = 0; i < draft.Bits.Total; i++)
            builder.Add(i, i, sign * draft.Objective.Linear[i], QuboBuilder.Whole);
        for (var k = 0; k < draft.Objective.Value.Length; k++)
            builder.Add(
                draft.Objective.Row[k],
                draft.Objective.Column[k],
                sign * draft.Objective.Value[k],
                QuboBuilder.Whole
            );
        for (var c = 0; c < penalties.Count; c++)
        {
            var (terms, penalty) = (draft.Constraints[c].Terms, sign * penalties[c]);
            builder.Offset += penalty * terms.Offset;
            for (var k = 0; k < terms.Bits.Length; k++)
                builder.Add(terms.Bits[k], terms.Bits[k], penalty * terms.Linear[k], QuboBuilder.Whole);
            foreach (var (first, second, value) in terms.Pairs)
                builder.Add(terms.Bits[first], terms.Bits[second], penalty * value, QuboBuilder.Whole);
        }
        return builder.Build(draft.Bits.Total, new()) is { } qubo
            ? new(draft, draft.Problem, qubo, penalties) { Request = draft.Request, Variables = draft.Variables }
            : null;
    }

    /// <summary>The same encoding with other penalties; null when a coefficient leaves a double's range.</summary>
    public QuboEncoding? WithPenalties(IReadOnlyList<double> penalties) =>
        _draft is null ? this : Of(_draft, penalties);

    /// <summary>The family's answer for bits of <see cref="QuboProblem.Model"/>, also for such as violate constraints.</summary>
    public Solution Decode(ReadOnlySpan<sbyte> bits) =>
        _draft is null ? Qubo.FromBits(bits) : _draft.Family.Decode(Values(bits));

    /// <summary>Bits for an answer, slack included; null where the model has no values for it.</summary>
    public sbyte[]? Encode(Solution solution)
    {
        if (_draft is null)
            return Qubo.ToBits((QuboSolution)solution);
        if (_draft.Family.Encode(solution) is not { } values)
            return null;
        var bits = new sbyte[_draft.Bits.Total];
        for (var v = 0; v < values.Count; v++)
            _draft.Bits.Variables[v].Write(values[v], bits);
        for (var c = 0; c < _draft.Bits.Slack.Count; c++)
            if (_draft.Bits.Slack[c] is { } slack)
                slack.Write(Math.Clamp(_draft.Rows[c].SlackOf(values), 0, slack.Code.Upper), bits);
        return bits;
    }

    /// <summary>Indices of the constraints that bits violate, judged by the variables alone: slack that is wrong violates nothing.</summary>
    public IReadOnlyList<int> Violated(ReadOnlySpan<sbyte> bits)
    {
        if (_draft is null)
            return [];
        var values = Values(bits);
        var violated = new List<int>();
        for (var c = 0; c < Constraints.Count; c++)
            if (!Constraints[c].IsSatisfied(bits, values))
                violated.Add(c);
        return violated;
    }

    public bool IsFeasible(ReadOnlySpan<sbyte> bits)
    {
        if (_draft is null)
            return true;
        var values = Values(bits);
        foreach (var constraint in Constraints)
            if (!constraint.IsSatisfied(bits, values))
                return false;
        return true;
    }

    /// <summary>For an encoding that <see cref="HasRepair"/>.</summary>
    public Solution Repair(Solution solution) => _draft!.Family.Repair!(solution);

    private long[] Values(ReadOnlySpan<sbyte> bits)
    {
        var variables = _draft!.Bits.Variables;
        var values = new long[variables.Count];
        for (var v = 0; v < values.Length; v++)
            values[v] = variables[v].Read(bits);
        return values;
    }

    /// <summary>A string label is its own name, any other is named by its JSON text.</summary>
    private static string NameOf(string label) =>
        label.StartsWith('"') ? JsonSerializer.Deserialize<string>(label)! : label;

    private static bool IsOneHotCode(EncodedConstraint constraint) =>
        constraint.Pattern == ConstraintPattern.Code && constraint.Terms.Offset == 1;
}
