using System.ComponentModel;
using System.Globalization;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>
/// A file that holds one QUBO. By default a format has bits only, is minimized, and has neither offset nor labels:
/// those that have more say so.
/// </summary>
public abstract class QuboFormat : ProblemFormat
{
    public override string MediaType => "text/plain";

    public sealed override ProblemFamily Family => QuboFamily.Instance;

    public sealed override Type SettingsType => typeof(QuboFileSettings);

    protected virtual Sense WrittenSense => Sense.Minimize;

    protected virtual bool HoldsSpins => false;

    protected virtual bool HoldsOffset => false;

    protected virtual bool HoldsLabels => false;

    protected sealed override string? WriteContent(Problem problem, out string? refusal) =>
        (refusal = Refusal((QuboProblem)problem)) is null ? WriteText((QuboProblem)problem) : null;

    protected sealed override IReadOnlyList<Problem>? ReadContent(
        ReadOnlyMemory<byte> content,
        object settings,
        string settingsPointer,
        FaultList faults
    )
    {
        var given = (QuboFileSettings)settings;
        if (WrittenSense == Sense.Maximize && given.Sense == Sense.Minimize)
        {
            faults.Add(FaultCode.NotApplicable, $"{settingsPointer}/sense", $"The format {Id} is maximized.");
            return null;
        }
        return ReadQubo(content, given, faults) is { } problem ? [problem] : null;
    }

    /// <summary>Null when a fault was added.</summary>
    private protected abstract QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    );

    /// <summary>Only for what <see cref="Refusal"/> lets through.</summary>
    private protected abstract string WriteText(QuboProblem problem);

    /// <summary>Why the format cannot hold the problem, as the end of a sentence; null when it can.</summary>
    protected virtual string? Refusal(QuboProblem problem)
    {
        if (problem.Sense != WrittenSense)
            return problem.Sense == Sense.Maximize
                ? "a file is minimized, the problem is maximized"
                : "a file is maximized, the problem is minimized";
        if (problem.Vartype == Vartype.Spin && !HoldsSpins)
            return "it has bits only, the problem is over spins";
        if (problem.Terms.Offset != 0 && !HoldsOffset)
            return $"it has no offset, the problem's is {CanonicalJson.Number(problem.Terms.Offset)}";
        if (problem.Labels is not null && !HoldsLabels)
            return "it has no labels, the problem has";
        return null;
    }

    /// <summary>A half is exact but at the end of the range of a double, around 1e-323.</summary>
    private protected static string? RefuseToHalve(QuboProblem problem) =>
        Array.Exists(problem.Terms.Value, v => v / 2 * 2 != v)
            ? "it has halves of the coefficients, and a coefficient is too small to be halved"
            : null;

    /// <summary>Faults of the builder belong to the line of the entry; those of the whole to the first line.</summary>
    private protected static QuboBuilder NewBuilder(QuboFileSettings settings, int indexBase) =>
        new(line => new(null, Math.Max(line, 1), 1))
        {
            IndexBase = indexBase,
            Sense = settings.Sense ?? Sense.Minimize,
            Duplicates = settings.Duplicates,
        };

    private protected static string Index(int value) => value.ToString(CultureInfo.InvariantCulture);

    private protected static string Line(int i, int j, double value) =>
        $"{Index(i)} {Index(j)} {CanonicalJson.Number(value)}\n";
}

/// <summary>What a file leaves open.</summary>
public sealed record QuboFileSettings : IFileSettings
{
    [Description("Need not be given; \"qubo\".")]
    public string? Family { get; init; }

    [Description("How the file is meant, where the format has no sense of its own; minimize unless given.")]
    public Sense? Sense { get; init; }

    [Description("What an entry given twice means; (i, j) and (j, i) are one pair.")]
    public DuplicateEntries Duplicates { get; init; } = DuplicateEntries.Error;
}
