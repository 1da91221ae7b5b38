using QuantumAiWorkflows.Formats;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>What Biq Mac, QOBLIB and rudy files have in common: "n m", then m lines "i j value", 1-based; # comments.</summary>
internal static class Triplets
{
    public delegate void Entry(int i, int j, double value);

    /// <summary>The number of variables. 0 when the header is at fault; faults of entries are in the list only.</summary>
    /// <param name="accepts">Whether (i, j), still 1-based, is in order; adds the fault when not.</param>
    /// <param name="add">Takes 0-based entries in the file's order.</param>
    /// <param name="comment">Sees every line that begins with #.</param>
    public static int Read(TextLines lines, Func<int, int, bool> accepts, Entry add, Action? comment = null)
    {
        var (n, stated, count) = (0, 0, 0);
        while (lines.NextLine())
        {
            if (lines.Content.TrimStart().StartsWith('#'))
                comment?.Invoke();
            else if (n == 0)
            {
                if (
                    !lines.TryInt("the number of variables", 1, QuboProblem.MaxVariables, out n)
                    || !lines.TryInt("the number of entries", 0, int.MaxValue, out stated)
                    || !lines.TryEnd()
                )
                    return 0;
            }
            else if (count++ == stated)
            {
                lines.Refuse($"Expected {stated} entries, as the first line says; this is one more.", null, stated);
                return n;
            }
            else if (
                lines.TryInt("an index", 1, n, out var i)
                && lines.TryInt("an index", 1, n, out var j)
                && accepts(i, j)
                && lines.TryNumber("a coefficient", out var value)
                && lines.TryEnd()
            )
                add(i - 1, j - 1, value);
        }

        if (n == 0)
            lines.Refuse("Expected a line with the numbers of variables and entries; the file ends.");
        else if (count < stated)
            lines.Refuse(
                $"Expected {stated} entries, as the first line says; the file ends after {count}.",
                count,
                stated
            );
        return n;
    }

    public static Func<int, int, bool> UpperTriangle(TextLines lines) =>
        (i, j) => i <= j || lines.Refuse($"Expected i <= j, the upper triangle, got {i} and {j}.");
}
