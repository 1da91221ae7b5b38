using System.Globalization;
using Spectre.Console;

namespace QuantumAiWorkflows.Cli;

/// <summary>
/// Results go to standard output, everything said on the way to standard error: what a pipe or a file catches is the
/// result alone.
/// </summary>
internal sealed class Screen
{
    /// <summary>A file or a log has no columns to break lines at: sentences stay whole, tables take what they need.</summary>
    private const int RedirectedWidth = 10_000;

    public IAnsiConsole Out { get; } = Console(System.Console.Out, System.Console.IsOutputRedirected);

    public IAnsiConsole Error { get; } = Console(System.Console.Error, System.Console.IsErrorRedirected);

    /// <summary>Whether something that moves would be seen; a log gets plain lines.</summary>
    public bool IsLive { get; } = !System.Console.IsErrorRedirected && !System.Console.IsOutputRedirected;

    /// <summary>A line beside the result.</summary>
    public void Note(string text) => Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{text}");

    public void Warn(string text) => Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]{text}[/]");

    public void Fail(StopException stop)
    {
        Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{stop.Message}[/]");
        foreach (var detail in stop.Details)
            Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {detail}");
    }

    /// <summary>Text as it is, without a line break of ours where it is wide.</summary>
    public static void Raw(string text) => System.Console.Out.WriteLine(text);

    private static IAnsiConsole Console(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
