using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.ClosedForm;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// The ablation: numbers uniform in (-1, 1) instead of correlations, so that any variable or pair may be the strongest,
/// with any sign. Single spins are fixed only where a field tells them from their opposites, as in the quantum step.
/// </summary>
internal sealed class RandomCorrelations(Xoshiro256 random) : ICorrelationSource
{
    public RoundPrice Price => new(0, null, 0);

    public Correlations Of(IsingGraph graph)
    {
        var (single, pair) = (new double[graph.Count], new double[graph.Column.Length]);
        var hasFields = Array.Exists(graph.Fields, f => f != 0);
        for (var i = 0; i < single.Length; i++)
        {
            if (hasFields)
                single[i] = 2 * random.NextDouble() - 1;
            for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
                if (graph.Column[e] > i)
                    pair[e] = 2 * random.NextDouble() - 1;
        }
        return new(single, pair);
    }
}

/// <summary>
/// The other ablation, and what is left when there is no time for a quantum step: minus the coefficients, which is what
/// correlations of one layer tend to, up to a factor, as gamma goes to 0. Greedy elimination by the largest coefficient.
/// </summary>
internal sealed class CoefficientCorrelations : ICorrelationSource
{
    public RoundPrice Price => new(0, null, 0);

    public Correlations Of(IsingGraph graph)
    {
        var largest = graph.Fields.Concat(graph.Weight).Select(Math.Abs).Append(0).Max();
        var unit = largest == 0 ? 1 : largest;
        return new(Array.ConvertAll(graph.Fields, f => -f / unit), Array.ConvertAll(graph.Weight, w => -w / unit));
    }
}
