using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>Compiles native modules into the cache folder; takes about ten CPU seconds, once per machine.</summary>
internal static class Compilation
{
    public static int Run(string cacheDirectory)
    {
        Directory.CreateDirectory(cacheDirectory);
        QSharpModule.Compile(cacheDirectory);
        return 0;
    }
}
