using System.Globalization;

namespace QuantumAiWorkflows.Calibration;

/// <summary>Markdown, as it stands in the documentation.</summary>
internal static class Table
{
    public static void Heading(string text) => Console.WriteLine($"\n### {text}\n");

    public static void Write(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Console.WriteLine($"| {string.Join(" | ", head)} |");
        Console.WriteLine($"|{string.Concat(head.Select(_ => " --- |"))}");
        foreach (var row in rows)
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        Console.WriteLine();
    }

    /// <summary>Percent with one decimal.</summary>
    public static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
