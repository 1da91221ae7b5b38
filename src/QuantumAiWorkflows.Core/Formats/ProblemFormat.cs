using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Formats;

/// <summary>
/// A file format that others use, read into problems and written from them. What a format says and what it leaves out is
/// in docs/conventions.md; a problem that was read writes back to a file that reads to the same problem id.
/// </summary>
public abstract class ProblemFormat
{
    /// <summary>256 MiB, as much as a frame to a solver's process holds.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Stable id, the value of <c>?format=</c>.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    public abstract string MediaType { get; }

    /// <summary>The usual end of a file's name, with its dot.</summary>
    public abstract string Extension { get; }

    public abstract ProblemFamily Family { get; }

    /// <summary>The record of what a file leaves open and a client may say beside it; it has defaults for everything.</summary>
    public abstract Type SettingsType { get; }

    public JsonObject SettingsSchema => JsonSchemas.Of(SettingsType);

    /// <summary>
    /// Reads a file. Null when a fault was added: <c>fileContent</c> with line and column, or for a JSON format the usual
    /// codes with a pointer into the file.
    /// </summary>
    /// <param name="content">UTF-8; anything else may stand in comments only. A byte order mark is skipped.</param>
    /// <param name="settings">Read as <see cref="SettingsType"/>; null for the defaults.</param>
    /// <param name="settingsPointer">Where <paramref name="settings"/> stood in the request.</param>
    public IReadOnlyList<Problem>? Read(
        ReadOnlyMemory<byte> content,
        JsonElement? settings,
        string settingsPointer,
        FaultList faults
    )
    {
        if (content.Length > MaxBytes)
        {
            faults.Add(
                new Fault(FaultCode.OverLimit, $"Expected a file of at most {MaxBytes} bytes, got {content.Length}.")
                {
                    Value = content.Length,
                    Limit = MaxBytes,
                }
            );
            return null;
        }
        var given = settings is { ValueKind: not JsonValueKind.Null } element
            ? StrictJson.Read(SettingsType, element, settingsPointer, faults)
            : Activator.CreateInstance(SettingsType);
        if (given is null)
            return null;
        if (given is IFileSettings { Family: { } family } && family != Family.Id)
        {
            faults.Add(
                FaultCode.UnknownFamily,
                $"{settingsPointer}/family",
                $"A file of the format {Id} is of the family {Family.Id}."
            );
            return null;
        }
        return ReadContent(
            content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content,
            given,
            settingsPointer,
            faults
        );
    }

    /// <summary>The file's text; null with a <c>notApplicable</c> fault that says what the format cannot hold.</summary>
    public string? Write(Problem problem, FaultList faults)
    {
        var refusal = $"it is of the family {problem.Family.Id}";
        var text = problem.Family == Family ? WriteContent(problem, out refusal) : null;
        if (text is null)
            faults.Add(new Fault(FaultCode.NotApplicable, $"The format {Id} cannot hold this problem: {refusal}."));
        return text;
    }

    protected abstract IReadOnlyList<Problem>? ReadContent(
        ReadOnlyMemory<byte> content,
        object settings,
        string settingsPointer,
        FaultList faults
    );

    /// <param name="problem">Of <see cref="Family"/>.</param>
    /// <param name="refusal">Without a text, why the format cannot hold the problem, as the end of a sentence.</param>
    protected abstract string? WriteContent(Problem problem, out string? refusal);
}

/// <summary>What a client may say beside a file of any format.</summary>
public interface IFileSettings
{
    /// <summary>Need not be given; another family than that of the format is a fault.</summary>
    string? Family { get; }
}
