using System.Text.Json;
using QuantumAiWorkflows.Numerics;
using Wasmtime;

namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>
/// One instance of Microsoft's Q# compiler and simulator. Meant for one use: a fresh one costs about 1 ms, starts from
/// the random numbers it is given, keeps a crash to itself and gives all its memory back. One thread at a time.
/// </summary>
/// <remarks>Every call compiles its program and the standard library anew: 0.1 s for a run, 0.2 s for QIR.</remarks>
internal sealed partial class QSharpInstance : IDisposable
{
    /// <summary>Ample for 14 qubits and for circuits of a million gates.</summary>
    public const long DefaultMemoryBytes = 1L << 30;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly JavaScriptHeap _heap = new();
    private readonly JavaScriptImports _imports;
    private readonly Engine _engine;
    private readonly Module _module;
    private readonly Store _store;
    private readonly Instance _instance;
    private readonly Memory _memory;
    private readonly long _memoryBytes;
    private bool _isBroken;

    /// <param name="cacheDirectory">Where <see cref="QSharpModule.Compile"/> put the native code.</param>
    /// <param name="random">Source of all randomness of the simulator: the same numbers give the same shots.</param>
    /// <param name="memoryBytes">What the module may use; beyond it a call ends with <see cref="QSharpMemoryException"/>.</param>
    /// <exception cref="QSharpModuleException">Not compiled yet, or the system has no room: 4 GiB of addresses are reserved.</exception>
    public QSharpInstance(string cacheDirectory, Xoshiro256 random, long memoryBytes = DefaultMemoryBytes)
    {
        _imports = new(_heap, random);
        _memoryBytes = memoryBytes;
        (_engine, _module) = QSharpModule.Load(cacheDirectory);
        _store = new(_engine);
        _store.SetLimits(memorySize: memoryBytes);
        // One step of the engine's epoch interrupts: Guard makes it.
        _store.SetEpochDeadline(1);
        try
        {
            _instance = _imports.Instantiate(_engine, _store, _module);
        }
        catch (Exception e)
        {
            Dispose();
            if (e is WasmtimeException)
                throw new QSharpModuleException($"The Q# module could not be started: {e.Message.Split('\n')[0]}.", e);
            throw;
        }
        _memory = _instance.GetMemory("memory")!;
    }

    /// <summary>Runs <paramref name="expression"/> and hands over what it gives.</summary>
    /// <param name="onResult">Given the value of each shot as Q# prints it, such as <c>[One, Zero]</c>.</param>
    /// <param name="onState">Given the kets of each state dump, an object of <c>"|01⟩": [re, im]</c>.</param>
    /// <param name="isOver">Polled on another thread every 10 ms; true interrupts the call.</param>
    /// <exception cref="QSharpProgramException">Does not compile, or failed while running.</exception>
    /// <exception cref="QSharpInterruptedException">Results given before it are good.</exception>
    /// <exception cref="QSharpMemoryException">The memory limit was met.</exception>
    public void Run(
        QSharpProgram program,
        string expression,
        int shots,
        Action<string>? onResult = null,
        Action<JsonElement>? onState = null,
        Func<bool>? isOver = null
    )
    {
        string? failure = null;
        void OnEvent(string json)
        {
            using var document = JsonDocument.Parse(json);
            var item = document.RootElement;
            switch (item.GetProperty("type").GetString())
            {
                case "Result" when item.GetProperty("success").GetBoolean():
                    onResult?.Invoke(item.GetProperty("result").GetString()!);
                    break;
                case "Result":
                    failure ??= item.GetProperty("result").GetProperty("message").GetString();
                    break;
                case "DumpMachine":
                    onState?.Invoke(item.GetProperty("state"));
                    break;
            }
        }

        Guard(
            isOver,
            result =>
            {
                var (address, length) = _imports.WriteString(expression);
                var callback = _heap.Borrow((Action<string>)OnEvent);
                Call("run", result, _heap.Add(program.ToJavaScript()), address, length, callback, shots);
                _heap.EndBorrow();
                if (_memory.ReadInt32(result + 8) != 0)
                    failure ??= Message(_heap.Take(_memory.ReadInt32(result + 4)));
                return 0;
            }
        );
        if (failure is not null)
            throw new QSharpProgramException(failure);
    }

    /// <summary>Compiles the program's entry point to QIR, as LLVM text.</summary>
    /// <inheritdoc cref="Run"/>
    public string CompileToQir(QSharpProgram program, Func<bool>? isOver = null) =>
        Guard(
            isOver,
            result =>
            {
                Call("get_qir", result, _heap.Add(program.ToJavaScript()));
                if (_memory.ReadInt32(result + 12) != 0)
                    throw new QSharpProgramException(Message(_heap.Take(_memory.ReadInt32(result + 8))));
                var (address, length) = (_memory.ReadInt32(result), _memory.ReadInt32(result + 4));
                var text = _imports.ReadString(address, length);
                Call("__wbindgen_export5", address, length, 1);
                return text;
            }
        );

    public void Dispose()
    {
        _store.Dispose();
        _module.Dispose();
        _engine.Dispose();
    }

    /// <summary>Makes one call with a result area on the module's stack, turns traps into exceptions and watches the clock.</summary>
    private T Guard<T>(Func<bool>? isOver, Func<int, T> call)
    {
        ObjectDisposedException.ThrowIf(_isBroken, this);
        if (isOver?.Invoke() == true)
            throw new QSharpInterruptedException(new OperationCanceledException());

        using var watch = isOver is null ? null : new Watch(_engine, isOver);
        try
        {
            var result = (int)Call("__wbindgen_add_to_stack_pointer", -16)!;
            var value = call(result);
            Call("__wbindgen_add_to_stack_pointer", 16);
            return _imports.CallbackFailure is { } failure
                ? throw new InvalidOperationException("A handler of Q# results failed.", failure)
                : value;
        }
        catch (WasmtimeException e) when (watch is { HasFired: true })
        {
            // However it surfaces: an interrupt inside a call back into C# is reported as that call's failure.
            _isBroken = true;
            throw new QSharpInterruptedException(e);
        }
        catch (TrapException e)
        {
            _isBroken = true;
            throw e.Type switch
            {
                TrapCode.Interrupt => new QSharpInterruptedException(e),
                // Rust ends with "unreachable" when memory.grow is refused, and when it panics. It asks for at most
                // twice what it has, as its vectors double.
                TrapCode.Unreachable when 3 * _memory.GetLength() > _memoryBytes => new QSharpMemoryException(
                    _memoryBytes,
                    e
                ),
                _ => new QSharpModuleException($"The Q# module stopped: {e.Type}.", e),
            };
        }
        catch (WasmtimeException e)
        {
            _isBroken = true;
            throw new QSharpModuleException($"The Q# module failed: {(e.InnerException ?? e).Message}", e);
        }
    }

    private object? Call(string export, params ReadOnlySpan<ValueBox> arguments) =>
        (_instance.GetFunction(export) ?? throw new QSharpModuleException($"The Q# module has no {export}.")).Invoke(
            arguments
        );

    /// <summary>What the module threw: an error, or the compiler's diagnostics as JSON.</summary>
    private static string Message(object? thrown)
    {
        if (thrown is JavaScriptHeap.Error error)
            return error.Message;
        if (thrown is not string json)
            return "The Q# module threw no message.";
        using var diagnostics = JsonDocument.Parse(json);
        return string.Join(
            "; ",
            diagnostics
                .RootElement.EnumerateArray()
                .Select(d => $"{d.GetProperty("document")}: {d.GetProperty("diagnostic").GetProperty("message")}")
        );
    }

    /// <summary>Interrupts the only instance of an engine when the caller says so; never after its own end.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly Timer _timer;
        private bool _ended;

        /// <summary>True once it has interrupted the instance.</summary>
        public bool HasFired { get; private set; }

        public Watch(Engine engine, Func<bool> isOver) =>
            _timer = new(
                _ =>
                {
                    lock (_gate)
                    {
                        if (_ended || !isOver())
                            return;
                        HasFired = true;
                        engine.IncrementEpoch();
                    }
                },
                null,
                PollInterval,
                PollInterval
            );

        public void Dispose()
        {
            lock (_gate)
                _ended = true;
            _timer.Dispose();
        }
    }
}
