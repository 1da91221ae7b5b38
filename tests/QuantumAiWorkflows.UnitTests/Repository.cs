namespace QuantumAiWorkflows.UnitTests;

internal static class Repository
{
    /// <summary>The folder of QuantumAiWorkflows.sln, above the tests' own output.</summary>
    public static string Folder { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "QuantumAiWorkflows.sln"))
            ? folder
            : Above(
                Path.GetDirectoryName(folder)
                    ?? throw new DirectoryNotFoundException("No folder above the tests holds QuantumAiWorkflows.sln.")
            );
}
