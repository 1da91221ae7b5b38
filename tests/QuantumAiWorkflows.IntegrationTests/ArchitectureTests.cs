using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Gateway.Work;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>Dependencies point one way; read from the assemblies as they were built.</summary>
public sealed class ArchitectureTests
{
    private const string Ours = "QuantumAiWorkflows.";

    /// <summary>The solver host's output holds every assembly that solves; the gateway's lies beside it.</summary>
    private static readonly string HostFolder = Path.GetDirectoryName(SolverHostLocation.Path)!;

    private static readonly string GatewayFolder = FolderOf("Gateway");

    private static readonly string CliFolder = FolderOf("Cli");

    [Fact]
    public void The_domain_knows_nothing_but_the_runtime_numerics_and_a_writer_of_csv()
    {
        References(HostFolder, "Core")
            .Should()
            .OnlyContain(name =>
                name.StartsWith("System.", StringComparison.Ordinal)
                || name == "MathNet.Numerics"
                || name == "CsvHelper"
            );
    }

    [Fact]
    public void Classical_and_quantum_solvers_never_see_each_other()
    {
        OwnReferences(HostFolder, "Solvers").Should().Equal("Core");
        OwnReferences(HostFolder, "Quantum").Should().Equal("Core");
        References(HostFolder, "Solvers").Should().Contain("Google.OrTools").And.NotContain("Wasmtime.Dotnet");
        References(HostFolder, "Quantum").Should().Contain("Wasmtime.Dotnet").And.NotContain("Google.OrTools");
    }

    [Fact]
    public void Only_the_solver_host_sees_all_solvers()
    {
        OwnReferences(HostFolder, "SolverHost").Should().BeEquivalentTo("Core", "Solvers", "Quantum", "Learning");
        OwnReferences(GatewayFolder, "Gateway").Should().Equal("Core");
    }

    [Fact]
    public void Models_are_trained_without_sight_of_a_solver_and_nowhere_else()
    {
        OwnReferences(HostFolder, "Learning").Should().Equal("Core");
        References(HostFolder, "Learning").Should().Contain("Microsoft.ML.Core");
        foreach (var project in new[] { "Core", "Solvers", "Quantum", "SolverHost" })
            References(HostFolder, project)
                .Should()
                .NotContain(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal));
    }

    [Fact]
    public void No_solver_can_be_loaded_into_the_gateway()
    {
        var libraries = JsonNode.Parse(
            File.ReadAllText(Path.Combine(GatewayFolder, "QuantumAiWorkflows.Gateway.deps.json"))
        )!["libraries"]!
            .AsObject()
            .Select(library => library.Key.Split('/')[0])
            .ToList();
        libraries.Should().Contain("QuantumAiWorkflows.Core");
        libraries
            .Should()
            .NotContain(name =>
                name.StartsWith("Google.OrTools", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("Wasmtime", StringComparison.OrdinalIgnoreCase)
                || name == "QuantumAiWorkflows.Solvers"
                || name == "QuantumAiWorkflows.Quantum"
                || name == "QuantumAiWorkflows.Learning"
                || name.StartsWith("Microsoft.ML", StringComparison.OrdinalIgnoreCase)
            );
    }

    [Fact]
    public void The_command_line_speaks_HTTP_and_sees_no_other_project()
    {
        ReferencesOf(Path.Combine(CliFolder, "qaiw.dll"))
            .Should()
            .OnlyContain(name =>
                name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("Spectre.Console", StringComparison.Ordinal)
                || name == "Microsoft.Win32.Primitives" // of the runtime: why a process could not be started
            )
            .And.Contain("System.Net.Http");
        Directory.EnumerateFiles(CliFolder, $"{Ours}*.dll").Should().BeEmpty("nothing of ours lies beside it");
    }

    private static string FolderOf(string project) =>
        HostFolder.Replace("QuantumAiWorkflows.SolverHost", Ours + project, StringComparison.Ordinal);

    private static IEnumerable<string> OwnReferences(string folder, string project) =>
        References(folder, project)
            .Where(name => name.StartsWith(Ours, StringComparison.Ordinal))
            .Select(name => name[Ours.Length..]);

    private static List<string> References(string folder, string project) =>
        ReferencesOf(Path.Combine(folder, $"{Ours}{project}.dll"));

    private static List<string> ReferencesOf(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
