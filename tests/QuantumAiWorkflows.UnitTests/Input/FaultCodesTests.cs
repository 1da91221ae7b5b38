using System.Reflection;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Input;

/// <summary>docs/errors.md is a promise to clients: its list of fault codes is the code's, no more and no less.</summary>
public sealed class FaultCodesTests
{
    [Fact]
    public void Every_fault_code_is_documented_with_its_status_and_no_other_is()
    {
        Documented().Should().Equal(Enum.GetValues<FaultCode>().Select(code => (WireName(code), StatusOf(code))));
    }

    private static string StatusOf(FaultCode code)
    {
        var faults = new FaultList();
        faults.Add(new Fault(code, "Something is wrong."));
        return faults.HasSchemaFault ? "400" : "422";
    }

    private static string WireName(FaultCode code) =>
        typeof(FaultCode).GetField(code.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;

    /// <summary>The rows of the section's table: <c>| `code` | status | ...</c>.</summary>
    private static IEnumerable<(string Code, string Status)> Documented()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "errors.md"));
        var section = text.Split("\n## ").Single(s => s.StartsWith("Fault codes", StringComparison.Ordinal));
        return section
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2]));
    }
}
