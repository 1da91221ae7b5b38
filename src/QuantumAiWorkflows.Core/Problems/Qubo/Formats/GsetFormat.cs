using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>
/// A Max-Cut graph as rudy writes it (Gset and others): "n m", then m edges "i j weight", 1-based, weights of any sign.
/// Becomes the QUBO of <see cref="MaxCut"/>, maximized.
/// </summary>
public sealed class GsetFormat : QuboFormat
{
    public override string Id => "gset";

    public override string Title => "Max-Cut graph (Gset, rudy)";

    public override string Extension => ".txt";

    protected override Sense WrittenSense => Sense.Maximize;

    private protected override QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    )
    {
        var lines = new TextLines(content, faults);
        var before = faults.Count;
        var edges = NewBuilder(settings, indexBase: 1);
        var n = Triplets.Read(
            lines,
            (i, j) => i != j || lines.Refuse($"An edge joins vertex {i} with itself."),
            (i, j, weight) => edges.Add(i, j, weight, lines.Line)
        );
        if (faults.Count > before || edges.Build(n, faults) is not { } weights)
            return null;
        return MaxCut.ToQubo(weights.Terms, new(null, 1, 1), faults);
    }

    protected override string? Refusal(QuboProblem problem) =>
        base.Refusal(problem)
        ?? (
            MaxCut.EdgesOf(problem) is null
                ? "it is not a Max-Cut: some linear coefficient is not the sum of its variable's edge weights, which are "
                    + "-1/2 of the pairs' coefficients"
                : null
        );

    private protected override string WriteText(QuboProblem problem)
    {
        var edges = MaxCut.EdgesOf(problem)!;
        var text = new StringBuilder($"{Index(edges.NumVariables)} {Index(edges.Value.Length)}\n");
        for (var k = 0; k < edges.Value.Length; k++)
            text.Append(Line(edges.Row[k] + 1, edges.Column[k] + 1, edges.Value[k]));
        return text.ToString();
    }
}
