using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <param name="SecurityPolicy">What the page may do, for the header of the same name; the page itself says it, too, for those who save it.</param>
public sealed record HtmlPage(string Text, string SecurityPolicy);

/// <summary>
/// The report to look at, as one file without any network: the verdict first, then pictures with the same numbers in
/// tables, then what it all rests on. Names come from clients: <see cref="Markup"/> escapes them in text, the JSON
/// writer in data, and a policy by hash keeps every other script from running.
/// </summary>
public static class HtmlReport
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("charts.js") + Resource("pictures.js");

    /// <summary>Escapes &lt;, &gt; and &amp;, so that no name can end the element that the data stand in.</summary>
    private static readonly JsonSerializerOptions InPage = new() { Encoder = JavaScriptEncoder.Default };

    public static HtmlPage Of(BenchmarkSummary summary, ChartLibrary library)
    {
        var pictures = PicturesOf(summary);
        var policy = Policy(library.Script is null ? [] : [library.Script, Script]);
        Markup page = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>Benchmark {summary.Name}</title>
            <style>{Markup.Trusted(Style)}</style>
            </head>
            <body>
            <header>
              <p class="kicker">Benchmark report</p>
              <h1>{summary.Name}</h1>
              <p class="facts">{HtmlConditions.Facts(summary)}</p>
              {(library.Script is null ? Markup.Nothing : Toggle)}
            </header>
            <main>
            {HtmlVerdict.Of(summary)}
            <section aria-labelledby="pictures"><h2 id="pictures">Pictures</h2>
            {Absence(library)}
            <div class="pictures">
            {pictures.Select(p => p.ToMarkup(library.Script is not null))}
            </div></section>
            {HtmlTables.Of(summary)}
            {HtmlConditions.Of(summary)}
            </main>
            {(library.Script is null ? Markup.Nothing : Scripts(summary, pictures, library.Script))}
            </body>
            </html>

            """;
        return new(page.ToString(), $"{policy}; frame-ancestors 'self'");
    }

    private static Markup Toggle { get; } =
        $"""<button type="button" id="theme" hidden aria-label="Switch between dark and light">dark / light</button>""";

    private static Picture[] PicturesOf(BenchmarkSummary summary) =>
        [
            QualityBoxes.Of(summary),
            CostAgainstQuality.Of(summary),
            Lines.Profiles(summary),
            Lines.Anytime(summary),
            .. Scaling.Of(summary),
            SeedSpreads.Of(summary),
            GapMap.Of(summary),
        ];

    private static Markup Absence(ChartLibrary library) =>
        library.Absence is { } why
            ? (Markup)$"""<p class="absent">The pictures are missing: {why} Their tables are all here.</p>"""
            : $"""<noscript><p class="absent">The pictures are missing, because this browser runs no scripts. Their tables are all here.</p></noscript>""";

    private static Markup Scripts(BenchmarkSummary summary, IEnumerable<Picture> pictures, string library)
    {
        var data = new JsonObject
        {
            ["entrants"] = new JsonArray([
                .. ColourOrder(summary)
                    .Select(e => new JsonObject
                    {
                        ["name"] = e.Name,
                        ["isCandidate"] = e.Role == EntrantRole.Candidate,
                    }),
            ]),
            ["pictures"] = new JsonObject(
                pictures.Where(p => p.Data is not null).Select(p => KeyValuePair.Create(p.Id, (JsonNode?)p.Data))
            ),
        };
        return $"""
            <script type="application/json" id="data">{Markup.Trusted(data.ToJsonString(InPage))}</script>
            <script>{Markup.Trusted(library)}</script>
            <script>{Markup.Trusted(Script)}</script>
            """;
    }

    /// <summary>The suite's order, those drawn in every picture first: so no two lines of one picture share a colour.</summary>
    private static IEnumerable<EntrantSummary> ColourOrder(BenchmarkSummary summary)
    {
        var drawn = DrawnEntrants.Of(summary).Names;
        return summary.Entrants.OrderByDescending(e => drawn.Contains(e.Name));
    }

    /// <summary>Nothing from anywhere, and no script but these. The chart library styles its own elements inline.</summary>
    private static string Policy(IReadOnlyList<string> scripts)
    {
        var allowed = scripts.Count == 0 ? "'none'" : string.Join(' ', scripts.Select(Hash));
        return $"default-src 'none'; script-src {allowed}; style-src {Hash(Style)}; base-uri 'none'; form-action 'none'";
    }

    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"Reports/{name}")!;
        using var reader = new StreamReader(stream);
        // A browser hashes what it parsed, and that has no carriage returns.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
