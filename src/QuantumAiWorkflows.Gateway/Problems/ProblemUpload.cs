using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Gateway.Problems;

/// <summary>
/// <c>POST /v1/problems</c>: a family's JSON, a file in an exchange format as the body, or files in a form beside the
/// settings of their format.
/// </summary>
internal static class ProblemUpload
{
    /// <summary>Files in one form.</summary>
    private const int MaxFiles = 100;

    public static async Task<IResult> PostAsync(HttpContext context, ProblemLibrary library, Store store)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var formatId = query.OneOf("format", ProblemFormats.All.Select(f => f.Id));
        var family = query.OneOf("family", ProblemFamily.All.Select(f => f.Id));
        var validateOnly = query.Flag("validateOnly");
        query.End();
        var format = formatId is null ? null : ProblemFormats.Find(formatId);
        if (format is not null && family is not null && format.Family.Id != family)
            faults.Add(
                new Fault(FaultCode.BadQuery, $"Format {format.Id} holds {format.Family.Id} problems, not {family}.")
            );
        if (!faults.IsEmpty)
            return Refusal.Of(faults);

        var (problems, refusal) = await ReadAsync(context.Request, format, library, faults);
        if (problems is null)
            return refusal ?? Refusal.Of(faults);
        foreach (var problem in problems)
            if (!library.Fits(problem, "", faults))
                return Refusal.Of(faults);
        if (!validateOnly)
            await store.WriteAsync(async db =>
            {
                // A file may hold the same problem twice, and only what is saved can be found.
                foreach (var problem in problems.DistinctBy(p => p.Id))
                    await ProblemLibrary.AddAsync(db, Tenants.Default, problem, store.Now, context.RequestAborted);
            });
        return Reply(problems, validateOnly ? StatusCodes.Status200OK : StatusCodes.Status201Created, context);
    }

    private static async Task<(IReadOnlyList<Problem>? Problems, Refusal? Refusal)> ReadAsync(
        HttpRequest request,
        ProblemFormat? format,
        ProblemLibrary library,
        FaultList faults
    )
    {
        if (request.HasFormContentType)
            return await ReadFormAsync(request, format, faults);
        if (format is not null)
            return (format.Read(await request.ReadBytesAsync(), null, "", faults), null);
        var (body, refusal) = await request.ReadJsonAsync();
        if (body is null)
            return (null, refusal);
        using (body)
            return (library.Read(body.RootElement, "", faults) is { } problem ? [problem] : null, null);
    }

    private static async Task<(IReadOnlyList<Problem>? Problems, Refusal? Refusal)> ReadFormAsync(
        HttpRequest request,
        ProblemFormat? format,
        FaultList faults
    )
    {
        if (format is null)
            return (null, Refusal.Of(FaultCode.BadQuery, null, "A form of files needs ?format= to say what they are."));
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return (null, Refusal.BadHttp(400, "The form ends before its last boundary."));
        }
        foreach (
            var unknown in form
                .Keys.Where(k => k != "settings")
                .Concat(form.Files.Select(f => f.Name).Where(n => n != "file"))
        )
            faults.Add(
                FaultCode.UnknownMember,
                StrictJson.Append("", unknown),
                "Expected the parts \"file\" and \"settings\"."
            );
        if (form.Files.Count is 0 or > MaxFiles)
            faults.Add(
                form.Files.Count == 0 ? FaultCode.MissingMember : FaultCode.OverLimit,
                "/file",
                $"Expected 1 to {MaxFiles} parts named \"file\", got {form.Files.Count}.",
                form.Files.Count,
                MaxFiles
            );
        using var settings = form.TryGetValue("settings", out var text)
            ? StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(text.ToString()), faults)
            : null;
        if (!faults.IsEmpty)
            return (null, null);

        var problems = new List<Problem>();
        foreach (var file in form.Files)
        {
            var content = new MemoryStream();
            await file.CopyToAsync(content, request.HttpContext.RequestAborted);
            var read = format.Read(
                content.GetBuffer().AsMemory(0, (int)content.Length),
                settings?.RootElement,
                "/settings",
                faults
            );
            if (read is null)
                return (null, null);
            problems.AddRange(read);
        }
        return (problems, null);
    }

    private static IResult Reply(IReadOnlyList<Problem> problems, int status, HttpContext context)
    {
        ProblemReply[] replies = [.. problems.Select(p => new ProblemReply(p.Id, p.Family.Id, p.Summary))];
        if (replies is [var only])
        {
            if (status == StatusCodes.Status201Created)
                context.Response.Headers.Location = $"/v1/problems/{only.Id}";
            return Results.Json(only, StrictJson.Options, statusCode: status);
        }
        return Results.Json(new ProblemReplies(replies), StrictJson.Options, statusCode: status);
    }
}

/// <summary>What a file with several problems became.</summary>
public sealed record ProblemReplies(IReadOnlyList<ProblemReply> Items);
