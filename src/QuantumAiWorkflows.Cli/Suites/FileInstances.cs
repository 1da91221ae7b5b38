using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;
using QuantumAiWorkflows.Cli.Problems;

namespace QuantumAiWorkflows.Cli.Suites;

/// <summary>
/// The instances of a suite that come from files: <c>{"file": {"path", "format", "family"?, "settings"?, "reference"?:
/// {"index"}}}</c>. The server reads no files, so they are uploaded and replaced by their <c>problemId</c>.
/// </summary>
internal sealed class FileInstances
{
    private static readonly string[] Members = ["path", "format", "family", "settings", "reference"];

    /// <summary>Bytes of a file: four times what a server takes in a body by default.</summary>
    private const long LargestFile = 1 << 28;

    private readonly IReadOnlyList<FileInstance> _all;

    private FileInstances(IReadOnlyList<FileInstance> all, string? absence) => (_all, Absence) = (all, absence);

    /// <summary>Why the suite cannot run here: its data are absent. Null when every file is there.</summary>
    public string? Absence { get; }

    /// <summary>Reads every file and its reference; nothing is sent yet.</summary>
    /// <exception cref="StopException">An entry has faults, all of them listed, or a file that should be there is not.</exception>
    public static async Task<FileInstances> ReadAsync(
        JsonObject suite,
        DataFolders folders,
        CancellationToken cancellation
    )
    {
        var found = new List<FileInstance>();
        var faults = new List<string>();
        string? absence = null;
        var indices = new Dictionary<string, ReferenceIndex>(StringComparer.Ordinal);
        var instances = suite["instances"] as JsonArray ?? [];
        for (var i = 0; i < instances.Count; i++)
        {
            if (instances[i] is not JsonObject instance || instance["file"] is not { } file)
                continue;
            var before = faults.Count;
            Check(instance, file, $"/instances/{i}", faults);
            if (faults.Count > before)
                continue;
            var path = file["path"]!.GetValue<string>();
            foreach (var (member, named) in Named(file))
                if (!DataFolders.IsWithin(named))
                    faults.Add(
                        $"/instances/{i}/file/{member}: {named} leads out of the suite's folder and the data folder; expected a relative path without \"..\"."
                    );
                else if (folders.IsOnlyALink(named))
                    faults.Add(
                        $"/instances/{i}/file/{member}: {named} is a symbolic link, or leads through one; to follow it, name its folder by --data."
                    );
            if (faults.Count > before)
                continue;
            if (folders.FolderOf(path) is not { } folder)
            {
                if (folders.Absence is null)
                    faults.Add($"/instances/{i}/file/path: {path} is neither beside the suite nor in the data folder.");
                absence ??= folders.Absence;
                continue;
            }
            if (new FileInfo(Path.Combine(folder, path)).Length is var bytes and > LargestFile)
            {
                faults.Add(
                    FormattableString.Invariant(
                        $"/instances/{i}/file/path: {path} has {bytes} bytes, expected at most {LargestFile}."
                    )
                );
                continue;
            }
            var content = await Files.ReadBytesAsync(Path.Combine(folder, path), cancellation);
            KnownValue? known = null;
            if (file["reference"]?["index"]?.GetValue<string>() is { } index)
            {
                // Beside the data, or beside the suite where that has the file itself.
                var indexPath = Path.Combine(folders.FolderOf(index) ?? folder, index);
                if (!indices.TryGetValue(indexPath, out var read))
                    indices[indexPath] = read = await ReferenceIndex.ReadAsync(indexPath, cancellation);
                known = read.Of(path, content);
            }
            found.Add(new(instance, file.AsObject(), path, content, known));
        }
        return faults.Count > 0
            ? throw StopException.Usage("The suite's files have faults:", faults)
            : new(found, absence);
    }

    /// <summary>Uploads them and puts problem ids and references into the suite.</summary>
    public async Task UploadAsync(Server server, CancellationToken cancellation)
    {
        foreach (var (instance, file, path, content, known) in _all)
        {
            var ids = await ProblemFiles.UploadAsync(
                server,
                new ProblemFile(path, content, file["format"]!.GetValue<string>())
                {
                    Family = file["family"]?.GetValue<string>(),
                    Settings = file["settings"] as JsonObject,
                },
                validateOnly: false,
                cancellation
            );
            if (ids is not [var only])
                throw StopException.Usage($"{path} holds {ids.Count} problems; an instance is one.");
            if (known is not null)
            {
                await CheckSenseAsync(server, path, only.Id, known, cancellation);
                instance["reference"] = known.Reference.DeepClone();
            }
            instance.Remove("file");
            instance["problemId"] = only.Id;
        }
    }

    /// <summary>A best value of the negated function would make every answer look perfect, or hopeless.</summary>
    private static async Task CheckSenseAsync(
        Server server,
        string path,
        string id,
        KnownValue known,
        CancellationToken cancellation
    )
    {
        if (known.Sense is null)
            return;
        var problem = await server.GetAsync($"/v1/problems/{id}", $"to show the problem of {path}", cancellation);
        if (problem["sense"]?.GetValue<string>() is { } sense && sense != known.Sense)
            throw StopException.Usage(
                $"The index has the value of {path} to {known.Sense}, and it was read to {sense}: give the entry \"settings\": {{\"sense\": \"{known.Sense}\"}}."
            );
    }

    private static IEnumerable<(string Member, string Path)> Named(JsonNode file)
    {
        yield return ("path", file["path"]!.GetValue<string>());
        if (file["reference"]?["index"]?.GetValue<string>() is { } index)
            yield return ("reference/index", index);
    }

    private static void Check(JsonObject instance, JsonNode file, string at, List<string> faults)
    {
        if (file is not JsonObject entry)
        {
            faults.Add($"{at}/file: expected an object with path and format.");
            return;
        }
        foreach (var (name, _) in entry.Where(m => !Members.Contains(m.Key)))
            faults.Add($"{at}/file/{name}: unknown member; known are {string.Join(", ", Members)}.");
        foreach (var name in new[] { "path", "format" })
            if (entry[name] is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length == 0)
                faults.Add($"{at}/file/{name}: expected a text that is not empty.");
        if (entry["family"] is { } family && (family is not JsonValue word || !word.TryGetValue<string>(out _)))
            faults.Add($"{at}/file/family: expected a text.");
        if (entry["settings"] is { } settings && settings is not JsonObject)
            faults.Add($"{at}/file/settings: expected an object.");
        if (entry["reference"] is { } reference)
        {
            if (
                reference is not JsonObject { Count: 1 }
                || reference["index"] is not JsonValue index
                || !index.TryGetValue<string>(out _)
            )
                faults.Add(
                    $"{at}/file/reference: expected {{\"index\": a path}}, the file with the best known values."
                );
            if (instance["reference"] is not null)
                faults.Add($"{at}/reference: the file's index has one, too; give one of them.");
        }
    }

    private sealed record FileInstance(
        JsonObject Instance,
        JsonObject File,
        string Path,
        byte[] Content,
        KnownValue? Known
    );
}
