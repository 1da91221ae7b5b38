using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>
/// QOBLIB's .qs, as Zimpl writes it (ZIB-AOPT/QOBLIB): the upper half of a symmetric matrix, 1-based; a listed pair is HALF
/// its coefficient; the offset stands in the comment <c># ObjectiveOffset c</c>. Minimized.
/// </summary>
public sealed class QsFormat : QuboFormat
{
    private const string OffsetName = "ObjectiveOffset";

    public override string Id => "qs";

    public override string Title => "QOBLIB .qs";

    public override string Extension => ".qs";

    protected override bool HoldsOffset => true;

    private protected override QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    )
    {
        var lines = new TextLines(content, faults);
        var before = faults.Count;
        var builder = NewBuilder(settings, indexBase: 1);
        double? offset = null;
        var n = Triplets.Read(
            lines,
            Triplets.UpperTriangle(lines),
            (i, j, value) => builder.Add(i, j, i == j ? value : 2 * value, lines.Line),
            () => ReadComment(lines, ref offset)
        );
        builder.Offset = offset ?? 0;
        return faults.Count > before ? null : builder.Build(n, faults);
    }

    protected override string? Refusal(QuboProblem problem) => base.Refusal(problem) ?? RefuseToHalve(problem);

    private protected override string WriteText(QuboProblem problem) =>
        BiqMacFormat.HalfTriangle(
            problem,
            $"# {OffsetName} {CanonicalJson.Number(problem.Terms.Offset)}\n# Vars Non-zeros\n"
        );

    private static void ReadComment(TextLines lines, ref double? offset)
    {
        var token = lines.Token();
        var name = token is "#" ? lines.Token() : token[1..];
        if (name is not OffsetName)
            return;
        if (offset is not null)
            lines.Refuse("The offset is given twice.");
        else if (lines.TryNumber("an offset", out var value) && lines.TryEnd())
            offset = value;
    }
}
