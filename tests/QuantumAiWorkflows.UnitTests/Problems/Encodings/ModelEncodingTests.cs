using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Encodings;

/// <summary>Patterns, numbers in bits, whole coefficients and penalties, one model at a time.</summary>
public sealed class ModelEncodingTests
{
    [Theory]
    [InlineData(1, 1, Relation.AtMost, 1, ConstraintPattern.AtMostOneOfTwo)]
    [InlineData(1, -1, Relation.AtMost, 0, ConstraintPattern.Implication)]
    [InlineData(1, 1, Relation.AtLeast, 1, ConstraintPattern.AtLeastOneOfTwo)]
    [InlineData(3, 4, Relation.AtMost, 6, ConstraintPattern.AtMostOneOfTwo)]
    [InlineData(1, 1, Relation.AtMost, 2, ConstraintPattern.Always)]
    [InlineData(1, 1, Relation.AtLeast, 2, ConstraintPattern.Fixed)]
    [InlineData(5, 1, Relation.AtMost, 3, ConstraintPattern.Fixed)]
    [InlineData(1, 1, Relation.Equal, 1, ConstraintPattern.OneHot)]
    [InlineData(1, -1, Relation.Equal, 0, ConstraintPattern.Equality)]
    public void A_constraint_of_two_variables_takes_no_slack_and_costs_exactly_where_it_is_violated(
        double a,
        double b,
        Relation relation,
        double bound,
        ConstraintPattern pattern
    )
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var (x, y) = (model.AddBinary("x"), model.AddBinary("y"));
        model.AddConstraint("rule", "rule[0]", "/rules/0", [(x, a), (y, b)], relation, bound);
        var encoding = Encoded(model);

        encoding.Constraints.Should().ContainSingle().Which.Pattern.Should().Be(pattern);
        encoding.Qubo.NumVariables.Should().Be(2);
        foreach (var bits in Every.Assignment(2))
        {
            var left = a * bits[0] + b * bits[1];
            var holds = relation switch
            {
                Relation.Equal => left == bound,
                Relation.AtMost => left <= bound,
                _ => left >= bound,
            };
            encoding.IsFeasible(bits).Should().Be(holds);
            (Energy(encoding, bits) == 0).Should().Be(holds);
            if (!holds)
                Energy(encoding, bits).Should().BeGreaterThanOrEqualTo(encoding.Penalties[0]);
        }
    }

    [Fact]
    public void At_most_one_of_five_is_all_pairs_and_no_slack()
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var terms = Enumerable.Range(0, 5).Select(i => (model.AddBinary($"x{i}"), 1.0)).ToArray();
        model.AddConstraint("rule", "rule[0]", "", terms, Relation.AtMost, 1);

        var encoding = Encoded(model);

        (encoding.Qubo.NumVariables, encoding.Qubo.NumInteractions).Should().Be((5, 10));
        encoding.Constraints[0].Pattern.Should().Be(ConstraintPattern.AtMostOne);
    }

    [Fact]
    public void Random_constraints_have_some_slack_of_energy_0_where_they_hold_and_none_where_they_do_not()
    {
        Gen.Select(
                Gen.Int[-5, 5].Array[1, 5],
                Gen.Int[-8, 8],
                Gen.Enum<Relation>(),
                Gen.Enum<IntegerEncoding>(),
                Gen.Int[1, 4]
            )
            .Sample(
                (coefficients, bound, relation, integers, most) =>
                {
                    var model = new ConstrainedModel(Sense.Minimize);
                    var terms = coefficients.Select((c, i) => (model.AddBinary($"x{i}"), (double)c)).ToArray();
                    model.AddConstraint("rule", "rule[0]", "", terms, relation, bound);
                    var result = Encode(model, new() { Integers = integers, CoefficientBound = most });
                    var possible = Every
                        .Assignment(coefficients.Length)
                        .Where(x => Holds(x.Zip(coefficients, (v, c) => v * c).Sum(), relation, bound))
                        .ToList();
                    if (result is EncodingResult.Refused)
                        return possible.Count == 0;
                    var encoding = ((EncodingResult.Encoded)result).Encoding;
                    var slack = encoding.Qubo.NumVariables - coefficients.Length;
                    return slack > 10
                        || Every
                            .Assignment(encoding.Qubo.NumVariables)
                            .GroupBy(bits => string.Concat(bits.Take(coefficients.Length)))
                            .All(g =>
                            {
                                var least = g.Min(bits => Energy(encoding, bits));
                                var holds = possible.Exists(x => string.Concat(x) == g.Key);
                                return holds ? least == 0 : least >= encoding.Penalties[0];
                            });
                }
            );

        static bool Holds(int left, Relation relation, int bound) =>
            relation switch
            {
                Relation.Equal => left == bound,
                Relation.AtMost => left <= bound,
                _ => left >= bound,
            };
    }

    [Fact]
    public void Every_code_reads_back_what_it_wrote_and_counts_its_bits_beforehand()
    {
        Gen.Select(Gen.Int[-5, 5], Gen.Int[0, 40], Gen.Enum<IntegerEncoding>(), Gen.Int[1, 9])
            .Sample(
                (lower, range, kind, most) =>
                {
                    var code = IntegerCode.Of(lower, lower + range, kind, most);
                    if (code.Weights.Count != IntegerCode.BitsFor(range, kind, most))
                        return false;
                    if (kind == IntegerEncoding.BoundedCoefficient && code.Weights.Any(w => w > most))
                        return false;
                    var bits = new sbyte[code.Weights.Count];
                    for (var value = lower; value <= lower + range; value++)
                    {
                        code.Write(value, bits);
                        if (code.Read(bits) != value || !code.IsValid(bits))
                            return false;
                    }
                    return true;
                }
            );
    }

    [Fact]
    public void Codes_count_the_bits_of_ranges_that_could_never_be_written()
    {
        IntegerCode.BitsFor(1L << 52, IntegerEncoding.Binary, 8).Should().Be(53);
        IntegerCode.BitsFor(1L << 52, IntegerEncoding.OneHot, 8).Should().Be((1L << 52) + 1);
        IntegerCode.BitsFor(100, IntegerEncoding.BoundedCoefficient, 8).Should().Be(4 + 11);
    }

    [Fact]
    public void Decimals_are_scaled_exactly_and_the_map_says_by_what()
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var (x, y, z) = (model.AddBinary("x"), model.AddBinary("y"), model.AddBinary("z"));
        model.AddConstraint("weight", "weight[0]", "", [(x, 0.1), (y, 0.25), (z, 0.2)], Relation.AtMost, 0.35);

        var encoding = Encoded(model);

        encoding.Constraints[0].Scale.Should().Be(20);
        encoding.IsFeasible([1, 1, 0, .. new sbyte[encoding.Qubo.NumVariables - 3]]).Should().BeTrue();
        encoding.IsFeasible([0, 1, 1, .. new sbyte[encoding.Qubo.NumVariables - 3]]).Should().BeFalse();
    }

    [Fact]
    public void Numbers_without_a_common_denominator_are_refused_with_the_constraints_name()
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var (x, y) = (model.AddBinary("x"), model.AddBinary("y"));
        model.AddConstraint("weight", "weight[3]", "", [(x, 1.0 / 3), (y, 0.1)], Relation.AtMost, 0.4);

        Encode(model, new())
            .Should()
            .BeOfType<EncodingResult.Refused>()
            .Which.Reason.Should()
            .Be(
                "Constraint weight[3] has numbers without a common denominator up to 1000000: 0.3333333333333333, 0.1, 0.4."
            );
    }

    [Fact]
    public void A_constraint_that_nothing_satisfies_is_refused_with_its_numbers()
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var x = model.AddBinary("x");
        model.AddConstraint("weight", "weight[0]", "", [(x, 2)], Relation.AtLeast, 3);

        Encode(model, new())
            .Should()
            .BeOfType<EncodingResult.Refused>()
            .Which.Reason.Should()
            .Be("Constraint weight[0] cannot hold: its left side is from 0 to 2, and its bound is 3.");
    }

    [Fact]
    public void Slack_beyond_the_limit_is_refused_with_the_number_before_it_is_made()
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var (x, y, z) = (model.AddBinary("x"), model.AddBinary("y"), model.AddBinary("z"));
        model.AddConstraint(
            "weight",
            "weight[0]",
            "",
            [(x, 30_000), (y, 30_000), (z, 30_001)],
            Relation.AtMost,
            60_001
        );

        var refused = Encode(model, new() { Integers = IntegerEncoding.OneHot })
            .Should()
            .BeOfType<EncodingResult.Refused>()
            .Subject;

        (refused.Needed, refused.Limit).Should().Be((60_005, EncodingLimits.MaxVariables));
        refused.Reason.Should().Be("The encoding needs 60005 binary variables; the limit is 50000.");
    }

    [Fact]
    public void Policies_give_the_values_of_their_papers()
    {
        // f = 3x - 4y + 2xy: one flip of x changes at most 5, one of y at most 4, the range is 9, the largest coefficient 4.
        var model = new ConstrainedModel(Sense.Minimize);
        var (x, y, z) = (model.AddBinary("x"), model.AddBinary("y"), model.AddBinary("z"));
        model.AddObjective(x, 3);
        model.AddObjective(y, -4);
        model.AddObjective(x, y, 2);
        model.AddOneHot("pick", "pick[0]", "/picks/0", [x, y, z]);
        model.AddOneHot("pick", "pick[1]", "/picks/1", [x, y, z]);

        Penalty(PenaltyPolicy.ObjectiveRange).Should().Be(10);
        Penalty(PenaltyPolicy.VermaLewis).Should().Be(5);
        Penalty(PenaltyPolicy.MaxCoefficient).Should().Be(4);
        Penalty(PenaltyPolicy.Iterative).Should().Be(4);
        // Both squares together change by 2 when the first of three becomes 1: 5 / 2, rounded up.
        Penalty(PenaltyPolicy.Momc).Should().Be(3);

        double Penalty(PenaltyPolicy policy) =>
            Encoded(model, new() { Penalty = new() { Policy = policy } }).Penalties[0];
    }

    [Fact]
    public void Fixed_penalties_go_by_name_before_kind_and_every_constraint_needs_one()
    {
        var model = new ConstrainedModel(Sense.Minimize);
        var (x, y) = (model.AddBinary("x"), model.AddBinary("y"));
        model.AddConstraint("pair", "pair[0]", "", [(x, 1), (y, 1)], Relation.AtMost, 1);
        model.AddConstraint("pair", "pair[1]", "", [(x, 1), (y, 1)], Relation.AtLeast, 1);
        model.AddConstraint("order", "order[0]", "", [(x, 1), (y, -1)], Relation.AtMost, 0);

        Encoded(model, Fixed(("pair", 7), ("pair[1]", 9.5), ("order", 3))).Penalties.Should().Equal(7, 9.5, 3);
        Encode(model, Fixed(("pair", 7), ("pairs", 2), ("order", -1)))
            .Should()
            .BeOfType<EncodingResult.BadRequest>()
            .Which.Faults.Select(f => $"{f.Code} {f.Pointer}: {f.Detail}")
            .Should()
            .Equal(
                "UnknownValue /penalty/values/pairs: No constraint has this name or kind; kinds are pair, order.",
                "OutOfRange /penalty/values/order: Expected 0 < penalty <= 1000000000000, got -1."
            );
        Encode(model, Fixed(("pair", 7)))
            .Should()
            .BeOfType<EncodingResult.BadRequest>()
            .Which.Faults.Should()
            .ContainSingle()
            .Which.Detail.Should()
            .Be("Policy fixed needs a value for constraint order[0], by its name or its kind order.");

        static EncodingRequest Fixed(params (string Name, double Value)[] values) =>
            new()
            {
                Penalty = new()
                {
                    Policy = PenaltyPolicy.Fixed,
                    Values = values.ToDictionary(v => v.Name, v => v.Value),
                },
            };
    }

    [Fact]
    public void Penalties_that_are_too_small_leave_an_infeasible_ground_state_and_the_check_says_so()
    {
        var model = new ConstrainedModel(Sense.Maximize);
        var (x, y) = (model.AddBinary("x"), model.AddBinary("y"));
        model.AddObjective(x, 5);
        model.AddObjective(y, 4);
        model.AddConstraint("pair", "pair[0]", "", [(x, 1), (y, 1)], Relation.AtMost, 1);

        GroundStateAt(3.9).Should().BeFalse();
        // Level with the best feasible answer is not enough.
        GroundStateAt(4).Should().BeFalse();
        GroundStateAt(4.1).Should().BeTrue();

        bool? GroundStateAt(double penalty) =>
            GroundState.IsFeasible(
                Encoded(
                    model,
                    new()
                    {
                        Penalty = new()
                        {
                            Policy = PenaltyPolicy.Fixed,
                            Values = new Dictionary<string, double> { ["pair"] = penalty },
                        },
                    }
                ),
                () => false
            );
    }

    [Fact]
    public void A_squared_integer_has_its_square_as_energy_in_every_code()
    {
        foreach (var kind in Enum.GetValues<IntegerEncoding>())
        {
            var model = new ConstrainedModel(Sense.Minimize) { Offset = 1 };
            var n = model.AddInteger("n", -3, 4);
            model.AddObjective(n, n, 2);
            model.AddObjective(n, -1);
            var encoding = Encoded(model, new() { Integers = kind, CoefficientBound = 2 });
            for (var value = -3L; value <= 4; value++)
                Energy(encoding, encoding.Encode(new Numbers([value]))!).Should().Be(1 + 2 * value * value - value);
        }
    }

    [Fact]
    public void A_qubo_is_its_own_encoding()
    {
        var problem = Some.Qubo(numVariables: 4);
        var encoding = ((EncodingResult.Encoded)problem.Encode(new())).Encoding;

        encoding.Qubo.Should().BeSameAs(problem);
        encoding.Variables.Select(v => v.Name).Should().Equal("x[0]", "x[1]", "x[2]", "x[3]");
        (encoding.Constraints.Count, encoding.Groups.Count).Should().Be((0, 0));
        problem
            .Encode(new() { Repair = RepairChoice.Default })
            .Should()
            .BeOfType<EncodingResult.BadRequest>()
            .Which.Faults[0]
            .Pointer.Should()
            .Be("/repair");
    }

    private static QuboEncoding Encoded(ConstrainedModel model, EncodingRequest? request = null) =>
        Encode(model, request ?? new()).Should().BeOfType<EncodingResult.Encoded>().Subject.Encoding;

    private static EncodingResult Encode(ConstrainedModel model, EncodingRequest request) =>
        QuboEncoder.Encode(
            Some.Qubo(),
            new(
                model,
                values => new Numbers([.. values]),
                answer => ((Numbers)answer).Values,
                null,
                CoversOptimum: true
            ),
            request
        );

    private static double Energy(QuboEncoding encoding, sbyte[] bits) =>
        encoding.Qubo.Evaluate(new QuboSolution(bits)).Objective;

    private sealed record Numbers(long[] Values) : Solution
    {
        public override int CompareTo(Solution? other) => Values.AsSpan().SequenceCompareTo(((Numbers)other!).Values);
    }
}
