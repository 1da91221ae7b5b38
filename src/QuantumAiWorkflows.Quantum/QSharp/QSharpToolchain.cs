using System.Security.Cryptography;

namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>Where the parts of Microsoft's Q# toolchain lie and whether they can be used.</summary>
public static class QSharpToolchain
{
    private static readonly Lazy<string> ModuleSha256 = new(() =>
    {
        using var file = File.OpenRead(ModulePath);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    });

    private static readonly Lazy<IReadOnlyList<QSharpSource>> OurSources = new(() =>
        [
            .. Directory
                .GetFiles(Folder, "*.qs")
                .Order(StringComparer.Ordinal)
                .Select(path => new QSharpSource(Path.GetFileName(path), File.ReadAllText(path))),
        ]
    );

    /// <summary>Microsoft's compiler and simulator as WebAssembly, put beside the program by the build.</summary>
    public static string ModulePath => Path.Combine(Folder, "qsc_wasm_bg.wasm");

    /// <summary>SHA-256 of the module, 64 hex digits: which compiler made a circuit.</summary>
    public static string ModuleHash => ModuleSha256.Value;

    /// <summary>The project's own Q# files, by name.</summary>
    public static IReadOnlyList<QSharpSource> Sources => OurSources.Value;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "qsharp");

    /// <param name="cacheDirectory">Where native code of the module is kept; null where there is no such folder.</param>
    public static QSharpAvailability Availability(string? cacheDirectory)
    {
        if (!File.Exists(ModulePath))
            return new QSharpAvailability.Missing(
                "The Q# module qsc_wasm_bg.wasm is not beside the program: npm was absent or failed when it was built; build again with npm and its registry within reach."
            );
        return cacheDirectory is not null && QSharpModule.IsReady(cacheDirectory)
            ? new QSharpAvailability.Available()
            : new QSharpAvailability.NotCompiledYet();
    }
}

/// <param name="Name">File name; without its extension it is the Q# namespace of what is inside.</param>
public sealed record QSharpSource(string Name, string Text);

/// <summary>Closed: the only cases are the ones nested here.</summary>
public abstract record QSharpAvailability
{
    private QSharpAvailability() { }

    public sealed record Available : QSharpAvailability;

    /// <summary>Cannot be used by this build.</summary>
    public sealed record Missing(string Reason) : QSharpAvailability;

    /// <summary>Usable once <see cref="QSharpModule.Compile"/> has been run for this cache folder.</summary>
    public sealed record NotCompiledYet : QSharpAvailability;
}
