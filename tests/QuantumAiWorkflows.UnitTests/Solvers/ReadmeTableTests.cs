using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class ReadmeTableTests
{
    [Fact]
    public void The_table_of_solvers_has_the_paradigms_that_the_solvers_say()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Folder, "README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
        foreach (var row in rows)
        foreach (var id in row[1].Replace("`", "", StringComparison.Ordinal).Split(", "))
            if (
                row[2] is "classical" or "quantum-inspired"
                && Registered.All.SingleOrDefault(s => s.Info.Id == id) is { } solver
            )
                (solver.Info.Paradigm == Paradigm.Classical).Should().Be(row[2] == "classical", $"of {id}");
    }
}
