namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Send it back as <c>cursor</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

internal static class Page
{
    /// <summary>From one row more than asked for: the row beyond tells that there is another page.</summary>
    public static Page<T> From<TRow, T>(
        IReadOnlyList<TRow> rows,
        int limit,
        Func<TRow, string> cursor,
        Func<TRow, T> view
    ) => new([.. rows.Take(limit).Select(view)], rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
