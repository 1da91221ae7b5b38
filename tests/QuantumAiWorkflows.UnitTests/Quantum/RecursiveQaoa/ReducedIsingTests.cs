using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Quantum.RecursiveQaoa;
using QuantumAiWorkflows.UnitTests.Quantum.ClosedForm;

namespace QuantumAiWorkflows.UnitTests.Quantum.RecursiveQaoa;

public sealed class ReducedIsingTests
{
    private static readonly Gen<(int N, double Density, bool HasFields, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 12],
        Gen.Double[0.1, 1],
        Gen.Bool,
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Energies_stay_those_of_the_original_assignments() =>
        Instances.Sample(
            (n, density, hasFields, seed) =>
            {
                var terms = SomeIsing.Terms(n, density, hasFields, isWhole: seed % 2 == 0, seed);
                var random = Xoshiro256.FromSeed((ulong)seed, "eliminations");
                var model = ReducedIsing.From(terms);
                for (var left = random.NextInt32(n); left > 0; left--)
                    EliminateOne(model, n, random);

                var (graph, variables) = model.ToGraph();
                foreach (var spins in Spins(graph.Count))
                {
                    var energy = terms.Evaluate(ToSpins(model.ToBits(spins)));
                    (model.Offset + Energy(graph, spins)).Should().BeApproximately(energy, 1e-12);
                    for (var v = 0; v < variables.Length; v++)
                        ToSpins(model.ToBits(spins))[variables[v]].Should().Be(spins[v]);
                }
            },
            iter: 200
        );

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var terms = SomeIsing.Terms(6, 1, true, false, 3);
        var model = ReducedIsing.From(terms);
        var copy = model.Clone();

        copy.Substitute(0, 1, -1);
        copy.Fix(2, 1);

        model.Count.Should().Be(6);
        copy.Count.Should().Be(4);
        var (graph, _) = model.ToGraph();
        graph.Weight.Should().Equal(IsingGraph.From(terms).Weight);
    }

    [Fact]
    public void Couplings_that_cancel_are_gone()
    {
        // z0 z2 - z1 z2 with z1 = z0.
        var model = ReducedIsing.From(new(0, new double[3], [0, 1], [2, 2], [1.0, -1.0]));

        model.Substitute(1, 0, +1);

        model.ToGraph().Graph.Pairs.Should().Be(0);
        model.Offset.Should().Be(0);
    }

    [Fact]
    public void The_core_is_solved_to_its_optimum() =>
        Instances.Sample(
            (n, density, hasFields, seed) =>
            {
                var graph = SomeIsing.Graph(n, density, hasFields, seed);

                var found = IsingCore.Minimum(graph, () => false);

                Energy(graph, found).Should().BeApproximately(Spins(n).Min(s => Energy(graph, s)), 1e-12);
            },
            iter: 60
        );

    [Fact]
    public void An_interrupted_core_still_answers()
    {
        var graph = SomeIsing.Graph(20, 1, true, 1);

        IsingCore.Minimum(graph, () => true).Should().HaveCount(20).And.OnlyContain(s => s == 1 || s == -1);
    }

    private static void EliminateOne(ReducedIsing model, int n, Xoshiro256 random)
    {
        var left = Enumerable.Range(0, n).Where(i => model.Resolve(i) is ({ } v, _) && v == i).ToArray();
        var i = left[random.NextInt32(left.Length)];
        var j = left[random.NextInt32(left.Length)];
        var sign = random.NextBoolean() ? 1 : -1;
        if (i == j)
            model.Fix(i, sign);
        else
            model.Substitute(j, i, sign);
    }

    private static double Energy(IsingGraph graph, sbyte[] spins)
    {
        var energy = 0.0;
        for (var i = 0; i < graph.Count; i++)
        {
            energy += graph.Fields[i] * spins[i];
            for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
                energy += graph.Weight[e] / 2 * spins[i] * spins[graph.Column[e]];
        }
        return energy;
    }

    private static IEnumerable<sbyte[]> Spins(int n) => Every.Assignment(n).Select(ToSpins);

    private static sbyte[] ToSpins(sbyte[] bits) => Array.ConvertAll(bits, b => (sbyte)(1 - 2 * b));
}
