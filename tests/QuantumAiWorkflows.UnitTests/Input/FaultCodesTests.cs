using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Input;

/// <summary>docs/errors.md is a promise to clients: its list of fault codes is the code's, no more and no less.</summary>
public sealed partial class FaultCodesTests
{
    [Fact]
    public void Every_fault_code_is_documented_with_its_status_and_no_other_is()
    {
        var documented = Documented().Select(row => (row.Groups["code"].Value, row.Groups["status"].Value));

        documented.Should().Equal(Enum.GetValues<FaultCode>().Select(code => (WireName(code), StatusOf(code))));
    }

    private static string StatusOf(FaultCode code)
    {
        var faults = new FaultList();
        faults.Add(new Fault(code, "Something is wrong."));
        return faults.HasSchemaFault ? "400" : "422";
    }

    private static string WireName(FaultCode code) =>
        typeof(FaultCode).GetField(code.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;

    private static MatchCollection Documented()
    {
        var text = File.ReadAllText(Path.Combine(DataSets.SolutionFolder(), "docs", "errors.md"));
        var section = text.Split("\n## ").Single(s => s.StartsWith("Fault codes", StringComparison.Ordinal));
        return Row().Matches(section);
    }

    [GeneratedRegex(@"^\| `(?<code>\w+)` \| (?<status>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
