using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Presolve;
using static QuantumAiWorkflows.UnitTests.Solvers.Presolve.ReducibleProblems;

namespace QuantumAiWorkflows.UnitTests.Solvers.Presolve;

/// <summary>Each stage by itself, against all assignments, all cuts, all paths.</summary>
public sealed class ReductionStageTests
{
    private static readonly Func<bool> Never = () => false;

    [Fact]
    public void Tables_over_any_order_give_the_optimum() =>
        Gen.Select(Cases(12).Where(c => c.Numbers is Numbers.Whole or Numbers.Ties), Gen.Bool)
            .Sample(
                (c, byFill) =>
                {
                    var problem = c.Problem();
                    var qubo = Working(problem);
                    var steps = long.MaxValue;
                    var order = EliminationOrder.Greedy(qubo, All(problem), 20, byFill, ref steps)!;

                    var values = BucketElimination.Solve(qubo, order, Never)!;

                    var bits = new sbyte[c.N];
                    for (var k = 0; k < values.Length; k++)
                        bits[order.Variables[k]] = (sbyte)(values[k] ? 1 : 0);
                    problem.Evaluate(problem.FromBits(bits)).Objective.Should().Be(Best(problem));
                },
                iter: 2_000
            );

    [Theory, InlineData(false), InlineData(true)]
    public void Widths_of_known_graphs_are_found(bool byFill)
    {
        WidthOf(50, Enumerable.Range(1, 49).Select(i => ((i - 1) / 2, i))).Should().Be(1, "a tree");
        WidthOf(50, Enumerable.Range(0, 50).Select(i => (i, (i + 1) % 50))).Should().Be(2, "a cycle");
        WidthOf(9, from i in Enumerable.Range(0, 9) from j in Enumerable.Range(i + 1, 8 - i) select (i, j))
            .Should()
            .Be(8, "a complete graph");
        for (var side = 2; side <= 4; side++)
            WidthOf(side * side, Grid(side)).Should().Be(side, "a grid");

        int WidthOf(int n, IEnumerable<(int I, int J)> pairs)
        {
            var problem = Of(n, pairs.Select(p => (p.I, p.J, 1.0)));
            var steps = long.MaxValue;
            return EliminationOrder.Greedy(Working(problem), All(problem), 30, byFill, ref steps)!.Width;
        }
    }

    [Fact]
    public void Peak_bytes_of_a_path_do_not_grow_with_its_tables()
    {
        Peak(1_000).Should().BeLessThan(1_000 * 40);

        static long Peak(int n)
        {
            var problem = Of(n, Enumerable.Range(1, n - 1).Select(i => (i - 1, i, 1.0)));
            var steps = long.MaxValue;
            return EliminationOrder.Greedy(Working(problem), All(problem), 5, false, ref steps)!.PeakBytes;
        }
    }

    [Fact]
    public void Roof_duality_alone_keeps_an_optimum() =>
        Cases(12)
            .Where(c => c.Numbers is Numbers.Whole or Numbers.Ties)
            .Sample(
                c =>
                {
                    var problem = c.Problem();
                    var qubo = Working(problem);

                    new RoofDuality(qubo, PresolveLimits.Default).Run(Never);

                    var best = Every
                        .Assignment(c.N)
                        .Select(bits =>
                        {
                            qubo.Complete(bits);
                            return problem.Evaluate(problem.FromBits(bits)).Objective;
                        });
                    (problem.Sense == QuantumAiWorkflows.Problems.Sense.Minimize ? best.Min() : best.Max())
                        .Should()
                        .Be(Best(problem));
                },
                iter: 1_000
            );

    [Fact]
    public void Roof_duality_solves_submodular_problems_whole() =>
        Cases()
            .Select(c => c with { Shape = Shape.Submodular, Numbers = Numbers.Whole, Vartype = Vartype.Binary })
            .Sample(
                c =>
                {
                    var qubo = Working(c.Problem());

                    new RoofDuality(qubo, PresolveLimits.Default).Run(Never);

                    qubo.NumLeft.Should().Be(0);
                },
                iter: 300
            );

    [Fact]
    public void Strong_persistencies_are_the_values_of_every_optimum()
    {
        // One optimum only: (1, 0, 1), which dominance of single variables does not see.
        var problem = Of(3, [(0, 0, -3), (1, 1, -1), (2, 2, -3), (0, 1, 3), (1, 2, 3), (0, 2, 1)]);
        var qubo = Working(problem);
        var roof = new RoofDuality(qubo, PresolveLimits.Default);

        roof.Run(Never).Should().BeTrue();

        (roof.Strong, roof.Weak).Should().Be((3, 0));
        var bits = new sbyte[3];
        qubo.Complete(bits);
        bits.Should().Equal(1, 0, 1);
    }

    [Fact]
    public void A_flow_that_is_given_up_fixes_nothing()
    {
        var qubo = Working(Some.Qubo(20, 0.5));
        var roof = new RoofDuality(qubo, PresolveLimits.Default with { MaxFlowScans = 10 });

        roof.Run(Never).Should().BeFalse();

        roof.Skipped.Should().Be("more than 10 arcs looked at");
        qubo.NumLeft.Should().Be(20);
    }

    [Fact]
    public void The_maximum_flow_is_the_least_cut() =>
        Gen.Select(Gen.Int[2, 8], Gen.Double[0.1, 0.9], Gen.Long[0, 1_000_000])
            .Sample(
                (n, density, seed) =>
                {
                    var random = Xoshiro256.FromSeed((ulong)seed, "network");
                    var (tail, capacity, arcs) = (new List<int>(), new List<long>(), new List<(int, int, long)>());
                    for (var u = 0; u < n; u++)
                    for (var v = 0; v < n; v++)
                        if (u != v && random.NextDouble() < density)
                        {
                            arcs.Add((u, v, random.NextInt32(20)));
                            tail.AddRange([u, v]);
                            capacity.AddRange([arcs[^1].Item3, 0]);
                        }
                    var flow = new MaximumFlow(n, [.. tail], [.. capacity]);

                    var value = flow.Run(0, n - 1, long.MaxValue, Never);

                    // Side of a cut by bits; the source has bit 1, the sink bit 0.
                    var least = Enumerable
                        .Range(0, 1 << n)
                        .Where(s => (s & 1) == 1 && s >> (n - 1) == 0)
                        .Min(s =>
                            arcs.Where(a => (s >> a.Item1 & 1) == 1 && (s >> a.Item2 & 1) == 0).Sum(a => a.Item3)
                        );
                    value.Should().Be(least);
                },
                iter: 1_000
            );

    [Fact]
    public void Strong_components_are_mutual_reachability_numbered_against_the_arcs() =>
        Gen.Select(Gen.Int[1, 9], Gen.Double[0, 0.5], Gen.Long[0, 1_000_000])
            .Sample(
                (n, density, seed) =>
                {
                    var random = Xoshiro256.FromSeed((ulong)seed, "arcs");
                    var (start, heads) = (new int[n + 1], new List<int>());
                    var reaches = new bool[n, n];
                    for (var u = 0; u < n; u++)
                    {
                        reaches[u, u] = true;
                        for (var v = 0; v < n; v++)
                            if (random.NextDouble() < density)
                            {
                                reaches[u, v] = true;
                                heads.AddRange([v, -1]);
                            }
                        start[u + 1] = heads.Count;
                    }
                    for (var w = 0; w < n; w++)
                    for (var u = 0; u < n; u++)
                    for (var v = 0; v < n; v++)
                        reaches[u, v] |= reaches[u, w] && reaches[w, v];

                    var component = StrongComponents.Of(start, k => heads[k]);

                    for (var u = 0; u < n; u++)
                    for (var v = 0; v < n; v++)
                    {
                        (component[u] == component[v]).Should().Be(reaches[u, v] && reaches[v, u]);
                        if (reaches[u, v])
                            component[u].Should().BeGreaterThanOrEqualTo(component[v]);
                    }
                },
                iter: 1_000
            );

    private static WorkingQubo Working(QuboProblem problem) => new(IntegerModel.Exact(problem)!);

    private static int[] All(QuboProblem problem) => [.. Enumerable.Range(0, problem.NumVariables)];

    private static IEnumerable<(int, int)> Grid(int side) =>
        from i in Enumerable.Range(0, side)
        from j in Enumerable.Range(0, side)
        from pair in new[] { (I: i + 1, J: j), (I: i, J: j + 1) }
        where pair.I < side && pair.J < side
        select (side * i + j, side * pair.I + pair.J);
}
