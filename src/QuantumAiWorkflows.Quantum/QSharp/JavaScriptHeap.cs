namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>
/// The JavaScript values that wasm-bindgen's module holds by handle. Values are: null for <c>undefined</c>, bool, double,
/// string, <see cref="Dictionary{TKey,TValue}"/> for an object, <see cref="List{T}"/> for an array, a callback, an
/// <see cref="Error"/> and <see cref="IteratorSymbol"/>; the exports in use need no others.
/// </summary>
internal sealed class JavaScriptHeap
{
    /// <summary>wasm-bindgen's layout: slots for borrowed values, then undefined, null, true and false, then the rest.</summary>
    private const int BorrowedSlots = 1024;

    private const int FirstFree = BorrowedSlots + 4;

    private readonly List<object?> _slots = [.. new object?[BorrowedSlots + 2], true, false];
    private readonly Stack<int> _free = [];
    private int _borrowed = BorrowedSlots;

    /// <summary>The value of <c>Symbol.iterator</c>.</summary>
    public static readonly object IteratorSymbol = new();

    /// <summary>A JavaScript <c>Error</c>.</summary>
    public sealed record Error(string Message);

    public object? this[int handle] => _slots[handle];

    public int Add(object? value)
    {
        if (_free.TryPop(out var handle))
        {
            _slots[handle] = value;
            return handle;
        }
        _slots.Add(value);
        return _slots.Count - 1;
    }

    /// <summary>Reads a value and gives its handle back.</summary>
    public object? Take(int handle)
    {
        var value = _slots[handle];
        if (handle >= FirstFree)
        {
            _slots[handle] = null;
            _free.Push(handle);
        }
        return value;
    }

    /// <summary>Lends a value for the length of one call; <see cref="EndBorrow"/> after it.</summary>
    public int Borrow(object value)
    {
        _slots[--_borrowed] = value;
        return _borrowed;
    }

    public void EndBorrow() => _slots[_borrowed++] = null;
}
