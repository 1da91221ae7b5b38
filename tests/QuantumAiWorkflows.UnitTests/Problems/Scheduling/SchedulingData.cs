using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Problems.Scheduling;

/// <summary>Published instances of the folders jobshop, flexible-jobshop and rcpsp.</summary>
internal static class SchedulingData
{
    /// <param name="Size">As index.json has it: "10 x 5", or the number of jobs.</param>
    public sealed record Instance(string Name, string Path, string Format, long BestKnown, bool IsProven, string Size)
    {
        public SchedulingProblem Read()
        {
            var faults = new FaultList();
            var problem = Imported.Read(Format, File.ReadAllText(Path), faults);
            faults.Items.Should().BeEmpty();
            return problem!;
        }
    }

    /// <summary>Skips the running test when the data are not there.</summary>
    public static IReadOnlyList<Instance> Of(string folder)
    {
        Assert.SkipUnless(Directory.Exists(DataSets.Folder), $"no data sets: {DataSets.Folder} is absent");
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(DataSets.Folder, "index.json")));
        var format = folder switch
        {
            "jobshop" => "jobshop",
            "flexible-jobshop" => "fjsp",
            _ => "psplib",
        };
        return
        [
            .. index
                .RootElement.GetProperty("instances")
                .EnumerateArray()
                .Where(i => i.GetProperty("family").ValueEquals(folder))
                .Select(i => new Instance(
                    i.GetProperty("instance").GetString()!,
                    Path.Combine(DataSets.Folder, i.GetProperty("file").GetString()!),
                    format,
                    i.GetProperty("best_known").GetInt64(),
                    i.GetProperty("proven_optimal").GetBoolean(),
                    i.GetProperty("size").EnumerateObject().First().Value.ToString()
                )),
        ];
    }

    public static Instance Named(string folder, string name) => Of(folder).Single(i => i.Name == name);
}

internal static class Imported
{
    public static SchedulingProblem? Read(string format, string text, FaultList faults) =>
        (SchedulingProblem?)
            ProblemFormats.Find(format)!.Read(Encoding.UTF8.GetBytes(text), null, "/settings", faults)?.Single();
}
