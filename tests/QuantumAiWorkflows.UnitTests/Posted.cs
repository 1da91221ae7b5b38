using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests;

/// <summary>Reads text as the service reads a body.</summary>
public static class Posted
{
    public static FaultList Faults(string json, string pointer = "/problem")
    {
        var faults = new FaultList();
        _ = Read(json, pointer, faults);
        return faults;
    }

    /// <summary>A qubo from its members: family is added.</summary>
    public static QuboProblem Qubo(string members)
    {
        var faults = new FaultList();
        var problem = Read($$"""{"family":"qubo",{{members}}}""", "/problem", faults);
        faults.Items.Should().BeEmpty();
        return (QuboProblem)problem!;
    }

    public static Problem? Read(string json, string pointer, FaultList faults)
    {
        using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(json), faults);
        return document is null ? null : ProblemFamily.ReadAny(document.RootElement, pointer, faults);
    }

    /// <summary>From its own canonical bytes, as a solver's process reads it.</summary>
    public static Problem Again(Problem problem)
    {
        using var document = JsonDocument.Parse(problem.CanonicalBytes);
        return ProblemFamily.ReadAnyCanonical(document.RootElement);
    }
}
