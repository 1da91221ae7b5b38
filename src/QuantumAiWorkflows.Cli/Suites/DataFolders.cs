namespace QuantumAiWorkflows.Cli.Suites;

/// <summary>
/// Where the files of a suite are: beside the suite, then in <c>--data</c> or, without it, in QAIW_DATA_SETS. A suite of a
/// checkout has the public data beside the checkout for a default, and a relative QAIW_DATA_SETS begins at its root.
/// </summary>
internal sealed class DataFolders(string suiteFolder, string? given)
{
    public const string Variable = "QAIW_DATA_SETS";

    private const string RootFile = "QuantumAiWorkflows.sln";
    private const string BesideCheckout = "../shared/data";

    private readonly string? _data = given ?? DataSets(suiteFolder);

    /// <summary>Why the data are absent; null when their folder is there, whatever it holds.</summary>
    public string? Absence =>
        string.IsNullOrEmpty(_data) ? $"there is no data folder (--data or {Variable} names one)"
        : !Directory.Exists(_data) ? $"the data folder {_data} is absent"
        : null;

    private static string? DataSets(string suiteFolder)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var root = new DirectoryInfo(Path.GetFullPath(suiteFolder));
        while (root is not null && !File.Exists(Path.Combine(root.FullName, RootFile)))
            root = root.Parent;
        return root is null
            ? named
            : Path.GetFullPath(string.IsNullOrEmpty(named) ? BesideCheckout : named, root.FullName);
    }

    /// <summary>
    /// Whether a path of a suite leads to what lies in one of the folders: a suite may come from somebody else, and what it names is sent to a
    /// server.
    /// </summary>
    public static bool IsWithin(string path) =>
        !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    /// <summary>
    /// The folder that holds <paramref name="path"/>; null when none does. Beside a suite no symbolic link is followed: the
    /// folder may be somebody else's, too. The data folder is the user's own, and may be linked together from anywhere.
    /// </summary>
    public string? FolderOf(string path) =>
        IsBeside(path) && !IsLink(path) ? suiteFolder
        : !string.IsNullOrEmpty(_data) && File.Exists(Path.Combine(_data, path)) ? _data
        : null;

    /// <summary>Whether the only thing of this name is one that is not followed.</summary>
    public bool IsOnlyALink(string path) => IsBeside(path) && FolderOf(path) is null;

    private bool IsLink(string path) => Steps(path).Any(step => new FileInfo(step).LinkTarget is not null);

    private bool IsBeside(string path) => File.Exists(Path.Combine(suiteFolder, path));

    /// <summary>The folders on the way below the suite's own, then the file.</summary>
    private IEnumerable<string> Steps(string path)
    {
        var at = suiteFolder;
        foreach (var part in path.Split('/', '\\'))
            yield return at = Path.Combine(at, part);
    }
}
