using System.Collections.Concurrent;
using System.Security.Cryptography;
using Wasmtime;

namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>
/// Native code of the Q# module, kept in a cache folder: Cranelift needs about 10 CPU seconds to make it, loading it
/// back takes milliseconds. Its file name says the engine, the module and the code's own digest, so a file for another
/// engine or with other content than it should have is never used.
/// </summary>
/// <remarks>The folder must belong to this program alone: Wasmtime runs what it finds there.</remarks>
public static class QSharpModule
{
    private static readonly string EngineVersion = typeof(Engine).Assembly.GetName().Version!.ToString(3);

    // Hashing 19 MB takes longer than loading them, so a file is checked once per process.
    private static readonly ConcurrentDictionary<string, bool> Checked = new(StringComparer.Ordinal);

    /// <summary>True when the folder has good native code, and <see cref="Compile"/> nothing to do.</summary>
    public static bool IsReady(string cacheDirectory) => Find(cacheDirectory) is not null;

    /// <summary>Makes the native code unless it is there. Slow, and safe to run in several processes at once.</summary>
    /// <exception cref="QSharpModuleException">There is no module, or it is not WebAssembly.</exception>
    public static void Compile(string cacheDirectory)
    {
        if (!File.Exists(QSharpToolchain.ModulePath))
            throw new QSharpModuleException("There is no Q# module beside the program.");
        if (IsReady(cacheDirectory))
            return;

        using var engine = CreateEngine();
        using var module = Translate(engine);
        var code = module.Serialize();

        // Readers see either no file or a whole one: a rename within a folder is atomic.
        Directory.CreateDirectory(cacheDirectory);
        var path = Path.Combine(cacheDirectory, $"{Prefix()}{Digest(code)}.cwasm");
        var unfinished = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        File.WriteAllBytes(unfinished, code);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>
    /// Loads the native code into an engine of its own, so that interrupting one instance leaves the others alone.
    /// </summary>
    /// <exception cref="QSharpModuleException">There is no good native code in the folder.</exception>
    internal static (Engine Engine, Module Module) Load(string cacheDirectory)
    {
        var path =
            Find(cacheDirectory)
            ?? throw new QSharpModuleException("The Q# module has not been compiled for this machine yet.");
        var engine = CreateEngine();
        try
        {
            return (engine, Module.DeserializeFile(engine, "qsc", path));
        }
        catch (WasmtimeException e)
        {
            // Whole, but for another CPU: a cache folder that moved between machines. Without it, it is made anew.
            engine.Dispose();
            Checked.TryRemove(path, out _);
            File.Delete(path);
            throw new QSharpModuleException("The compiled Q# module is not for this machine.", e);
        }
    }

    /// <summary>A file with the right name and content; files with other content are deleted on the way.</summary>
    private static string? Find(string cacheDirectory)
    {
        if (!File.Exists(QSharpToolchain.ModulePath) || !Directory.Exists(cacheDirectory))
            return null;
        var prefix = Prefix();
        foreach (var path in Directory.GetFiles(cacheDirectory, $"{prefix}*.cwasm").Order(StringComparer.Ordinal))
        {
            if (Checked.ContainsKey(path) && File.Exists(path))
                return path;
            if (Path.GetFileNameWithoutExtension(path)[prefix.Length..] == Digest(File.ReadAllBytes(path)))
            {
                Checked[path] = true;
                return path;
            }
            File.Delete(path);
        }
        return null;
    }

    private static string Prefix() => $"qsharp-{QSharpToolchain.ModuleHash[..16]}-wasmtime-{EngineVersion}-";

    private static string Digest(byte[] code) => Convert.ToHexStringLower(SHA256.HashData(code))[..32];

    private static Engine CreateEngine() =>
        new(new Config().WithEpochInterruption(true).WithOptimizationLevel(OptimizationLevel.Speed));

    private static Module Translate(Engine engine)
    {
        try
        {
            return Module.FromFile(engine, QSharpToolchain.ModulePath);
        }
        catch (WasmtimeException e)
        {
            throw new QSharpModuleException("The Q# module is not WebAssembly that this engine can run.", e);
        }
    }
}
