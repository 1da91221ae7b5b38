using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>
/// Biq Mac's .sparse (Wiegele, "Biq Mac Library", 2007): the upper triangle of a symmetric matrix, 1-based, so that
/// f(x) = Σ q_ii x_i + 2 Σ_{i&lt;j} q_ij x_i x_j: a listed pair is HALF its coefficient. Minimized, as Biq Mac negated
/// what the OR-Library maximizes. Files exist that were never negated: read those with sense maximize.
/// </summary>
public sealed class BiqMacFormat : QuboFormat
{
    public override string Id => "biqmac";

    public override string Title => "Biq Mac sparse matrix";

    public override string Extension => ".sparse";

    private protected override QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    )
    {
        var lines = new TextLines(content, faults);
        var before = faults.Count;
        var builder = NewBuilder(settings, indexBase: 1);
        var n = Triplets.Read(
            lines,
            Triplets.UpperTriangle(lines),
            (i, j, value) => builder.Add(i, j, i == j ? value : 2 * value, lines.Line)
        );
        return faults.Count > before ? null : builder.Build(n, faults);
    }

    protected override string? Refusal(QuboProblem problem) => base.Refusal(problem) ?? RefuseToHalve(problem);

    private protected override string WriteText(QuboProblem problem) => HalfTriangle(problem, "");

    /// <summary>The header, then diagonal and halves of pairs row by row; also the body of QOBLIB's .qs.</summary>
    internal static string HalfTriangle(QuboProblem problem, string comments)
    {
        var terms = problem.Terms;
        var count = terms.Linear.Count(v => v != 0) + terms.Value.Length;
        var text = new StringBuilder($"{comments}{Index(terms.NumVariables)} {Index(count)}\n");
        var k = 0;
        for (var i = 0; i < terms.NumVariables; i++)
        {
            if (terms.Linear[i] != 0)
                text.Append(Line(i + 1, i + 1, terms.Linear[i]));
            for (; k < terms.Value.Length && terms.Row[k] == i; k++)
                text.Append(Line(i + 1, terms.Column[k] + 1, terms.Value[k] / 2));
        }
        return text.ToString();
    }
}
