using System.Runtime.InteropServices;
using System.Text;
using QuantumAiWorkflows.Numerics;
using Wasmtime;

namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>
/// What the Q# module imports from JavaScript, in C#: wasm-bindgen's glue for the exports that
/// <see cref="QSharpInstance"/> calls. Import names end in a hash that changes with every release, so they are matched
/// without it, by name and number of parameters. That is unambiguous for the imports below; it would not be for
/// <c>new</c> and <c>set</c>, which only circuit drawings need and which are therefore not provided.
/// </summary>
internal sealed class JavaScriptImports(JavaScriptHeap heap, Xoshiro256 random)
{
    /// <summary>wasm-bindgen numbers its casts per module. In qsharp-lang 1.32.5-dev, which package.json pins, this makes a string.</summary>
    private const string StringCast = "__wbindgen_cast_0000000000000004/2";

    private Memory? _memory;
    private Function? _allocate;

    private delegate ValueBox Import(ReadOnlySpan<ValueBox> arguments);

    /// <summary>Set by a callback that threw: an exception must not cross the module's frames, so it waits here.</summary>
    public Exception? CallbackFailure { get; set; }

    /// <exception cref="QSharpModuleException">The module lacks an import that the glue was written for.</exception>
    public Instance Instantiate(Engine engine, Store store, Module module)
    {
        var provided = Table();
        var unused = provided.Keys.ToHashSet(StringComparer.Ordinal);
        using var linker = new Linker(engine);
        foreach (var import in module.Imports.OfType<FunctionImport>())
        {
            var key = $"{WithoutHash(import.Name)}/{import.Parameters.Count}";
            unused.Remove(key);
            var function =
                provided.GetValueOrDefault(key) ?? (_ => throw new QSharpModuleException($"{key} is not provided."));
            linker.Define(
                import.ModuleName,
                import.Name,
                Function.FromCallback(
                    store,
                    (Caller _, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results) =>
                    {
                        var result = function(arguments);
                        if (results.Length > 0)
                            results[0] = result;
                    },
                    [.. import.Parameters],
                    [.. import.Results]
                )
            );
        }
        if (unused.Count > 0)
            throw new QSharpModuleException($"The Q# module does not import {string.Join(", ", unused)}.");

        var instance = linker.Instantiate(store, module);
        _memory = instance.GetMemory("memory");
        _allocate = instance.GetFunction("__wbindgen_export");
        return instance;
    }

    public string ReadString(int address, int length) =>
        Encoding.UTF8.GetString(_memory!.GetSpan((uint)address, length));

    /// <summary>Copies a string into the module's memory; the callee frees it.</summary>
    public (int Address, int Length) WriteString(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var address = (int)_allocate!.Invoke(bytes.Length, 1)!;
        bytes.CopyTo(_memory!.GetSpan((uint)address, bytes.Length));
        return (address, bytes.Length);
    }

    /// <summary><c>__wbg_length_36bd29c6848c2144</c> is <c>length</c>; names without that prefix have no hash.</summary>
    private static string WithoutHash(string name) =>
        name.StartsWith("__wbg_", StringComparison.Ordinal) ? name["__wbg_".Length..name.LastIndexOf('_')] : name;

    private Dictionary<string, Import> Table() =>
        new(StringComparer.Ordinal)
        {
            ["__wbindgen_object_drop_ref/1"] = a =>
            {
                heap.Take(a[0].AsInt32());
                return default;
            },
            ["__wbindgen_object_clone_ref/1"] = a => heap.Add(At(a[0])),
            [StringCast] = a => heap.Add(ReadString(a[0].AsInt32(), a[1].AsInt32())),
            ["__wbindgen_is_function/1"] = a => Flag(At(a[0]) is Action<string>),
            ["__wbindgen_is_object/1"] = a =>
                Flag(At(a[0]) is Dictionary<string, object> or List<object> or JavaScriptHeap.Error),
            ["__wbindgen_is_undefined/1"] = a => Flag(At(a[0]) is null),
            // 0xFFFFFF is wasm-bindgen's "not a boolean".
            ["__wbindgen_boolean_get/1"] = a => At(a[0]) is bool value ? Flag(value) : 0xFFFFFF,
            ["__wbindgen_number_get/2"] = a =>
            {
                var number = At(a[1]) as double?;
                WriteResult(a[0], Flag(number.HasValue));
                _memory!.WriteDouble((uint)(a[0].AsInt32() + 8), number ?? 0);
                return default;
            },
            ["__wbindgen_string_get/2"] = a => WriteText(a[0], At(a[1]) as string),
            ["__wbindgen_in/2"] = a => Flag(At(a[0]) is string key && Object(a[1]).ContainsKey(key)),
            ["__wbindgen_throw/2"] = a => throw new QSharpModuleException(ReadString(a[0].AsInt32(), a[1].AsInt32())),
            ["isArray/1"] = a => Flag(At(a[0]) is List<object>),
            ["length/1"] = a => Array(a[0]).Count,
            // Array.from: a copy, of which only the items are read.
            ["from/1"] = a => heap.Add(new List<object>(Array(a[0]))),
            ["get_unchecked/2"] = a => heap.Add(Array(a[0])[a[1].AsInt32()]),
            ["get_with_ref_key/2"] = a => heap.Add(Member(a[0], (string)At(a[1])!)),
            // Two imports have this name: an array's item by its index, and Reflect.get, which asks objects whether they are
            // iterable, which ours are not. Handles lie beyond the indices of the short arrays that we hand over.
            ["get/2"] = a =>
                At(a[0]) is List<object> items && a[1].AsInt32() < items.Count ? heap.Add(items[a[1].AsInt32()])
                : ReferenceEquals(At(a[1]), JavaScriptHeap.IteratorSymbol) ? heap.Add(null)
                : throw new QSharpModuleException("An unexpected property was read."),
            ["iterator/0"] = _ => heap.Add(JavaScriptHeap.IteratorSymbol),
            ["entries/1"] = a =>
                heap.Add(Object(a[0]).Select(member => (object)new List<object> { member.Key, member.Value }).ToList()),
            ["projectType/2"] = a => WriteText(a[0], (string)Member(a[1], "projectType")!),
            ["profile/2"] = a => WriteText(a[0], (string)Member(a[1], "profile")!),
            ["packageGraphSources/1"] = a => heap.Add(Member(a[0], "packageGraphSources")),
            ["Error/2"] = a => heap.Add(new JavaScriptHeap.Error(ReadString(a[0].AsInt32(), a[1].AsInt32()))),
            ["getRandomValues/2"] = a =>
            {
                Fill(_memory!.GetSpan((uint)a[0].AsInt32(), a[1].AsInt32()));
                return default;
            },
            ["call/3"] = a => Call((Action<string>)At(a[0])!, (string)At(a[2])!),
        };

    private static int Flag(bool value) => value ? 1 : 0;

    private object? At(ValueBox handle) => heap[handle.AsInt32()];

    private List<object> Array(ValueBox handle) => (List<object>)At(handle)!;

    private Dictionary<string, object> Object(ValueBox handle) => (Dictionary<string, object>)At(handle)!;

    private object? Member(ValueBox handle, string name) => Object(handle).GetValueOrDefault(name);

    private void WriteResult(ValueBox address, int value) => _memory!.WriteInt32((uint)address.AsInt32(), value);

    private ValueBox WriteText(ValueBox result, string? text)
    {
        var (address, length) = text is null ? (0, 0) : WriteString(text);
        WriteResult(result, address);
        WriteResult(result.AsInt32() + 4, length);
        return default;
    }

    private ValueBox Call(Action<string> callback, string argument)
    {
        try
        {
            if (CallbackFailure is null)
                callback(argument);
        }
        catch (Exception e)
        {
            CallbackFailure = e;
        }
        return heap.Add(null);
    }

    private void Fill(Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[8];
        for (; bytes.Length > 0; bytes = bytes[Math.Min(8, bytes.Length)..])
        {
            MemoryMarshal.Write(word, random.NextUInt64());
            word[..Math.Min(8, bytes.Length)].CopyTo(bytes);
        }
    }
}
