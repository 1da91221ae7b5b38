using System.Text;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Reports.Html;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using Results = Microsoft.AspNetCore.Http.Results;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>The verdicts and reports of a benchmark that has ended.</summary>
internal static class BenchmarkReports
{
    private static readonly string[] Formats =
    [
        "md",
        "table",
        "html",
        "csv",
        "json",
        "junit",
        "qoblib",
        "mlflow",
        "baseline",
    ];

    public static ChartLibrary Charts { get; } = ReadCharts();

    public static void MapReports(this RouteGroupBuilder benchmarks)
    {
        benchmarks
            .MapGet("/{id}/verdict", VerdictAsync)
            .Produces<Page<Verdict>>()
            .WithRefusals(400, 404, 409, 410)
            .WithName("GetVerdict")
            .WithSummary("Is the candidate worth it? One verdict per candidate")
            .WithQuery(Repricing.Query);
        benchmarks
            .MapGet("/{id}/report", ReportAsync)
            .Produces<string>(
                StatusCodes.Status200OK,
                "text/markdown",
                "text/html",
                "text/csv",
                "application/json",
                "application/xml"
            )
            .WithRefusals(400, 404, 409, 410)
            .WithName("GetReport")
            .WithSummary("The report: to look at, to read, or to compute with")
            .WithDescription(
                "`html` is one file with the verdict, pictures and their tables, to open in a browser; `md` the same in words, `table` only what every entrant reached on every instance. `csv` and "
                    + "`json` have every metric. `junit` is for continuous integration, `qoblib` the table of a QOBLIB submission, `mlflow` "
                    + "bodies for MLflow's runs/log-batch, `baseline` the file that a later suite's `gate.baseline` compares with."
            )
            .WithQuery(
                ("format", "md (default), table, html, csv, json, junit, qoblib, mlflow, baseline"),
                Repricing.Query
            );
    }

    private static async Task<IResult> VerdictAsync(
        HttpContext context,
        string id,
        BenchmarkReader reader,
        Repricing repricing
    )
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var prices = repricing.Ask(query);
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (_, summary, refusal) = await EndedAsync(context, id, prices, reader, repricing);
        return summary is null ? refusal! : Json(new Page<Verdict>(summary.Verdicts, null));
    }

    private static async Task<IResult> ReportAsync(
        HttpContext context,
        string id,
        BenchmarkReader reader,
        Repricing repricing,
        ProblemLibrary problems
    )
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var format = query.OneOf("format", Formats) ?? Formats[0];
        var prices = repricing.Ask(query);
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (row, summary, refusal) = await EndedAsync(context, id, prices, reader, repricing);
        if (summary is null)
            return refusal!;
        switch (format)
        {
            case "json":
                Name(context, summary, "inline", "json");
                return Json(summary);
            case "csv":
                Name(context, summary, "attachment", "csv");
                return Text(CsvReport.Of(summary), "text/csv");
            case "table":
                Name(context, summary, "inline", "table.md");
                return Text(TableReport.Of(summary), "text/markdown");
            case "html":
                var page = HtmlReport.Of(summary, Charts);
                Name(context, summary, "inline", "html");
                context.Response.Headers.ContentSecurityPolicy = page.SecurityPolicy;
                return Text(page.Text, "text/html");
            case "junit":
                Name(context, summary, "attachment", "junit.xml");
                return Text(JunitReport.Of(summary), "application/xml");
            case "qoblib":
                Name(context, summary, "attachment", "qoblib.csv");
                return Text(await QoblibAsync(context, row!, reader, problems), "text/csv");
            case "mlflow":
                Name(context, summary, "attachment", "mlflow.json");
                var benchmark = await reader.LoadAsync(row!, context.RequestAborted, prices);
                return Json(MlflowReport.Of(benchmark, summary.Verdicts));
            case "baseline":
                Name(context, summary, "attachment", "baseline.json");
                return Json(RegressionBaseline.Of(new(await reader.LoadAsync(row!, context.RequestAborted))));
            default:
                Name(context, summary, "inline", "md");
                return Text(MarkdownReport.Of(summary), "text/markdown");
        }
    }

    /// <summary>With what is still stored of the problems: an erased one leaves its columns at N/A.</summary>
    private static async Task<string> QoblibAsync(
        HttpContext context,
        BenchmarkRow row,
        BenchmarkReader reader,
        ProblemLibrary problems
    )
    {
        var benchmark = await reader.LoadAsync(row, context.RequestAborted);
        var models = new Dictionary<string, Problem>(StringComparer.Ordinal);
        foreach (var id in benchmark.Instances.Select(i => i.ProblemId))
            if ((await problems.FindAsync(row.Tenant, id, context.RequestAborted)).Problem is { } problem)
                models[id] = problem;
        return QoblibReport.Of(benchmark, models);
    }

    private static async Task<(BenchmarkRow? Row, BenchmarkSummary? Summary, Refusal? Refusal)> EndedAsync(
        HttpContext context,
        string id,
        PriceList? prices,
        BenchmarkReader reader,
        Repricing repricing
    )
    {
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (row is null)
            return (null, null, refusal);
        if (row.Outcome is null)
            return (
                row,
                null,
                Refusal.Conflict(
                    "stillRunning",
                    $"Benchmark {id} is {row.State}; its verdict exists when it has ended."
                )
            );
        var outcome = JsonNode.Parse(row.Outcome)!;
        return outcome["conflict"] is { } conflict
            ? (row, null, Refusal.Conflict("notComparable", conflict.GetValue<string>()))
            : (row, await repricing.OfAsync(row, outcome["summary"]!, prices, context.RequestAborted), null);
    }

    /// <summary>
    /// What a browser calls the file. Of the suite's name only letters and digits of ASCII, dots and dashes stay: the rest
    /// could break the header, or hide what the file is.
    /// </summary>
    private static void Name(HttpContext context, BenchmarkSummary summary, string disposition, string extension)
    {
        var name = new string([
            .. summary.Name.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'),
        ]).Trim('.', '-');
        context.Response.Headers.ContentDisposition =
            $"{disposition}; filename=\"{(name.Length == 0 ? "benchmark" : name)}-{summary.Id}.{extension}\"";
    }

    private static ChartLibrary ReadCharts()
    {
        using var stream = typeof(BenchmarkReports).Assembly.GetManifestResourceStream("echarts.min.js");
        if (stream is null)
            return ChartLibrary.Missing(
                "the chart library was not there when this service was built, which needs npm and a package registry."
            );
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return ChartLibrary.Of(reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static IResult Text(string text, string type) => Results.Text(text, type, Encoding.UTF8);

    private static IResult Json<T>(T value) => Results.Json(value, StrictJson.Options);
}
