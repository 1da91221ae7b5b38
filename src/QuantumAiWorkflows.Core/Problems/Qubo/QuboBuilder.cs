using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// Brings terms in any order to the form that <see cref="QuboProblem"/> keeps. Every reader of a format ends here, so
/// that all forms of one function become one problem. Entries with i = j are linear; (i, j) and (j, i) are one pair.
/// </summary>
/// <param name="describe">Names entry k in the client's terms: a pointer, or a line of a file.</param>
public sealed class QuboBuilder(Func<int, FaultSource> describe)
{
    private readonly List<Entry> _entries = [];

    private readonly record struct Entry(int I, int J, double Value, int Source);

    public double Offset { get; set; }

    public Sense Sense { get; set; } = Sense.Minimize;

    public Vartype Vartype { get; set; } = Vartype.Binary;

    public DuplicateEntries Duplicates { get; set; } = DuplicateEntries.Error;

    /// <summary>Canonical JSON of the labels; null for none.</summary>
    public IReadOnlyList<string>? Labels { get; set; }

    /// <summary>Adds coefficient·v[i]·v[j], or coefficient·v[i] when i = j. <paramref name="source"/> is for fault texts.</summary>
    public void Add(int i, int j, double coefficient, int source) =>
        _entries.Add(new(Math.Min(i, j), Math.Max(i, j), coefficient, source));

    /// <summary>Checks and sorts. Null when a fault was added: index, duplicate, not finite, overflow, empty.</summary>
    public QuboProblem? Build(int numVariables, FaultList faults)
    {
        var before = faults.Items.Count;
        if (numVariables <= 0)
        {
            faults.Add(describe(-1).ToFault(FaultCode.Empty, "The problem has no variables."));
            return null;
        }
        foreach (var entry in _entries)
            Check(entry, numVariables, faults);
        if (faults.Items.Count > before)
            return null;

        var merged = Merge(faults);
        var magnitude = Math.Abs(Offset) + merged.Sum(e => Math.Abs(e.Value));
        // Conversions between spins and bits multiply by at most 4: keep every energy of every form finite.
        if (!double.IsFinite(4 * magnitude))
            faults.Add(
                describe(-1)
                    .ToFault(FaultCode.Overflow, "The sum of the coefficients' magnitudes exceeds a double's range.")
            );
        return faults.Items.Count > before ? null : ToProblem(merged, numVariables);
    }

    private void Check(Entry entry, int numVariables, FaultList faults)
    {
        if (entry.I < 0 || entry.J >= numVariables)
            faults.Add(
                describe(entry.Source)
                    .ToFault(
                        FaultCode.IndexOutOfRange,
                        $"Expected indices from 0 to {numVariables - 1}, got ({entry.I}, {entry.J})."
                    ) with
                {
                    Value = entry.I < 0 ? entry.I : entry.J,
                    Limit = numVariables - 1,
                }
            );
        else if (!double.IsFinite(entry.Value))
            faults.Add(describe(entry.Source).ToFault(FaultCode.NotFinite, "A coefficient is not a finite number."));
    }

    private List<Entry> Merge(FaultList faults)
    {
        // Equal pairs end up by ascending value: their sum does not depend on the order in which they were given.
        _entries.Sort(
            (a, b) =>
                a.I != b.I ? a.I.CompareTo(b.I)
                : a.J != b.J ? a.J.CompareTo(b.J)
                : a.Value != b.Value ? a.Value.CompareTo(b.Value)
                : a.Source.CompareTo(b.Source)
        );
        var merged = new List<Entry>(_entries.Count);
        foreach (var entry in _entries)
        {
            if (merged.Count == 0 || merged[^1].I != entry.I || merged[^1].J != entry.J)
                merged.Add(entry);
            else if (Duplicates == DuplicateEntries.Sum)
                merged[^1] = entry with { Value = merged[^1].Value + entry.Value };
            else
                faults.Add(
                    describe(Math.Max(entry.Source, merged[^1].Source))
                        .ToFault(
                            FaultCode.DuplicateEntry,
                            $"The pair ({entry.I}, {entry.J}) is given twice; remove one, or set duplicates to \"sum\"."
                        )
                );
        }
        merged.RemoveAll(e => e.Value == 0);
        return merged;
    }

    private QuboProblem ToProblem(List<Entry> merged, int numVariables)
    {
        var linear = new double[numVariables];
        foreach (var entry in merged)
            if (entry.I == entry.J)
                linear[entry.I] = entry.Value;
        var pairs = merged.Where(e => e.I != e.J).ToList();
        var terms = new QuboTerms(
            Offset == 0 ? 0 : Offset,
            linear,
            [.. pairs.Select(e => e.I)],
            [.. pairs.Select(e => e.J)],
            [.. pairs.Select(e => e.Value)]
        );
        var plain = Labels?.Select((label, i) => label == CanonicalJson.Number(i)).All(same => same) ?? true;
        return new(terms, Sense, Vartype, plain ? null : Labels);
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
