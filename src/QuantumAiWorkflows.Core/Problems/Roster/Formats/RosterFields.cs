using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster.Formats;

/// <summary>Walks the comma-separated fields of one line; a fault has its line and column. White space around a field is nothing.</summary>
internal sealed class RosterFields(string line, int number, FaultList faults)
{
    private int _next;
    private int _column = 1;

    public bool IsAtEnd => _next > line.Length;

    /// <summary>The next field; empty when it is, or when there is none.</summary>
    public string Field()
    {
        _column = Math.Min(_next, line.Length) + 1;
        if (IsAtEnd)
            return "";
        var comma = line.IndexOf(',', _next);
        var end = comma < 0 ? line.Length : comma;
        var field = line[_next..end].Trim();
        _next = end + 1;
        return field;
    }

    /// <summary>All that is left of the line.</summary>
    public string Rest()
    {
        _column = Math.Min(_next, line.Length) + 1;
        var rest = IsAtEnd ? "" : line[_next..];
        _next = line.Length + 1;
        return rest;
    }

    public bool TryId(string what, out string id)
    {
        id = Field();
        return id.Length is > 0 and <= RosterProblem.MaxIdLength
            || Refuse(
                $"Expected {what}, 1 to {RosterProblem.MaxIdLength} characters, got {Show(id)}.",
                JsonScalars.Short(id),
                RosterProblem.MaxIdLength
            );
    }

    public bool TryInt(string what, int low, int high, out int value) => TryInt(Field(), what, low, high, out value);

    /// <summary>Such as <c>D=14|N=0</c>; may be empty.</summary>
    public bool TryLimits(out Dictionary<string, int> limits)
    {
        limits = new(StringComparer.Ordinal);
        var field = Field();
        foreach (var limit in Parts(field))
        {
            var equals = limit.LastIndexOf('=');
            if (equals <= 0)
                return Refuse($"Expected shift=most, such as D=14, got {Show(limit)}.", JsonScalars.Short(limit));
            if (!TryInt(limit[(equals + 1)..], "the most shifts of a kind", 0, RosterProblem.MaxDays, out var most))
                return false;
            var shift = limit[..equals].Trim();
            if (!limits.TryAdd(shift, most))
                return Refuse($"The shift {Show(shift)} is limited twice.", JsonScalars.Short(shift));
            if (limits.Count > RosterProblem.MaxShifts)
                return Refuse(
                    $"Expected at most {RosterProblem.MaxShifts} shifts.",
                    limits.Count,
                    RosterProblem.MaxShifts
                );
        }
        return true;
    }

    /// <summary>What stands between bars; one more than there can be shifts at most, the last of them with all that follows.</summary>
    public static string[] Parts(string field) =>
        field.Split(
            '|',
            RosterProblem.MaxShifts + 1,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    public bool TryEnd()
    {
        var rest = Rest().Trim();
        return rest.Length == 0 || Refuse($"Expected the end of the line, got {Show(rest)}.", JsonScalars.Short(rest));
    }

    private bool TryInt(string field, string what, int low, int high, out int value) =>
        (
            int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= low
            && value <= high
        )
        || Refuse(
            $"Expected {what}, a whole number from {low} to {high}, got {Show(field)}.",
            JsonScalars.Short(field),
            high
        );

    private bool Refuse(
        string detail,
        System.Text.Json.Nodes.JsonNode? value = null,
        System.Text.Json.Nodes.JsonNode? limit = null
    )
    {
        faults.Add(
            new Fault(FaultCode.FileContent, detail)
            {
                Line = number,
                Column = _column,
                Value = value,
                Limit = limit,
            }
        );
        return false;
    }

    private static string Show(string field) => field.Length == 0 ? "nothing" : $"\"{JsonScalars.Short(field)}\"";
}
