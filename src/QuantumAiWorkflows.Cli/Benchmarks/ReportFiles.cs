using System.Net;
using System.Text;
using QuantumAiWorkflows.Cli.Http;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <param name="Format">Any that the server has; this program knows no list.</param>
/// <param name="Path">A file, or <c>-</c> for standard output.</param>
internal sealed record ReportFile(string Format, string Path)
{
    /// <exception cref="StopException">Not of the form FORMAT=PATH.</exception>
    public static ReportFile Parse(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } format, { Length: > 0 } path]
            ? new(format, path)
            : throw StopException.Usage($"--report {text}: expected FORMAT=PATH, such as html=report.html.");
}

/// <summary>Reports of a finished benchmark, as the server writes them.</summary>
internal static class ReportFiles
{
    /// <summary>Asks before the runs whether the server has the formats: afterwards they would have been for nothing.</summary>
    /// <exception cref="StopException">It has not; the message names those that it has.</exception>
    public static async Task CheckFormatsAsync(
        Server server,
        IEnumerable<ReportFile> files,
        CancellationToken cancellation
    )
    {
        foreach (var format in files.Select(f => f.Format).Distinct(StringComparer.Ordinal))
        {
            // The format is checked before the benchmark is looked up, and no benchmark has this id.
            var reply = await server.ProbeAsync(PathOf(Guid.Empty.ToString(), format), cancellation);
            if (reply is { Status: HttpStatusCode.BadRequest, Body: { } body })
                throw StopException.Usage($"The server has no report format \"{format}\": {body["detail"]}");
        }
    }

    public static async Task SaveAsync(
        Server server,
        string benchmark,
        ReportFile file,
        Screen screen,
        CancellationToken cancellation
    )
    {
        var content = await server.DownloadAsync(
            PathOf(benchmark, file.Format),
            $"the {file.Format} report of benchmark {benchmark}",
            cancellation
        );
        if (file.Path == "-")
        {
            Screen.Raw(Encoding.UTF8.GetString(content));
            return;
        }
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file.Path)) is { } folder)
                Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(file.Path, content, cancellation);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw StopException.Usage($"The {file.Format} report cannot be written to {file.Path}: {e.Message}");
        }
        screen.Note($"Wrote the {file.Format} report to {file.Path}");
    }

    private static string PathOf(string benchmark, string format) =>
        $"/v1/benchmarks/{Uri.EscapeDataString(benchmark)}/report?format={Uri.EscapeDataString(format)}";
}
