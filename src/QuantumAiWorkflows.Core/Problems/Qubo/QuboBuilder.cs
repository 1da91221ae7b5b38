using System.Runtime.InteropServices;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// Brings terms in any order to the form that <see cref="QuboProblem"/> keeps. Every reader of a format ends here, so
/// that all forms of one function become one problem. Entries with i = j are linear; (i, j) and (j, i) are one pair.
/// </summary>
/// <param name="describe">
/// Names entry k in the client's terms: a pointer, or a line of a file; also <see cref="Whole"/> and <see cref="Size"/>.
/// </param>
public sealed class QuboBuilder(Func<int, FaultSource> describe)
{
    /// <summary>The source of faults that concern the whole problem, not one entry.</summary>
    public const int Whole = -1;

    /// <summary>The source of faults that concern the number of variables.</summary>
    public const int Size = -2;

    private readonly List<Entry> _entries = [];

    private readonly record struct Entry(int I, int J, double Value, int Source);

    public double Offset { get; set; }

    public Sense Sense { get; set; } = Sense.Minimize;

    public Vartype Vartype { get; set; } = Vartype.Binary;

    public DuplicateEntries Duplicates { get; set; } = DuplicateEntries.Error;

    /// <summary>How the client counts variables, 0 or 1; for fault texts.</summary>
    public int IndexBase { get; init; }

    /// <summary>Canonical JSON of the labels; null for none.</summary>
    public IReadOnlyList<string>? Labels { get; set; }

    /// <summary>See <see cref="QuboProblem.Groups"/>.</summary>
    public IReadOnlyList<OneHotGroup> Groups { get; init; } = [];

    /// <summary>Adds coefficient·v[i]·v[j], or coefficient·v[i] when i = j. <paramref name="source"/> is for fault texts.</summary>
    public void Add(int i, int j, double coefficient, int source) =>
        _entries.Add(new(Math.Min(i, j), Math.Max(i, j), coefficient, source));

    /// <summary>
    /// Checks and sorts, in O(m log m) for m entries. Null when a fault was added: index, duplicate, not finite,
    /// overflow, empty, too large.
    /// </summary>
    public QuboProblem? Build(int numVariables, FaultList faults)
    {
        var before = faults.Count;
        if (numVariables <= 0)
            faults.Add(describe(Size).ToFault(FaultCode.Empty, "The problem has no variables."));
        else if (numVariables > QuboProblem.MaxVariables)
            faults.Add(OverLimit(numVariables));
        else
            foreach (var entry in _entries)
                Check(entry, numVariables, faults);
        if (faults.Count > before)
            return null;

        Merge(faults);
        var problem = ToProblem(numVariables);
        if (!problem.Terms.IsWithinRange)
            faults.Add(
                describe(Whole)
                    .ToFault(FaultCode.Overflow, "The sum of the coefficients' magnitudes exceeds a double's range.")
            );
        return faults.Count > before ? null : problem;
    }

    private Fault OverLimit(int numVariables) =>
        describe(Size)
            .ToFault(
                FaultCode.OverLimit,
                $"Expected at most {QuboProblem.MaxVariables} variables, got {numVariables}."
            ) with
        {
            Value = numVariables,
            Limit = QuboProblem.MaxVariables,
        };

    private void Check(Entry entry, int numVariables, FaultList faults)
    {
        if (entry.I < 0 || entry.J >= numVariables)
            faults.Add(
                describe(entry.Source)
                    .ToFault(
                        FaultCode.IndexOutOfRange,
                        $"Expected indices from {IndexBase} to {numVariables - 1 + IndexBase}, got {Pair(entry)}."
                    ) with
                {
                    Value = (entry.I < 0 ? entry.I : entry.J) + (long)IndexBase,
                    Limit = (entry.I < 0 ? 0 : numVariables - 1) + IndexBase,
                }
            );
        else if (!double.IsFinite(entry.Value))
            faults.Add(describe(entry.Source).ToFault(FaultCode.NotFinite, "A coefficient is not a finite number."));
    }

    private string Pair(Entry entry) => $"({entry.I + (long)IndexBase}, {entry.J + (long)IndexBase})";

    /// <summary>Sorts the entries, adds up the equal pairs and drops zeros, in place.</summary>
    private void Merge(FaultList faults)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        Sort(entries);
        var count = 0;
        foreach (var entry in entries)
        {
            if (count == 0 || entries[count - 1].I != entry.I || entries[count - 1].J != entry.J)
                entries[count++] = entry;
            else if (Duplicates == DuplicateEntries.Sum)
                entries[count - 1] = entry with { Value = entries[count - 1].Value + entry.Value };
            else
                faults.Add(
                    describe(Math.Max(entry.Source, entries[count - 1].Source))
                        .ToFault(
                            FaultCode.DuplicateEntry,
                            $"The pair {Pair(entry)} is given twice; remove one, or set duplicates to \"sum\"."
                        )
                );
        }
        _entries.RemoveRange(count, _entries.Count - count);
        _entries.RemoveAll(e => e.Value == 0);
    }

    /// <summary>
    /// By pair: as one number each, which millions of entries are sorted by several times as fast. Equal pairs by ascending value:
    /// their sum does not depend on the order in which they were given.
    /// </summary>
    private static void Sort(Span<Entry> entries)
    {
        var pairs = new long[entries.Length];
        for (var k = 0; k < pairs.Length; k++)
            pairs[k] = ((long)entries[k].I << 32) | (uint)entries[k].J;
        pairs.AsSpan().Sort(entries);
        for (var (from, to) = (0, 0); from < pairs.Length; from = to)
        {
            while (to < pairs.Length && pairs[to] == pairs[from])
                to++;
            if (to - from > 1)
                entries[from..to]
                    .Sort((a, b) => a.Value != b.Value ? a.Value.CompareTo(b.Value) : a.Source.CompareTo(b.Source));
        }
    }

    private QuboProblem ToProblem(int numVariables)
    {
        var linear = new double[numVariables];
        var numPairs = _entries.Count(e => e.I != e.J);
        var (row, column, value) = (new int[numPairs], new int[numPairs], new double[numPairs]);
        var k = 0;
        foreach (var entry in _entries)
            if (entry.I == entry.J)
                linear[entry.I] = entry.Value;
            else
                (row[k], column[k], value[k++]) = (entry.I, entry.J, entry.Value);

        var terms = new QuboTerms(Offset == 0 ? 0 : Offset, linear, row, column, value);
        var plain = Labels?.Select((label, i) => label == CanonicalJson.Number(i)).All(same => same) ?? true;
        return new(terms, Sense, Vartype, plain ? null : Labels) { Groups = Groups };
    }
}

public enum DuplicateEntries
{
    /// <summary>An entry given twice is a fault.</summary>
    Error,

    /// <summary>Entries of one pair add up.</summary>
    Sum,
}

/// <summary>Where an entry stood: a JSON pointer, or a line of a file.</summary>
public readonly record struct FaultSource(string? Pointer, long? Line = null, long? Column = null)
{
    public Fault ToFault(FaultCode code, string detail) =>
        new(Line is null ? code : FaultCode.FileContent, detail)
        {
            Pointer = Pointer,
            Line = Line,
            Column = Column,
        };
}
