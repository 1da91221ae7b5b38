using System.Globalization;
using System.Text.Unicode;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster.Formats;

/// <summary>
/// The lines of a roster text as the record that a client would have posted, and on which line each part of it stood.
/// Every number is checked for its range here; what concerns several lines is <see cref="RosterReader"/>'s.
/// </summary>
internal sealed partial class RosterFile(ReadOnlyMemory<byte> content, FaultList faults)
{
    /// <summary>The largest published instance has some 60,000; what a hostile file of short lines could hold is 10^8.</summary>
    private const int MaxLines = 1_000_000;

    private const int MaxDaysOff = RosterProblem.MaxStaff * RosterProblem.MaxDays;

    private static readonly string[] Sections =
    [
        "SECTION_HORIZON",
        "SECTION_SHIFTS",
        "SECTION_STAFF",
        "SECTION_DAYS_OFF",
        "SECTION_SHIFT_ON_REQUESTS",
        "SECTION_SHIFT_OFF_REQUESTS",
        "SECTION_COVER",
    ];

    private readonly List<RosterShiftInput> _shifts = [];
    private readonly List<RosterStaffInput> _staff = [];
    private readonly List<RosterCoverInput> _cover = [];
    private readonly List<(string Staff, int Day, int Line)> _daysOff = [];
    private readonly List<(string Staff, RosterRequestInput Request, int Line)> _on = [];
    private readonly List<(string Staff, RosterRequestInput Request, int Line)> _off = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly TextLines _text = new(content, faults);
    private readonly bool _isUtf8 = Utf8.IsValid(content.Span);
    private int? _days;

    /// <summary>Null when a fault was added.</summary>
    public RosterInput? Read(Weekday firstDay)
    {
        var before = faults.Count;
        var section = "";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!faults.IsFull && _text.NextLine())
        {
            if (_text.Line > MaxLines)
            {
                _text.Refuse($"Expected at most {MaxLines} lines.", null, MaxLines);
                return null;
            }
            var line = _text.Content.Trim();
            if (line[0] == '#')
                continue;
            if (!line.StartsWith("SECTION_"))
                ReadLine(section);
            else if (!Sections.Contains(section = line.ToString(), StringComparer.Ordinal))
                _text.Refuse($"Unknown section; known are {string.Join(", ", Sections)}.");
            else if (!seen.Add(section))
                _text.Refuse($"{section} is there twice.");
        }
        foreach (var missing in Sections.Take(3).Where(s => !seen.Contains(s)))
            _text.Refuse($"The file has no {missing}.");
        if (faults.Count == before && _days is null)
            _text.Refuse("SECTION_HORIZON has no line with the number of days.");
        if (faults.Count == before && (_shifts.Count == 0 || _staff.Count == 0))
            _text.Refuse("The file has no shift or nobody to work it.");
        if (faults.Count > before)
            return null;
        var staff = WithWishes();
        return faults.Count > before
            ? null
            : new()
            {
                Family = "roster",
                Days = _days!.Value,
                Shifts = _shifts,
                Staff = staff,
                Cover = _cover,
                Rules = new() { FirstDay = firstDay },
            };
    }

    /// <summary>1-based; of the innermost part of the record around the pointer that has a line.</summary>
    public int LineOf(string pointer)
    {
        for (var at = pointer; at.Length > 0; at = at[..at.LastIndexOf('/')])
            if (_lines.TryGetValue(at, out var line))
                return line;
        return 1;
    }

    private void ReadLine(string section)
    {
        if (!_isUtf8 && _text.Content.Contains('\uFFFD'))
        {
            _text.Refuse("The line is not UTF-8.");
            return;
        }
        var fields = new RosterFields(_text.Content.ToString(), _text.Line, faults);
        switch (section)
        {
            case "SECTION_HORIZON":
                ReadHorizon(fields);
                break;
            case "SECTION_SHIFTS":
                ReadShift(fields);
                break;
            case "SECTION_STAFF":
                ReadPerson(fields);
                break;
            case "SECTION_DAYS_OFF":
                ReadDaysOff(fields);
                break;
            case "SECTION_SHIFT_ON_REQUESTS":
                ReadRequest(fields, _on);
                break;
            case "SECTION_SHIFT_OFF_REQUESTS":
                ReadRequest(fields, _off);
                break;
            case "SECTION_COVER":
                ReadCover(fields);
                break;
            case "":
                _text.Refuse("Expected a section, such as SECTION_HORIZON, before the first line of data.");
                break;
        }
    }

    private void Add<T>(List<T> list, string member, T item)
    {
        _lines[$"/{member}/{Index(list.Count)}"] = _text.Line;
        list.Add(item);
    }

    /// <summary>Days off and requests stand apart from the people that they belong to.</summary>
    private RosterStaffInput[] WithWishes()
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _staff.Count; i++)
            indices.TryAdd(_staff[i].Id, i);
        var daysOff = Deal(indices, _daysOff, "daysOff");
        var on = Deal(indices, _on, "shiftOnRequests");
        var off = Deal(indices, _off, "shiftOffRequests");
        return
        [
            .. _staff.Select(
                (p, i) => p with { DaysOff = daysOff[i], ShiftOnRequests = on[i], ShiftOffRequests = off[i] }
            ),
        ];
    }

    private List<T>[] Deal<T>(
        Dictionary<string, int> indices,
        List<(string Staff, T Wish, int Line)> wishes,
        string member
    )
    {
        var dealt = _staff.Select(_ => new List<T>()).ToArray();
        foreach (var (id, wish, line) in wishes)
        {
            if (indices.TryGetValue(id, out var person))
            {
                _lines[$"/staff/{Index(person)}/{member}/{Index(dealt[person].Count)}"] = line;
                dealt[person].Add(wish);
                continue;
            }
            faults.Add(
                new Fault(FaultCode.FileContent, $"There is no person \"{JsonScalars.Short(id)}\" in SECTION_STAFF.")
                {
                    Line = line,
                    Column = 1,
                }
            );
        }
        return dealt;
    }

    private static string Index(int value) => value.ToString(CultureInfo.InvariantCulture);
}
