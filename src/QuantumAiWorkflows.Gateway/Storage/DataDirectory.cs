namespace QuantumAiWorkflows.Gateway.Storage;

/// <summary>
/// The folder with database, logs and caches, held by one process at a time: SQLite and the leases of running jobs rely
/// on it. The lock is the operating system's, so a killed process leaves none behind.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    /// <exception cref="DataDirectoryInUseException">Another process holds the folder; the message says which.</exception>
    public DataDirectory(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
        var lockPath = System.IO.Path.Combine(Path, "qaiw.lock");
        var holderPath = System.IO.Path.Combine(Path, "qaiw.holder");
        try
        {
            _lock = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            var holder = File.Exists(holderPath) ? File.ReadAllText(holderPath).Trim() : "an unknown process";
            throw new DataDirectoryInUseException(
                $"The data directory {Path} is in use by {holder}. Choose another with Qaiw:DataDirectory.",
                e
            );
        }
        File.WriteAllText(holderPath, $"process {Environment.ProcessId} on {Environment.MachineName}\n");
    }

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "qaiw.db");

    public string LogDirectory => System.IO.Path.Combine(Path, "logs");

    /// <summary>Where native modules are kept that are compiled once per machine; null: with the data.</summary>
    public string? SharedCache { get; init; }

    public string CacheDirectory =>
        Directory.CreateDirectory(SharedCache ?? System.IO.Path.Combine(Path, "cache")).FullName;

    public void Dispose() => _lock.Dispose();
}

/// <summary>Another process holds the data directory.</summary>
internal sealed class DataDirectoryInUseException(string message, Exception inner) : IOException(message, inner);
