using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo;

public sealed class BinaryModelTests
{
    private static readonly Gen<QuboProblem> Problems =
        from n in Gen.Int[1, 6]
        from seed in Gen.Long[0, 1_000_000]
        from spin in Gen.Bool
        from max in Gen.Bool
        select Some.Qubo(n, 0.7, seed, max ? Sense.Maximize : Sense.Minimize, spin ? Vartype.Spin : Vartype.Binary);

    [Fact]
    public void Has_the_energy_of_the_problem_at_every_point() =>
        Problems.Sample(problem =>
            Every
                .Assignment(problem.NumVariables)
                .All(x =>
                {
                    var posed = problem.Evaluate(problem.FromBits(x)).Objective;
                    return problem.Model.Energy(x) == (problem.Sense == Sense.Minimize ? posed : -posed)
                        && problem.ToBits(problem.FromBits(x)).AsSpan().SequenceEqual(x);
                })
        );

    /// <summary>A qubit in |0⟩ is z = +1 and x = 0. Quarters of whole numbers are exact.</summary>
    [Fact]
    public void Has_the_energy_of_its_Ising_form_at_every_point() =>
        Problems.Sample(problem =>
        {
            var ising = problem.Model.ToIsing();
            return Every
                .Assignment(problem.NumVariables)
                .All(x => ising.Evaluate(Array.ConvertAll(x, b => (sbyte)(1 - 2 * b))) == problem.Model.Energy(x));
        });

    /// <summary>1 + 2·s0 - 3·s0·s1, written out by hand at its four points.</summary>
    [Theory]
    [InlineData(-1, -1, -4)]
    [InlineData(-1, +1, 2)]
    [InlineData(+1, -1, 6)]
    [InlineData(+1, +1, 0)]
    public void Spins_map_to_bits_by_s_is_2x_minus_1(sbyte s0, sbyte s1, double energy)
    {
        var problem = Posted.Qubo("""  "ising":{"h":[2,0],"j":{"0,1":-3}},"offset":1 """);

        problem.Evaluate(new QuboSolution([s0, s1])).Objective.Should().Be(energy);
        problem.Model.Energy([(sbyte)((s0 + 1) / 2), (sbyte)((s1 + 1) / 2)]).Should().Be(energy);
    }

    [Fact]
    public void Neighbours_are_sorted_and_hold_every_pair_in_both_directions() =>
        (
            from n in Gen.Int[1, 40]
            from density in Gen.Double[0, 1]
            from seed in Gen.Long[0, 1_000_000]
            select Some.Qubo(n, density, seed)
        ).Sample(problem =>
        {
            var terms = problem.Model.Terms;
            var (start, column, weight) = problem.Model.Neighbours;
            var listed =
                from i in Enumerable.Range(0, terms.NumVariables)
                from at in Enumerable.Range(start[i], start[i + 1] - start[i])
                select (i, column[at], weight[at]);
            var expected = terms
                .Value.Select((v, k) => (I: terms.Row[k], J: terms.Column[k], V: v))
                .SelectMany(e => new[] { (e.I, e.J, e.V), (e.J, e.I, e.V) })
                .Order();
            return listed.SequenceEqual(expected);
        });

    [Fact]
    public void Is_integral_exactly_when_all_coefficients_are_whole()
    {
        Posted.Qubo("""  "terms":[[0,0,1],[0,1,-2]] """).Model.IsIntegral.Should().BeTrue();
        Posted.Qubo("""  "terms":[[0,0,1],[0,1,-2.5]] """).Model.IsIntegral.Should().BeFalse();
        Posted.Qubo("""  "terms":[[0,0,1]],"offset":0.5 """).Model.IsIntegral.Should().BeFalse();
    }
}
