using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing.Formats;

internal static class RoutingText
{
    public static RoutingProblem Read(string format, string text, string? settings = null)
    {
        var faults = new FaultList();
        var problem = TryRead(format, Encoding.UTF8.GetBytes(text), settings, faults);
        faults.Items.Should().BeEmpty();
        return problem!;
    }

    public static RoutingProblem? TryRead(string format, byte[] content, string? settings, FaultList faults)
    {
        using var document = JsonDocument.Parse(settings ?? "null");
        var problems = ProblemFormats.Find(format)!.Read(content, document.RootElement, "/settings", faults);
        return (RoutingProblem?)problems?.Single();
    }

    public static string Written(string format, RoutingProblem problem)
    {
        var faults = new FaultList();
        var text = ProblemFormats.Find(format)!.Write(problem, faults);
        faults.Items.Should().BeEmpty();
        return text!;
    }

    /// <summary>By its ending and folder, as the data sets have them.</summary>
    public static string FormatOf(string path) =>
        Path.GetExtension(path) switch
        {
            ".tsp" => "tsplib",
            ".vrp" => "cvrplib",
            _ => "solomon",
        };
}
