namespace QuantumAiWorkflows.Cli.Suites;

/// <summary>
/// Where the files of a suite are: beside the suite, then in <c>--data</c> or, without it, in QAIW_DATA_SETS.
/// </summary>
internal sealed class DataFolders(string suiteFolder, string? given)
{
    public const string Variable = "QAIW_DATA_SETS";

    private readonly string? _data = given ?? Environment.GetEnvironmentVariable(Variable);

    /// <summary>Why the data are absent; null when their folder is there, whatever it holds.</summary>
    public string? Absence =>
        string.IsNullOrEmpty(_data) ? $"there is no data folder (--data or {Variable} names one)"
        : !Directory.Exists(_data) ? $"the data folder {_data} is absent"
        : null;

    /// <summary>The folder that holds <paramref name="path"/>; null when none does.</summary>
    public string? FolderOf(string path) =>
        new[] { suiteFolder, _data }.FirstOrDefault(f =>
            !string.IsNullOrEmpty(f) && File.Exists(Path.Combine(f, path))
        );
}
