namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// The order in which ids stand in a normalized problem, in answers and in drawings: runs of digits by their value, so that
/// job 10 comes after job 2; all else by UTF-16 code units. Total: ids that differ only in leading zeros go by their text.
/// </summary>
internal sealed class IdOrder : IComparer<string>
{
    public static IdOrder Natural { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var a = Digits(left, ref i);
                var b = Digits(right, ref j);
                var byValue = a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
                if (byValue != 0)
                    return byValue;
            }
            else if (left[i] != right[j])
                return left[i].CompareTo(right[j]);
            else
                (i, j) = (i + 1, j + 1);
        }
        var byLength = (left.Length - i).CompareTo(right.Length - j);
        return byLength != 0 ? byLength : string.CompareOrdinal(left, right);
    }

    /// <summary>The run of digits at a place, without leading zeros; moves behind it.</summary>
    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(from, at - from).TrimStart('0');
    }
}
