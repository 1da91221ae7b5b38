using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Calibration;

/// <summary>A published instance: one entry of the data sets' index.json.</summary>
/// <param name="Family">The data sets' own name of a family ("cvrp", "nurse"), which is the name of a folder.</param>
/// <param name="File">Relative to <see cref="Folder"/>.</param>
/// <param name="Size">In the words of the index ("10 x 5"); null where it does not say.</param>
/// <param name="Solution">The file of its published plan, relative to <see cref="Folder"/>; null for none.</param>
internal sealed record Published(
    string Family,
    string Name,
    string File,
    double BestKnown,
    bool IsProven,
    string? Size,
    string? Solution,
    bool Maximizes
)
{
    /// <summary>Where QAIW_DATA_SETS says, or shared/data beside the folder of the solution.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(
            Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data",
            Above(AppContext.BaseDirectory)
        );

    /// <summary>Those whose name begins with one of <paramref name="only"/>, or all, in the order of the index.</summary>
    /// <exception cref="FileNotFoundException">There are no data sets.</exception>
    public static IReadOnlyList<Published> Of(IReadOnlyCollection<string> families, IReadOnlyCollection<string> only)
    {
        using var index = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Folder, "index.json")));
        return
        [
            .. index
                .RootElement.GetProperty("instances")
                .EnumerateArray()
                .Where(i => families.Contains(i.GetProperty("family").GetString()!))
                .Select(i => new Published(
                    i.GetProperty("family").GetString()!,
                    i.GetProperty("instance").GetString()!,
                    i.GetProperty("file").GetString()!,
                    i.GetProperty("best_known").GetDouble(),
                    i.GetProperty("proven_optimal").ValueKind == JsonValueKind.True,
                    i.TryGetProperty("size", out var size) ? size.EnumerateObject().First().Value.ToString() : null,
                    i.TryGetProperty("solution_file", out var plan) ? plan.GetString() : null,
                    i.TryGetProperty("sense", out var sense) && sense.ValueEquals("max")
                ))
                .Where(i => only.Count == 0 || only.Any(o => i.Name.StartsWith(o, StringComparison.Ordinal))),
        ];
    }

    /// <exception cref="InvalidDataException">It does not read; the message is the first fault.</exception>
    public Problem Read()
    {
        var faults = new FaultList();
        return ProblemFormats.Find(Format)!.Read(Content(File), Settings, "", faults) is [var problem]
            ? problem
            : throw new InvalidDataException($"{File}: {faults.Items[0].Detail}");
    }

    /// <summary>
    /// Files of QUBOs have no line for the sense; in one of them it is not the format's usual one. Sets of the TSPLIB age name the fleet that their optima are for ("-k4"), and the files have no line for it; a larger
    /// fleet may do better. In the X set the number is the least that can do, and the fleet is free.
    /// </summary>
    private JsonElement? Settings =>
        Family is "qubo" or "qubo-derived" or "maxcut"
            ? JsonSerializer.SerializeToElement(
                new Dictionary<string, string> { ["sense"] = Maximizes ? "maximize" : "minimize" }
            )
        : Family == "cvrp"
        && Name.Split('-') is ["A" or "B" or "E" or "F" or "M" or "P" or "XSH", _, ['k', .. var vehicles], ..]
            ? JsonSerializer.SerializeToElement(
                new Dictionary<string, int> { ["vehicles"] = int.Parse(vehicles, CultureInfo.InvariantCulture) }
            )
        : null;

    public static byte[] Content(string file) => System.IO.File.ReadAllBytes(Path.Combine(Folder, file));

    private string Format =>
        Family switch
        {
            "tsp" or "tsp-derived" => "tsplib",
            "qubo" or "qubo-derived" => "biqmac",
            "maxcut" => "gset",
            "vrptw" when Path.GetExtension(File) == ".txt" => "solomon",
            "cvrp" or "vrptw" => "cvrplib",
            "flexible-jobshop" => "fjsp",
            "rcpsp" => "psplib",
            "nurse" => "roster",
            _ => Family,
        };

    private static string Above(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "QuantumAiWorkflows.sln"))
            ? folder
            : Above(Path.GetDirectoryName(folder)!);
}
