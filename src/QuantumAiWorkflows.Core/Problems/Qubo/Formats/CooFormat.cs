using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>
/// dimod's COO text (dwavesystems/dimod, serialization/coo.py): lines "i j value", 0-based, full coefficients, i = j linear;
/// <c># vartype=SPIN</c> in a comment, else bits. Minimized. The largest index tells the number of variables. Written in
/// plain decimals, as dimod silently skips a line with an exponent.
/// </summary>
public sealed class CooFormat : QuboFormat
{
    private const string VartypeName = "vartype";

    public override string Id => "coo";

    public override string Title => "dimod COO text";

    public override string Extension => ".coo";

    protected override bool HoldsSpins => true;

    private protected override QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    )
    {
        var lines = new TextLines(content, faults);
        var before = faults.Count;
        var builder = NewBuilder(settings, indexBase: 0);
        Vartype? vartype = null;
        var largest = -1;
        while (lines.NextLine())
        {
            if (lines.Content.TrimStart().StartsWith('#'))
                ReadComment(lines, ref vartype);
            else if (
                lines.TryInt("an index", 0, QuboProblem.MaxVariables - 1, out var i)
                && lines.TryInt("an index", 0, QuboProblem.MaxVariables - 1, out var j)
                && lines.TryNumber("a coefficient", out var value)
                && lines.TryEnd()
            )
            {
                largest = Math.Max(largest, Math.Max(i, j));
                builder.Add(i, j, value, lines.Line);
            }
        }
        builder.Vartype = vartype ?? Vartype.Binary;
        return faults.Count > before ? null : builder.Build(largest + 1, faults);
    }

    private protected override string WriteText(QuboProblem problem)
    {
        var terms = problem.Terms;
        var last = terms.NumVariables - 1;
        var text = new StringBuilder(problem.Vartype == Vartype.Spin ? "# vartype=SPIN\n" : "# vartype=BINARY\n");
        for (var i = 0; i <= last; i++)
            // A zero keeps the last variable, when nothing else does.
            if (terms.Linear[i] != 0 || (i == last && !terms.Column.Contains(last)))
                Append(text, i, i, terms.Linear[i]);
        for (var k = 0; k < terms.Value.Length; k++)
            Append(text, terms.Row[k], terms.Column[k], terms.Value[k]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, int i, int j, double value) =>
        text.Append($"{Index(i)} {Index(j)} {CanonicalJson.PlainDecimal(value)}\n");

    /// <summary>As dimod looks for it: anywhere in a comment, with = or a colon.</summary>
    private static void ReadComment(TextLines lines, ref Vartype? vartype)
    {
        var at = lines.Content.IndexOf(VartypeName, StringComparison.Ordinal);
        if (at < 0)
            return;
        var rest = lines.Content[(at + VartypeName.Length)..];
        if (rest.IsEmpty || rest[0] is not ('=' or ':'))
            return;
        Vartype? given = rest[1..].Trim() switch
        {
            "BINARY" => Vartype.Binary,
            "SPIN" => Vartype.Spin,
            _ => null,
        };
        if (given is null)
            lines.Refuse("Expected the vartype BINARY or SPIN.");
        else if (vartype is not null && vartype != given)
            lines.Refuse("Another line says another vartype.");
        vartype ??= given;
    }
}
