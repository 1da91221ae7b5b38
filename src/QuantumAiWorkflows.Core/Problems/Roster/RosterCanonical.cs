using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// The normalized record: the input's members with every person's own limits, limits that bind nobody and requests of
/// weight 0 left out, days off, requests and cover sorted by day and shift. People and shifts keep their order, which
/// tables are drawn in and pointers count in. Members in JCS order.
/// </summary>
internal static class RosterCanonical
{
    public static byte[] Write(RosterProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("{\"cover\":[");
        for (var k = 0; k < problem.Cover.Count; k++)
        {
            var cover = problem.Cover[k];
            var (over, under) = (OrNull(cover.WeightOver), OrNull(cover.WeightUnder));
            buffer.Write(
                $"{Comma(k)}{{\"day\":{Text(cover.Day)},\"required\":{Text(cover.Required)},\"shift\":{Id(cover.Shift)},"
                    + $"\"weightOver\":{over},\"weightUnder\":{under}}}"
            );
        }
        var firstDay = problem.FirstDay.ToString().ToLowerInvariant();
        buffer.Write(
            $"],\"days\":{Text(problem.Days)},\"family\":\"roster\",\"rules\":{{\"firstDay\":\"{firstDay}\"}},\"schema\":1,\"shifts\":["
        );
        for (var s = 0; s < problem.Shifts.Count; s++)
        {
            var shift = problem.Shifts[s];
            buffer.Write(
                $"{Comma(s)}{{\"cannotBeFollowedBy\":[{string.Join(',', shift.CannotBeFollowedBy.Select(Id))}],"
                    + $"\"id\":{Id(s)},\"minutes\":{Text(shift.Minutes)}}}"
            );
        }
        buffer.Write("],\"staff\":[");
        for (var i = 0; i < problem.Staff.Count; i++)
            WritePerson(buffer, problem, problem.Staff[i], Comma(i));
        buffer.Write("]}");
        return buffer.WrittenSpan.ToArray();

        string Id(int shift) => CanonicalJson.Text(problem.Shifts[shift].Id);
    }

    public static RosterProblem Read(JsonElement element)
    {
        if (element.GetProperty("schema").GetInt32() != 1)
            throw new JsonException("Unknown schema of the canonical form.");
        var days = element.GetProperty("days").GetInt32();
        var shiftElements = element.GetProperty("shifts").EnumerateArray().ToArray();
        var indices = shiftElements
            .Select(s => s.GetProperty("id").GetString()!)
            .Index()
            .ToDictionary(s => s.Item, s => s.Index, StringComparer.Ordinal);
        int Shift(JsonElement id) => indices[id.GetString()!];

        return new(
            days,
            Enum.Parse<Weekday>(element.GetProperty("rules").GetProperty("firstDay").GetString()!, ignoreCase: true),
            [
                .. shiftElements.Select(s => new RosterShift(
                    s.GetProperty("id").GetString()!,
                    s.GetProperty("minutes").GetInt32(),
                    [.. s.GetProperty("cannotBeFollowedBy").EnumerateArray().Select(Shift)]
                )),
            ],
            [.. element.GetProperty("staff").EnumerateArray().Select(p => ReadPerson(p, indices))],
            [
                .. element
                    .GetProperty("cover")
                    .EnumerateArray()
                    .Select(c => new RosterCover(
                        c.GetProperty("day").GetInt32(),
                        Shift(c.GetProperty("shift")),
                        c.GetProperty("required").GetInt32(),
                        Number(c, "weightUnder"),
                        Number(c, "weightOver")
                    )),
            ]
        );
    }

    private static void WritePerson(
        ArrayBufferWriter<byte> buffer,
        RosterProblem problem,
        RosterStaff person,
        string comma
    )
    {
        buffer.Write($"{comma}{{\"daysOff\":[{string.Join(',', person.DaysOff.Select(Text))}],");
        buffer.Write($"\"id\":{CanonicalJson.Text(person.Id)},");
        WriteLimit("maxConsecutiveShifts", person.MaxConsecutiveShifts);
        WriteLimit("maxMinutes", person.MaxMinutes);
        var limited = Enumerable
            .Range(0, problem.Shifts.Count)
            .Where(s => person.MaxShifts[s] is not null)
            .OrderBy(s => problem.Shifts[s].Id, StringComparer.Ordinal)
            .Select(s => $"{CanonicalJson.Text(problem.Shifts[s].Id)}:{Text(person.MaxShifts[s]!.Value)}");
        buffer.Write($"\"maxShifts\":{{{string.Join(',', limited)}}},");
        WriteLimit("maxWeekends", person.MaxWeekends);
        WriteLimit("minConsecutiveDaysOff", person.MinConsecutiveDaysOff);
        WriteLimit("minConsecutiveShifts", person.MinConsecutiveShifts);
        WriteLimit("minMinutes", person.MinMinutes);
        WriteRequests("shiftOffRequests", person.ShiftOffRequests, ",");
        WriteRequests("shiftOnRequests", person.ShiftOnRequests, "}");

        void WriteLimit(string name, int? limit)
        {
            if (limit is { } value)
                buffer.Write($"\"{name}\":{Text(value)},");
        }

        void WriteRequests(string name, IReadOnlyList<RosterRequest> requests, string end)
        {
            buffer.Write($"\"{name}\":[");
            for (var k = 0; k < requests.Count; k++)
                buffer.Write(
                    $"{Comma(k)}{{\"day\":{Text(requests[k].Day)},\"shift\":{CanonicalJson.Text(problem.Shifts[requests[k].Shift].Id)},"
                        + $"\"weight\":{Text(requests[k].Weight)}}}"
                );
            buffer.Write($"]{end}");
        }
    }

    private static RosterStaff ReadPerson(JsonElement person, Dictionary<string, int> shifts)
    {
        var maxShifts = new int?[shifts.Count];
        foreach (var limit in person.GetProperty("maxShifts").EnumerateObject())
            maxShifts[shifts[limit.Name]] = limit.Value.GetInt32();
        return new()
        {
            Id = person.GetProperty("id").GetString()!,
            MaxShifts = maxShifts,
            MinMinutes = Number(person, "minMinutes"),
            MaxMinutes = Number(person, "maxMinutes"),
            MinConsecutiveShifts = Number(person, "minConsecutiveShifts"),
            MaxConsecutiveShifts = Number(person, "maxConsecutiveShifts"),
            MinConsecutiveDaysOff = Number(person, "minConsecutiveDaysOff"),
            MaxWeekends = Number(person, "maxWeekends"),
            DaysOff = [.. person.GetProperty("daysOff").EnumerateArray().Select(d => d.GetInt32())],
            ShiftOnRequests = Requests("shiftOnRequests"),
            ShiftOffRequests = Requests("shiftOffRequests"),
        };

        RosterRequest[] Requests(string name) =>
            [
                .. person
                    .GetProperty(name)
                    .EnumerateArray()
                    .Select(r => new RosterRequest(
                        r.GetProperty("day").GetInt32(),
                        shifts[r.GetProperty("shift").GetString()!],
                        r.GetProperty("weight").GetInt32()
                    )),
            ];
    }

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
            ? number.GetInt32()
            : null;

    private static string OrNull(int? value) => value is { } number ? Text(number) : "null";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Comma(int k) => k == 0 ? "" : ",";
}
