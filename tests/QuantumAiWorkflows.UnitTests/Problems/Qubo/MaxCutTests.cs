using CsCheck;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo;

public sealed class MaxCutTests
{
    private static readonly Gen<QuboTerms> Graphs =
        from n in Gen.Int[1, 7]
        from seed in Gen.Long[0, 1_000_000]
        select Some.Qubo(n, 0.6, seed).Terms with
        {
            Offset = 0,
            Linear = new double[n],
        };

    [Fact]
    public void Counts_the_weight_of_the_edges_between_ones_and_zeros_at_every_point() =>
        Graphs.Sample(graph =>
        {
            var objectives = Every.Objective(MaxCut.ToQubo(graph, default, new())!);
            return objectives
                .Select(
                    (objective, point) =>
                        objective
                        == graph
                            .Value.Where((_, k) => ((point >> graph.Row[k]) & 1) != ((point >> graph.Column[k]) & 1))
                            .Sum()
                )
                .All(same => same);
        });

    [Fact]
    public void The_graph_of_a_cut_is_found_again() =>
        Graphs.Sample(graph =>
        {
            var edges = MaxCut.EdgesOf(MaxCut.ToQubo(graph, default, new())!)!;
            return edges.Row.SequenceEqual(graph.Row)
                && edges.Column.SequenceEqual(graph.Column)
                && edges.Value.SequenceEqual(graph.Value);
        });
}
