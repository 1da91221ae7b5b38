using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo;

public sealed class ClampedQuboTests
{
    [Fact]
    public void Has_the_energies_of_the_whole_at_every_assignment_of_the_free_variables() =>
        (
            from n in Gen.Int[1, 12]
            from seed in Gen.Int[1, 1_000_000]
            from density in Gen.Double[0, 1]
            from held in Gen.SByte[0, 1].Array[n]
            from isFree in Gen.Bool.Array[n]
            from sense in Gen.Enum<Sense>()
            from vartype in Gen.Enum<Vartype>()
            where isFree.Any(f => f) && isFree.Count(f => f) <= 7
            select (Problem: Some.Qubo(n, density, seed, sense, vartype), Held: held, IsFree: isFree)
        ).Sample(
            (problem, held, isFree) =>
            {
                int[] free = [.. Enumerable.Range(0, held.Length).Where(i => isFree[i])];
                var model = problem.Model;

                var clamped = ClampedQubo.Of(model, free, held, model.Energy(held));

                var sub = clamped.ToProblem(model);
                sub.NumVariables.Should().Be(free.Length);
                foreach (var values in Every.Assignment(free.Length))
                {
                    var whole = (sbyte[])held.Clone();
                    for (var a = 0; a < free.Length; a++)
                        whole[free[a]] = values[a];
                    // Whole coefficients: not a bit may differ.
                    sub.Evaluate(sub.FromBits(values)).Objective.Should().Be(model.Energy(whole));
                    problem
                        .ToOwnSense(sub.Terms.Evaluate(values))
                        .Should()
                        .Be(problem.Evaluate(problem.FromBits(whole)).Objective);
                }
            }
        );

    [Fact]
    public void With_every_variable_free_it_is_the_whole_as_a_minimization_over_bits()
    {
        var problem = Some.Qubo(9, 0.6, seed: 4, sense: Sense.Maximize, vartype: Vartype.Spin);
        int[] all = [.. Enumerable.Range(0, 9)];
        sbyte[] bits = [1, 0, 1, 1, 0, 0, 1, 0, 1];

        var sub = ClampedQubo.Of(problem.Model, all, bits, problem.Model.Energy(bits)).ToProblem(problem.Model);

        (sub.Sense, sub.Vartype).Should().Be((Sense.Minimize, Vartype.Binary));
        sub.Terms.Should().BeEquivalentTo(problem.Model.Terms);
    }

    [Fact]
    public void Couplings_to_held_variables_that_are_0_leave_no_trace()
    {
        var problem = Some.Qubo(6, 1, seed: 2);

        var clamped = ClampedQubo.Of(problem.Model, [1, 4], new sbyte[6], problem.Model.Terms.Offset);

        clamped.Linear.Should().Equal(problem.Model.Terms.Linear[1], problem.Model.Terms.Linear[4]);
        clamped.Offset.Should().Be(problem.Model.Terms.Offset);
    }
}
