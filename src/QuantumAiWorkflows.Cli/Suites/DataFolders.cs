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

    /// <summary>Whether the user said so: a folder beside a checkout may have come with it.</summary>
    private readonly bool _isNamed =
        given is not null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

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
    /// The folder that holds <paramref name="path"/>; null when none does. Symbolic links are followed only in a folder that
    /// the user has named, which may be linked together from anywhere: any other may be somebody else's, as the suite may.
    /// </summary>
    public string? FolderOf(string path) =>
        Holds(suiteFolder, path) && !IsLink(suiteFolder, path) ? suiteFolder
        : Holds(_data, path) && (_isNamed || !IsLink(_data!, path)) ? _data
        : null;

    /// <summary>Whether all there is of this name are links that are not followed.</summary>
    public bool IsOnlyALink(string path) => FolderOf(path) is null && (Holds(suiteFolder, path) || Holds(_data, path));

    private static bool Holds(string? folder, string path) =>
        !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, path));

    /// <summary>Whether the path is a link below the folder, or leads through one.</summary>
    private static bool IsLink(string folder, string path)
    {
        foreach (var part in path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            folder = Path.Combine(folder, part);
            if (new FileInfo(folder).LinkTarget is not null)
                return true;
        }
        return false;
    }
}
