using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>
/// qbsolv's .qubo (dwavesystems/qbsolv, README): comments <c>c</c>, one line <c>p qubo 0 maxNodes nNodes nCouplers</c>,
/// then nodes "i i value" and couplers "i j value" with i &lt; j, 0-based, full coefficients. Minimized.
/// </summary>
public sealed class QbsolvFormat : QuboFormat
{
    public override string Id => "qubo";

    public override string Title => "qbsolv .qubo";

    public override string Extension => ".qubo";

    private protected override QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    )
    {
        var lines = new TextLines(content, faults);
        var before = faults.Count;
        var builder = NewBuilder(settings, indexBase: 0);
        Header? header = null;
        var (nodes, couplers) = (0, 0);
        while (lines.NextLine())
        {
            if (lines.Content.TrimStart()[0] == 'c')
                continue;
            if (header is null)
            {
                header = ReadHeader(lines);
                if (header is null)
                    return null;
                continue;
            }
            if (
                !lines.TryInt("a node", 0, header.MaxNodes - 1, out var i)
                || !lines.TryInt("a node", 0, header.MaxNodes - 1, out var j)
                || (i > j && !lines.Refuse($"Expected i <= j, got {i} and {j}."))
                || !lines.TryNumber("a weight", out var value)
                || !lines.TryEnd()
            )
                continue;
            _ = i == j ? nodes++ : couplers++;
            builder.Add(i, j, value, lines.Line);
        }

        if (header is null)
            lines.Refuse("Expected a line \"p qubo 0 maxNodes nNodes nCouplers\"; the file ends.");
        else if (faults.Count == before && (nodes != header.Nodes || couplers != header.Couplers))
            lines.Refuse(
                $"Expected {header.Nodes} nodes and {header.Couplers} couplers, as the p line says, got {nodes} and {couplers}."
            );
        return faults.Count > before ? null : builder.Build(header!.MaxNodes, faults);
    }

    /// <summary>Every node is listed, also with weight 0: qbsolv wants those that couplers join.</summary>
    private protected override string WriteText(QuboProblem problem)
    {
        var terms = problem.Terms;
        var n = Index(terms.NumVariables);
        var text = new StringBuilder($"p qubo 0 {n} {n} {Index(terms.Value.Length)}\n");
        for (var i = 0; i < terms.NumVariables; i++)
            text.Append(Line(i, i, terms.Linear[i]));
        for (var k = 0; k < terms.Value.Length; k++)
            text.Append(Line(terms.Row[k], terms.Column[k], terms.Value[k]));
        return text.ToString();
    }

    private sealed record Header(int MaxNodes, int Nodes, int Couplers);

    private static Header? ReadHeader(TextLines lines)
    {
        if (lines.Token() is not "p" || lines.Token() is not "qubo")
            lines.Refuse("Expected a line \"p qubo 0 maxNodes nNodes nCouplers\" before any other.");
        else if (lines.Token() is not ("0" or "unconstrained"))
            lines.Refuse("Expected the topology \"0\" or \"unconstrained\"; others name a machine.");
        else if (
            lines.TryInt("maxNodes", 1, QuboProblem.MaxVariables, out var maxNodes)
            && lines.TryInt("nNodes", 0, maxNodes, out var nodes)
            && lines.TryInt("nCouplers", 0, int.MaxValue, out var couplers)
            && lines.TryEnd()
        )
            return new(maxNodes, nodes, couplers);
        return null;
    }
}
