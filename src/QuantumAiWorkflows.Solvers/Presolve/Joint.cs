namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// When to put the answers of parts together and report the whole, which costs O(n + m) of all parts: at every improvement of a part that
/// is a good piece of them, else when the parts that have ended are one. Of thousands of small parts each improvement would otherwise
/// cost thousands of times what finding it did.
/// </summary>
/// <param name="size">Variables and interactions of all parts.</param>
/// <param name="report">Puts them together.</param>
internal sealed class Joint(long size, Action report)
{
    private const int Pieces = 16;

    private long _ended;
    private bool _isStale;

    public long Size => size;

    /// <summary>A part of that size has a better answer.</summary>
    public void Improved(long part)
    {
        _isStale = true;
        if (part >= size / Pieces)
            Flush();
    }

    /// <summary>A part of that size is done with.</summary>
    public void End(long part)
    {
        _ended += part;
        if (_ended >= size / Pieces)
            Flush();
    }

    /// <summary>Reports what has not been reported.</summary>
    public void Flush()
    {
        if (!_isStale)
            return;
        (_isStale, _ended) = (false, 0);
        report();
    }
}
