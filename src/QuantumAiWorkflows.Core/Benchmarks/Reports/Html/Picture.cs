using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>One picture of the report: what is drawn, how to read it, and the same in a table.</summary>
/// <param name="Id">Names the function in pictures.js that draws it.</param>
/// <param name="Says">How to read it, in words; also what a screen reader says of it.</param>
/// <param name="Notes">Warnings, and what was left out.</param>
/// <param name="Data">What the script draws; null when there is nothing to draw.</param>
/// <param name="Absent">Why there is nothing; null when there is something.</param>
internal sealed record Picture(
    string Id,
    string Title,
    string Says,
    IReadOnlyList<string> Notes,
    PictureTable Table,
    JsonObject? Data,
    string? Absent
)
{
    /// <summary>Takes the whole width of the page: it has more columns than half of it can show.</summary>
    public bool IsWide { get; init; }

    public static Picture Of(
        string id,
        string title,
        string says,
        JsonObject data,
        PictureTable table,
        params IEnumerable<string?> notes
    ) => new(id, title, says, [.. notes.OfType<string>()], table, data, null);

    public static Picture Nothing(string id, string title, string says, string because) =>
        new(id, title, says, [], new([], []), null, because);

    public Markup ToMarkup(bool canDraw) =>
        $"""
            <section class="picture{(IsWide ? " wide" : "")}" id="{Id}">
              <h3>{Title}</h3>
              <p class="says">{Says}</p>
              {(
                Absent is not null ? (Markup)$"""<p class="absent">Nothing to draw: {Absent}</p>"""
                : canDraw ? (Markup)$"""<div class="chart" data-picture="{Id}" role="img" aria-label="{Title}. {Says}"></div>"""
                : Markup.Nothing
              )}
              {Notes.Select(n => (Markup)$"""<p class="note">{n}</p>""")}
              {(Absent is null ? Table.Folded("The same as a table", $"{Title}, as a table") : Markup.Nothing)}
            </section>

            """;
}

/// <summary>A table whose first column names its rows.</summary>
internal sealed record PictureTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Larger tables make a page that no browser likes; the JSON and CSV reports have everything.</summary>
    private const int MaxCells = 12_000;

    private int MaxRows => Math.Min(1000, MaxCells / Math.Max(1, Columns.Count));

    public Markup Folded(string summary, string caption) =>
        $"<details><summary>{summary}</summary>{ToMarkup(caption)}</details>";

    public Markup ToMarkup(string caption)
    {
        var left = Rows.Count - MaxRows;
        return $"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table>
              <caption>{caption}</caption>
              <thead><tr>{Columns.Select(c => (Markup)$"""<th scope="col">{c}</th>""")}</tr></thead>
              <tbody>{Rows.Take(MaxRows).Select(Row)}</tbody>
            </table></div>
            {(
                left > 0
                    ? (Markup)
                        $"""<p class="note">The first {MaxRows} of {Rows.Count} rows; the JSON and CSV reports have all of them.</p>"""
                    : Markup.Nothing
            )}
            """;
    }

    private static Markup Row(IReadOnlyList<string> cells) =>
        $"""<tr><th scope="row">{cells[0]}</th>{cells.Skip(1).Select(c => (Markup)$"<td>{c}</td>")}</tr>""";
}
