using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// Turns a family's model into a QUBO: numbers into bits, constraints into penalties. With x the bits of an answer that
/// satisfies everything, the energy is the answer's objective; any other x costs at least one penalty more than the
/// objective says.
/// </summary>
public static class QuboEncoder
{
    public static EncodingResult Encode(Problem problem, FamilyModel family, EncodingRequest request)
    {
        if (request.Repair == RepairChoice.Default && family.Repair is null)
            return BadRequest(
                new Fault(FaultCode.NotApplicable, $"The family {problem.Family.Id} has no repair; choose \"none\".")
                {
                    Pointer = "/repair",
                }
            );
        if (request.Horizon is { } horizon && !family.HasHorizon)
            return BadRequest(NoHorizon(problem.Family.Id, horizon));
        var model = family.Model;
        var names = model.Constraints.Select(c => c.Name).Concat(model.PairConstraints.Select(c => c.Name)).ToList();
        if (names.Distinct().Count() != names.Count)
            throw new ArgumentException("Two constraints of the model have one name.", nameof(family));
        var constraints = new List<ConstraintEncoding>();
        foreach (var source in model.Constraints)
        {
            var (row, refusal) = ConstraintRow.Of(source, model.Variables);
            if (row is null)
                return refusal!;
            constraints.Add(ConstraintEncoding.Of(source, row, model.Variables));
        }
        if (CheckSize(model, constraints, request) is { } tooLarge)
            return tooLarge;

        var bits = Place(model, constraints, request);
        var encoded = new List<EncodedConstraint>();
        for (var c = 0; c < constraints.Count; c++)
            encoded.Add(constraints[c].ToConstraint(bits.Variables, bits.Slack[c]));
        encoded.AddRange(model.PairConstraints.Select(pairs => OfPairs(pairs, bits.Variables)));
        for (var v = 0; v < bits.Variables.Count; v++)
            if (
                bits.Variables[v].ToConstraint(EncodedBits.IntegerKind, $"value of {model.Variables[v].Name}", "") is
                { } code
            )
                encoded.Add(code);
        for (var c = 0; c < constraints.Count; c++)
            if (
                bits.Slack[c]
                    ?.ToConstraint(
                        EncodedBits.SlackKind,
                        $"slack of {constraints[c].Source.Name}",
                        constraints[c].Source.Pointer
                    ) is
                { } code
            )
                encoded.Add(code);

        if (Objective(model, bits.Variables, bits.Total) is not { } objective)
            return new EncodingResult.Refused("The objective in bits exceeds a double's range.");
        var faults = new FaultList();
        if (PenaltyRules.Apply(request.Penalty, objective, encoded, faults) is not { } penalties)
            return new EncodingResult.BadRequest(faults.Items);
        var draft = new EncodingDraft(
            problem,
            family,
            request,
            bits,
            [.. constraints.Select(c => c.Row)],
            encoded,
            objective,
            Describe(model, constraints, bits)
        );
        return QuboEncoding.Of(draft, penalties) is { } encoding
            ? new EncodingResult.Encoded(encoding)
            : new EncodingResult.Refused("The penalties take the QUBO's coefficients beyond a double's range.");
    }

    private static EncodingResult.BadRequest BadRequest(Fault fault) => new([fault]);

    internal static Fault NoHorizon(string family, int given) =>
        new(FaultCode.NotApplicable, $"The encoding of {family} problems has no horizon.")
        {
            Pointer = "/horizon",
            Value = given,
        };

    private static EncodedConstraint OfPairs(PairConstraint source, IReadOnlyList<EncodedBits> variables) =>
        new(
            PenaltyTerms.Products([.. source.Pairs.Select(p => (variables[p.First].First, variables[p.Second].First))]),
            (_, values) =>
            {
                foreach (var (first, second) in source.Pairs)
                    if (values[first] == 1 && values[second] == 1)
                        return false;
                return true;
            }
        )
        {
            Kind = source.Kind,
            Name = source.Name,
            Pointer = source.Pointer,
            Pattern = source.Pairs.Count == 0 ? ConstraintPattern.Always : ConstraintPattern.Pairs,
        };

    private static EncodingResult.Refused? CheckSize(
        ConstrainedModel model,
        List<ConstraintEncoding> constraints,
        EncodingRequest request
    )
    {
        long BitsFor(long range) => IntegerCode.BitsFor(range, request.Integers, request.CoefficientBound);

        var bits = model.Variables.Select(v => v.IsBinary ? 1 : BitsFor(v.Upper - v.Lower)).ToArray();
        // Each is below 2^53, and there are few enough of them for a sum in doubles to tell which side of the limit it is on.
        var total = bits.Sum(b => (double)b) + constraints.Sum(c => (double)BitsFor(c.SlackRange));
        if (total == 0)
            return new("The problem has nothing to decide: its encoding has no variables.");
        if (EncodingLimits.CheckVariables((long)Math.Min(total, 9e15)) is { } tooMany)
            return tooMany;
        return EncodingLimits.CheckProducts(
            constraints.Sum(c => c.Products(bits, BitsFor(c.SlackRange)))
                + model.PairConstraints.Sum(c => (long)c.Pairs.Count)
                + model.Objective.Sum(t => t.Second is { } second ? bits[t.First] * bits[second] : 0)
                + bits.Sum(b => b > 1 ? b * (b - 1) / 2 : 0)
        );
    }

    private static PlacedBits Place(
        ConstrainedModel model,
        List<ConstraintEncoding> constraints,
        EncodingRequest request
    )
    {
        var next = 0;
        var variables = model
            .Variables.Select(v => Give(v.Lower, v.Upper, v.IsBinary ? IntegerEncoding.Binary : request.Integers))
            .ToArray();
        var slack = constraints
            .Select(c => c.Pattern == ConstraintPattern.Slack ? Give(0, c.SlackRange, request.Integers) : null)
            .ToArray();
        return new(variables, slack, next);

        EncodedBits Give(long lower, long upper, IntegerEncoding kind)
        {
            var given = new EncodedBits(next, IntegerCode.Of(lower, upper, kind, request.CoefficientBound));
            next += given.Count;
            return given;
        }
    }

    /// <summary>The objective in bits, as a minimization; null when some value could leave a double's range.</summary>
    private static QuboTerms? Objective(ConstrainedModel model, IReadOnlyList<EncodedBits> variables, int total)
    {
        var sign = model.Sense == Sense.Minimize ? 1 : -1;
        var builder = new QuboBuilder(_ => default) { Duplicates = DuplicateEntries.Sum, Offset = sign * model.Offset };
        foreach (var (first, second, coefficient) in model.Objective)
        {
            var a = variables[first];
            if (second is not { } other)
            {
                builder.Offset += sign * coefficient * a.Code.Lower;
                AddLinear(a, sign * coefficient);
                continue;
            }
            // (l + Σ w·x)(m + Σ u·y): x·x is x, which the builder knows.
            var b = variables[other];
            builder.Offset += sign * coefficient * a.Code.Lower * b.Code.Lower;
            AddLinear(a, sign * coefficient * b.Code.Lower);
            AddLinear(b, sign * coefficient * a.Code.Lower);
            for (var j = 0; j < a.Count; j++)
            for (var k = 0; k < b.Count; k++)
                builder.Add(
                    a.First + j,
                    b.First + k,
                    sign * coefficient * a.Code.Weights[j] * b.Code.Weights[k],
                    QuboBuilder.Whole
                );
        }
        return builder.Build(total, new FaultList())?.Terms;

        void AddLinear(EncodedBits bits, double coefficient)
        {
            for (var k = 0; k < bits.Count; k++)
                builder.Add(bits.First + k, bits.First + k, coefficient * bits.Code.Weights[k], QuboBuilder.Whole);
        }
    }

    private static EncodedVariable[] Describe(
        ConstrainedModel model,
        List<ConstraintEncoding> constraints,
        PlacedBits bits
    )
    {
        var described = new List<EncodedVariable>(bits.Total);
        for (var v = 0; v < bits.Variables.Count; v++)
            if (model.Variables[v] is { IsBinary: true, Name: var decision })
                described.Add(new(described.Count, decision, VariableKind.Decision, null, 1));
            else
                Add(bits.Variables[v], model.Variables[v].Name, VariableKind.IntegerBit, model.Variables[v].Name);
        for (var c = 0; c < constraints.Count; c++)
            if (bits.Slack[c] is { } slack)
                Add(slack, $"slack of {constraints[c].Source.Name}", VariableKind.Slack, constraints[c].Source.Name);
        return [.. described];

        void Add(EncodedBits number, string name, VariableKind kind, string of)
        {
            for (var k = 0; k < number.Count; k++)
                described.Add(new(described.Count, $"{name}, bit {k}", kind, of, number.Code.Weights[k]));
        }
    }
}

/// <param name="Slack">By constraint; null for one without.</param>
internal sealed record PlacedBits(IReadOnlyList<EncodedBits> Variables, IReadOnlyList<EncodedBits?> Slack, int Total);

/// <summary>An encoding without its penalties: what stays when these are raised.</summary>
/// <param name="Rows">Of the model's constraints, which come first in <paramref name="Constraints"/>.</param>
/// <param name="Objective">In bits, as a minimization.</param>
internal sealed record EncodingDraft(
    Problem Problem,
    FamilyModel Family,
    EncodingRequest Request,
    PlacedBits Bits,
    IReadOnlyList<ConstraintRow> Rows,
    IReadOnlyList<EncodedConstraint> Constraints,
    QuboTerms Objective,
    IReadOnlyList<EncodedVariable> Variables
);
