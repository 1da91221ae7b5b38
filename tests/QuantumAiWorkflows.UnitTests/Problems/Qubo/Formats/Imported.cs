using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Formats;

internal static class Imported
{
    public static QuboProblem Qubo(string format, string text, string? settings = null)
    {
        var faults = new FaultList();
        var problem = Read(format, text, settings, faults);
        faults.Items.Should().BeEmpty();
        return problem!;
    }

    public static QuboProblem? Read(string format, string text, string? settings, FaultList faults)
    {
        using var document = JsonDocument.Parse(settings ?? "null");
        var problems = ProblemFormats
            .Find(format)!
            .Read(Encoding.UTF8.GetBytes(text), document.RootElement, "/settings", faults);
        return (QuboProblem?)problems?.Single();
    }

    public static string Written(string format, QuboProblem problem)
    {
        var faults = new FaultList();
        var text = ProblemFormats.Find(format)!.Write(problem, faults);
        faults.Items.Should().BeEmpty();
        return text!;
    }
}
