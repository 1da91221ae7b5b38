namespace QuantumAiWorkflows.Problems.Roster.Formats;

/// <content>One line of each section.</content>
internal sealed partial class RosterFile
{
    private void ReadHorizon(RosterFields fields)
    {
        if (!fields.TryInt("the number of days", 1, RosterProblem.MaxDays, out var days) || !fields.TryEnd())
            return;
        if (_days is not null)
            _text.Refuse("The number of days is there twice.");
        _days = days;
    }

    private void ReadShift(RosterFields fields)
    {
        if (
            !fields.TryId("the id of a shift", out var id)
            || !fields.TryInt("minutes", 1, RosterProblem.MaxMinutes, out var minutes)
        )
            return;
        var followers = RosterFields.Parts(fields.Rest());
        if (_shifts.Count == RosterProblem.MaxShifts)
            _text.Refuse($"Expected at most {RosterProblem.MaxShifts} shifts.", null, RosterProblem.MaxShifts);
        if (followers.Length > RosterProblem.MaxShifts)
            _text.Refuse($"Expected at most {RosterProblem.MaxShifts} followers.", null, RosterProblem.MaxShifts);
        else
            Add(
                _shifts,
                "shifts",
                new()
                {
                    Id = id,
                    Minutes = minutes,
                    CannotBeFollowedBy = followers,
                }
            );
    }

    private void ReadPerson(RosterFields fields)
    {
        const int MostMinutes = RosterProblem.MaxDays * RosterProblem.MaxMinutes;
        const int MostDays = RosterProblem.MaxDays;
        if (
            !fields.TryId("the id of a person", out var id)
            || !fields.TryLimits(out var maxShifts)
            || !fields.TryInt("the most minutes", 0, MostMinutes, out var maxMinutes)
            || !fields.TryInt("the least minutes", 0, MostMinutes, out var minMinutes)
            || !fields.TryInt("the most consecutive shifts", 0, MostDays, out var maxConsecutive)
            || !fields.TryInt("the fewest consecutive shifts", 0, MostDays, out var minConsecutive)
            || !fields.TryInt("the fewest consecutive days off", 0, MostDays, out var minDaysOff)
            || !fields.TryInt("the most weekends", 0, MostDays, out var maxWeekends)
            || !fields.TryEnd()
        )
            return;
        if (_staff.Count == RosterProblem.MaxStaff)
            _text.Refuse($"Expected at most {RosterProblem.MaxStaff} people.", null, RosterProblem.MaxStaff);
        Add(
            _staff,
            "staff",
            new()
            {
                Id = id,
                MaxShifts = maxShifts,
                MaxMinutes = maxMinutes,
                MinMinutes = minMinutes,
                MaxConsecutiveShifts = maxConsecutive,
                MinConsecutiveShifts = minConsecutive,
                MinConsecutiveDaysOff = minDaysOff,
                MaxWeekends = maxWeekends,
            }
        );
    }

    private void ReadDaysOff(RosterFields fields)
    {
        if (!fields.TryId("the id of a person", out var id))
            return;
        var left = Math.Min(RosterProblem.MaxDays, MaxDaysOff - _daysOff.Count);
        do
        {
            if (left-- == 0)
            {
                _text.Refuse(
                    $"Expected at most {RosterProblem.MaxDays} days off of a person, and {MaxDaysOff} in all.",
                    null,
                    RosterProblem.MaxDays
                );
                return;
            }
            if (!fields.TryInt("a day", 0, RosterProblem.MaxDays - 1, out var day))
                return;
            _daysOff.Add((id, day, _text.Line));
        } while (!fields.IsAtEnd);
    }

    private void ReadRequest(RosterFields fields, List<(string, RosterRequestInput, int)> requests)
    {
        if (
            fields.TryId("the id of a person", out var id)
            && fields.TryInt("a day", 0, RosterProblem.MaxDays - 1, out var day)
            && fields.TryId("the id of a shift", out var shift)
            && fields.TryInt("a weight", 0, RosterProblem.MaxWeight, out var weight)
            && fields.TryEnd()
        )
            requests.Add(
                (
                    id,
                    new()
                    {
                        Day = day,
                        Shift = shift,
                        Weight = weight,
                    },
                    _text.Line
                )
            );
    }

    private void ReadCover(RosterFields fields)
    {
        if (
            fields.TryInt("a day", 0, RosterProblem.MaxDays - 1, out var day)
            && fields.TryId("the id of a shift", out var shift)
            && fields.TryInt("the number of people required", 0, RosterProblem.MaxRequired, out var required)
            && fields.TryInt("the weight of one too few", 0, RosterProblem.MaxWeight, out var under)
            && fields.TryInt("the weight of one too many", 0, RosterProblem.MaxWeight, out var over)
            && fields.TryEnd()
        )
            Add(
                _cover,
                "cover",
                new()
                {
                    Day = day,
                    Shift = shift,
                    Required = required,
                    WeightUnder = under,
                    WeightOver = over,
                }
            );
    }
}
