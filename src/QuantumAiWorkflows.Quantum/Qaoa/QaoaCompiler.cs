using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Compiles the Q# circuit of an Ising model to QIR, once per model and number of layers: kept in memory and as files,
/// under the hash of everything that the result depends on (sources, toolchain, model, shape).
/// </summary>
internal static class QaoaCompiler
{
    /// <summary>A circuit of 22 qubits and 16 layers has 4400 gates, about 100 KB; 64 of them are nothing.</summary>
    private const int MemoryCapacity = 64;

    private const string DigestPrefix = "; sha256 ";

    private static readonly ConcurrentDictionary<string, QaoaCircuit> Memory = new(StringComparer.Ordinal);

    /// <param name="cacheDirectory">Has the native code of the toolchain; QIR goes to its folder <c>qir</c>.</param>
    /// <param name="isOver">True interrupts a compilation.</param>
    /// <param name="keepsFile">False keeps it in memory alone, so that sub-problems by the thousand leave no files.</param>
    /// <returns>The circuit, and whether it came from a cache.</returns>
    /// <exception cref="QSharpInterruptedException"/>
    public static (QaoaCircuit Circuit, bool IsCached) Compile(
        QaoaExpressions expressions,
        int layers,
        string cacheDirectory,
        Func<bool> isOver,
        bool keepsFile = true
    )
    {
        var shape = expressions.Shape(layers);
        var program = QSharpProgram.ForQir(expressions.Template(shape));
        var key = Key(program);
        if (Memory.TryGetValue(key, out var known))
            return (known, true);

        var (circuit, _, isCached) = Load(program, shape, key, cacheDirectory, isOver, keepsFile);
        if (Memory.Count >= MemoryCapacity)
            Memory.Clear();
        Memory[key] = circuit;
        return (circuit, isCached);
    }

    /// <summary>The circuit with the text that the compiler made of it, every angle 1.</summary>
    /// <inheritdoc cref="Compile"/>
    public static (QaoaCircuit Circuit, string Qir) CompileToText(
        QaoaExpressions expressions,
        int layers,
        string cacheDirectory,
        Func<bool> isOver
    )
    {
        var shape = expressions.Shape(layers);
        var program = QSharpProgram.ForQir(expressions.Template(shape));
        var (circuit, qir, _) = Load(program, shape, Key(program), cacheDirectory, isOver);
        return (circuit, qir);
    }

    /// <summary>From the file; made anew and kept there when it has none, or none that is good.</summary>
    private static (QaoaCircuit Circuit, string Qir, bool IsCached) Load(
        QSharpProgram program,
        CircuitShape shape,
        string key,
        string cacheDirectory,
        Func<bool> isOver,
        bool keepsFile = true
    )
    {
        var path = Path.Combine(cacheDirectory, "qir", $"{key}.ll");
        var stored = Read(path);
        var qir = stored ?? Translate(program, cacheDirectory, isOver);
        var circuit = QaoaCircuit.From(QirCircuit.Parse(qir), shape);
        if (stored is null && keepsFile)
            Write(path, qir);
        return (circuit, qir, stored is not null);
    }

    /// <summary>For tests of the files: what this process remembers would hide them.</summary>
    internal static void Forget() => Memory.Clear();

    private static string Translate(QSharpProgram program, string cacheDirectory, Func<bool> isOver)
    {
        // Compilation draws no random numbers; the stream is there because an instance has one.
        using var qsharp = new QSharpInstance(cacheDirectory, Xoshiro256.FromSeed(0, "qir"));
        return qsharp.CompileToQir(program, isOver);
    }

    private static string Key(QSharpProgram program)
    {
        var text = new StringBuilder(QSharpToolchain.ModuleHash);
        foreach (var (name, source) in program.Sources)
            text.Append('\n').Append(name).Append('\n').Append(source);
        return Digest(text.ToString());
    }

    /// <summary>Null when there is no file, or one that was cut short or altered.</summary>
    private static string? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        var end = text.LastIndexOf(DigestPrefix, StringComparison.Ordinal);
        return end >= 0 && text[(end + DigestPrefix.Length)..] == Digest(text[..end]) ? text[..end] : null;
    }

    private static void Write(string path, string qir)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        File.WriteAllText(unfinished, qir + DigestPrefix + Digest(qir));
        File.Move(unfinished, path, overwrite: true);
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
