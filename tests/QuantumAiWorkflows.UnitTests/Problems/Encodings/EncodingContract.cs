using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Encodings;

/// <summary>What the encoding of any family must do. A family's tests derive from it and give problems.</summary>
public abstract class EncodingContract
{
    /// <summary>Different problems, some of them with at most 16 variables under the default encoding.</summary>
    protected abstract IEnumerable<Problem> Problems { get; }

    /// <summary>Some feasible answer, drawn; null where there is none.</summary>
    protected abstract Solution? Feasible(Problem problem, Xoshiro256 random);

    private static IEnumerable<EncodingRequest> Requests =>
        from policy in (PenaltyPolicy[])[PenaltyPolicy.ObjectiveRange, PenaltyPolicy.VermaLewis, PenaltyPolicy.Momc]
        from integers in Enum.GetValues<IntegerEncoding>()
        select new EncodingRequest
        {
            Penalty = new() { Policy = policy },
            Integers = integers,
            CoefficientBound = 2,
        };

    [Fact]
    public void A_feasible_answer_comes_back_from_its_bits_and_its_energy_is_its_objective()
    {
        var checkedAny = false;
        foreach (var (encoding, random) in Encodings())
            for (var k = 0; k < 5; k++)
            {
                if (Feasible(encoding.Problem, random) is not { } answer)
                    continue;
                var bits =
                    encoding.Encode(answer) ?? throw new InvalidOperationException("No bits for a feasible answer.");
                encoding.Decode(bits).Should().Be(answer);
                encoding.IsFeasible(bits).Should().BeTrue();
                Energy(encoding, bits)
                    .Should()
                    .BeApproximately(
                        encoding.Problem.Evaluate(answer).Objective,
                        encoding.Qubo.HasExactObjectives ? 0 : 1e-11 * encoding.Qubo.Magnitude
                    );
                checkedAny = true;
            }
        checkedAny.Should().BeTrue();
    }

    [Fact]
    public void Any_bits_decode_to_an_answer_and_feasible_ones_to_a_feasible_answer()
    {
        foreach (var (encoding, random) in Encodings())
            for (var k = 0; k < 50; k++)
            {
                sbyte[] bits =
                [
                    .. Enumerable.Range(0, encoding.Qubo.NumVariables).Select(_ => (sbyte)(random.NextInt32(4) / 3)),
                ];
                var evaluation = encoding.Problem.Evaluate(encoding.Decode(bits));
                double.IsFinite(evaluation.Objective).Should().BeTrue();
                if (encoding.IsFeasible(bits))
                    evaluation.IsFeasible.Should().BeTrue();
                encoding.IsFeasible(bits).Should().Be(encoding.Violated(bits).Count == 0);
            }
    }

    [Fact]
    public void Beyond_the_objectives_range_every_lowest_energy_is_the_best_feasible_objective()
    {
        var checkedAny = false;
        foreach (var problem in Problems)
        {
            var encoding = Encoded(problem, new() { Penalty = new() { Policy = PenaltyPolicy.ObjectiveRange } });
            if (encoding.Qubo.NumVariables > 16)
                continue;
            checkedAny = true;
            var all = Every
                .Assignment(encoding.Qubo.NumVariables)
                .Select(b => (Bits: b, Energy: Energy(encoding, b)))
                .ToList();
            var feasible = all.Where(a => encoding.IsFeasible(a.Bits)).ToList();
            if (feasible.Count == 0)
                continue;
            var level = encoding.Qubo.HasExactObjectives ? 0 : 1e-11 * encoding.Qubo.Magnitude;
            var best = feasible.Select(a => encoding.Problem.Evaluate(encoding.Decode(a.Bits)).Objective);
            var lowest = problem.Sense == Sense.Minimize ? all.Min(a => a.Energy) : all.Max(a => a.Energy);
            lowest.Should().BeApproximately(problem.Sense == Sense.Minimize ? best.Min() : best.Max(), level);
            all.Where(a => Math.Abs(a.Energy - lowest) <= level).Should().OnlyContain(a => encoding.IsFeasible(a.Bits));
            GroundState.IsFeasible(encoding, () => false).Should().BeTrue();
        }
        checkedAny.Should().BeTrue();
    }

    [Fact]
    public void Variables_and_constraints_are_named_once_and_every_slack_variable_has_its_constraint()
    {
        foreach (var (encoding, _) in Encodings())
        {
            encoding.Variables.Select(v => v.Name).Should().OnlyHaveUniqueItems();
            encoding.Variables.Select(v => v.Index).Should().Equal(Enumerable.Range(0, encoding.Qubo.NumVariables));
            encoding.Constraints.Select(c => c.Name).Should().OnlyHaveUniqueItems();
            foreach (var constraint in encoding.Constraints)
                encoding
                    .Variables.Count(v => v.Kind == VariableKind.Slack && v.Of == constraint.Name)
                    .Should()
                    .Be(constraint.AddedVariables);
            foreach (var group in encoding.Groups)
                encoding.Constraints.Should().Contain(c => c.Name == group.Constraint);
        }
    }

    protected static QuboEncoding Encoded(Problem problem, EncodingRequest request) =>
        problem.Encode(request).Should().BeOfType<EncodingResult.Encoded>().Subject.Encoding;

    protected static double Energy(QuboEncoding encoding, sbyte[] bits) =>
        encoding.Qubo.Evaluate(new QuboSolution(bits)).Objective;

    private IEnumerable<(QuboEncoding Encoding, Xoshiro256 Random)> Encodings()
    {
        var random = Xoshiro256.FromSeed(7, "encoding contract");
        foreach (var problem in Problems)
        foreach (var request in Requests)
            yield return (Encoded(problem, request), random);
    }
}
