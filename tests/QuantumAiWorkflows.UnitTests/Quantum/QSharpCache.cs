using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum;

/// <summary>The native Q# module for tests, compiled once per machine into the artifacts folder.</summary>
public static class QSharpCache
{
    private static readonly Lazy<string> Compiled = new(() =>
    {
        var folder = Path.Combine(Repository.Folder, "artifacts", "qsharp-cache");
        QSharpModule.Compile(folder);
        return folder;
    });

    /// <summary>Skips the test where the module is absent; on the build server, where it never may be, fails it.</summary>
    public static string Folder
    {
        get
        {
            if (QSharpToolchain.Availability(null) is QSharpAvailability.Missing missing)
            {
                Environment.GetEnvironmentVariable("QAIW_CI").Should().NotBe("1", missing.Reason);
                Assert.Skip(missing.Reason);
            }
            return Compiled.Value;
        }
    }

    public static SolveContext Context(long seed = 1, SolveBudget? budget = null) =>
        new(budget ?? new SolveBudget(), seed) { CacheDirectory = Folder };
}
