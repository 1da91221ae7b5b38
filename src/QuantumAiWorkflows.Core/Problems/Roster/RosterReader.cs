using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// Makes the problem of what a client sent, or reports every fault: ids that are taken or unknown, days outside the horizon,
/// entries given twice. Limits that bind nobody are left out, so that problems that mean the same are the same. A roster
/// whose limits contradict each other is a problem without an answer, not a fault.
/// </summary>
internal sealed class RosterReader(RosterInput input, string pointer, FaultList faults)
{
    private readonly Dictionary<string, int> _shifts = new(StringComparer.Ordinal);

    public static RosterProblem? Read(RosterInput input, string pointer, FaultList faults) =>
        new RosterReader(input, pointer, faults).Read();

    private RosterProblem? Read()
    {
        var before = faults.Count;
        CheckSize();
        ReadIds([.. input.Shifts.Select(s => s.Id)], "shifts", "shift", _shifts);
        ReadIds([.. input.Staff.Select(p => p.Id)], "staff", "person", new(StringComparer.Ordinal));
        if (faults.Count > before)
            return null;
        var shifts = input.Shifts.Select((s, k) => ReadShift(s, $"{pointer}/shifts/{Index(k)}")).ToArray();
        CheckMaxShifts(input.Rules, $"{pointer}/rules");
        var staff = input.Staff.Select((p, i) => ReadPerson(p, $"{pointer}/staff/{Index(i)}")).ToArray();
        var cover = ReadCover();
        return faults.Count == before ? new(input.Days, input.Rules.FirstDay, shifts, staff, cover) : null;
    }

    private void CheckSize()
    {
        var variables = (long)input.Days * input.Shifts.Count * input.Staff.Count;
        if (variables > RosterProblem.MaxVariables)
            faults.Add(
                FaultCode.OverLimit,
                $"{pointer}/staff",
                $"Expected at most {RosterProblem.MaxVariables} people x days x shifts, got {variables}.",
                variables,
                RosterProblem.MaxVariables
            );
    }

    private void ReadIds(IReadOnlyList<string> ids, string member, string what, Dictionary<string, int> known)
    {
        for (var k = 0; k < ids.Count; k++)
        {
            var at = $"{pointer}/{member}/{Index(k)}/id";
            // They stand in tables, drawings and files.
            if (ids[k].Any(char.IsControl))
                faults.Add(
                    FaultCode.OutOfRange,
                    at,
                    "An id must not have control characters such as line ends and tabs."
                );
            if (!known.TryAdd(ids[k], k))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    at,
                    $"The {what} \"{JsonScalars.Short(ids[k])}\" is given twice.",
                    JsonScalars.Short(ids[k])
                );
        }
    }

    private RosterShift ReadShift(RosterShiftInput shift, string at)
    {
        var followers = new SortedSet<int>();
        for (var k = 0; k < shift.CannotBeFollowedBy.Count; k++)
            if (
                FindShift(shift.CannotBeFollowedBy[k], $"{at}/cannotBeFollowedBy/{Index(k)}") is { } follower
                && !followers.Add(follower)
            )
                AddTwice(
                    $"{at}/cannotBeFollowedBy/{Index(k)}",
                    $"The shift \"{JsonScalars.Short(shift.CannotBeFollowedBy[k])}\""
                );
        return new(shift.Id, shift.Minutes, [.. followers]);
    }

    private RosterStaff ReadPerson(RosterStaffInput person, string at)
    {
        CheckMaxShifts(person, at);
        var daysOff = new SortedSet<int>();
        for (var k = 0; k < person.DaysOff.Count; k++)
            if (IsDay(person.DaysOff[k], $"{at}/daysOff/{Index(k)}") && !daysOff.Add(person.DaysOff[k]))
                AddTwice($"{at}/daysOff/{Index(k)}", $"Day {person.DaysOff[k]}");

        var (rules, days) = (input.Rules, input.Days);
        return new()
        {
            Id = person.Id,
            MaxShifts =
            [
                .. input.Shifts.Select(s => Below(Limit(person.MaxShifts, s.Id) ?? Limit(rules.MaxShifts, s.Id), days)),
            ],
            MinMinutes = Above(person.MinMinutes ?? rules.MinMinutes, 0),
            MaxMinutes = Below(person.MaxMinutes ?? rules.MaxMinutes, days * input.Shifts.Max(s => s.Minutes)),
            MinConsecutiveShifts = Above(person.MinConsecutiveShifts ?? rules.MinConsecutiveShifts, 1),
            MaxConsecutiveShifts = Below(person.MaxConsecutiveShifts ?? rules.MaxConsecutiveShifts, days),
            MinConsecutiveDaysOff = Above(person.MinConsecutiveDaysOff ?? rules.MinConsecutiveDaysOff, 1),
            MaxWeekends = Below(
                person.MaxWeekends ?? rules.MaxWeekends,
                new RosterCalendar(days, rules.FirstDay).Weekends.Count
            ),
            DaysOff = [.. daysOff],
            ShiftOnRequests = ReadRequests(person.ShiftOnRequests, $"{at}/shiftOnRequests"),
            ShiftOffRequests = ReadRequests(person.ShiftOffRequests, $"{at}/shiftOffRequests"),
        };

        static int? Limit(IReadOnlyDictionary<string, int>? limits, string shift) =>
            limits is not null && limits.TryGetValue(shift, out var limit) ? limit : null;

        static int? Below(int? limit, int most) => limit < most ? limit : null;

        static int? Above(int? limit, int least) => limit > least ? limit : null;
    }

    private void CheckMaxShifts(RosterLimitsInput limits, string at)
    {
        foreach (var (shift, most) in limits.MaxShifts ?? new Dictionary<string, int>())
        {
            var here = StrictJson.Append($"{at}/maxShifts", shift);
            FindShift(shift, here);
            if (most < 0)
                faults.Add(FaultCode.OutOfRange, here, $"Expected 0 or more shifts, got {most}.", most, 0);
        }
    }

    private RosterRequest[] ReadRequests(IReadOnlyList<RosterRequestInput> requests, string at)
    {
        var read = new List<RosterRequest>(requests.Count);
        var seen = new HashSet<(int, int)>();
        for (var k = 0; k < requests.Count && !faults.IsFull; k++)
        {
            var (request, here) = (requests[k], $"{at}/{Index(k)}");
            var isDay = IsDay(request.Day, $"{here}/day");
            if (FindShift(request.Shift, $"{here}/shift") is not { } shift || !isDay)
                continue;
            if (!seen.Add((request.Day, shift)))
                AddTwice(here, $"The request for shift \"{JsonScalars.Short(request.Shift)}\" on day {request.Day}");
            else if (request.Weight > 0)
                read.Add(new(request.Day, shift, request.Weight));
        }
        return [.. read.OrderBy(r => r.Day).ThenBy(r => r.Shift)];
    }

    private RosterCover[] ReadCover()
    {
        var read = new List<RosterCover>(input.Cover.Count);
        var seen = new HashSet<(int, int)>();
        for (var k = 0; k < input.Cover.Count && !faults.IsFull; k++)
        {
            var (cover, here) = (input.Cover[k], $"{pointer}/cover/{Index(k)}");
            var isDay = IsDay(cover.Day, $"{here}/day");
            if (FindShift(cover.Shift, $"{here}/shift") is not { } shift || !isDay)
                continue;
            if (!seen.Add((cover.Day, shift)))
                AddTwice(here, $"The cover of shift \"{JsonScalars.Short(cover.Shift)}\" on day {cover.Day}");
            else
                read.Add(new(cover.Day, shift, cover.Required, cover.WeightUnder, cover.WeightOver));
        }
        return [.. read.OrderBy(c => c.Day).ThenBy(c => c.Shift)];
    }

    private int? FindShift(string id, string at)
    {
        if (_shifts.TryGetValue(id, out var index))
            return index;
        faults.Add(
            FaultCode.IndexOutOfRange,
            at,
            $"There is no shift \"{JsonScalars.Short(id)}\".",
            JsonScalars.Short(id)
        );
        return null;
    }

    private bool IsDay(int day, string at)
    {
        if ((uint)day < (uint)input.Days)
            return true;
        faults.Add(
            FaultCode.IndexOutOfRange,
            at,
            $"Expected a day from 0 to {input.Days - 1}, got {day}.",
            day,
            day < 0 ? 0 : input.Days - 1
        );
        return false;
    }

    private void AddTwice(string at, string what) =>
        faults.Add(FaultCode.DuplicateEntry, at, $"{what} is given twice.");

    private static string Index(int value) => value.ToString(CultureInfo.InvariantCulture);
}
