using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.Solvers.Roster;

/// <summary>What a change brings: of the objective, and of how far hard constraints are missed.</summary>
/// <param name="Missed">
/// In days, shifts, weekends, people and successions; minutes in units of the shortest shift, rounded up.
/// </param>
internal readonly record struct RosterChange(long Cost, int Missed)
{
    public static RosterChange operator +(RosterChange left, RosterChange right) =>
        new(left.Cost + right.Cost, left.Missed + right.Missed);
}

/// <summary>
/// A roster in the making, with everything counted that a change of some days of one person needs: O(days changed + length of the
/// runs around them), nothing allocated. Nobody works at first.
/// </summary>
internal sealed class RosterState
{
    public const sbyte Off = RosterSolution.Off;

    private readonly RosterTables _tables;
    private readonly sbyte[] _shifts;
    private readonly int[] _assigned;
    private readonly int[] _minutes;
    private readonly int[] _weekends;
    private readonly int[] _counts;
    private readonly int _minuteUnit;

    public RosterState(RosterTables tables)
    {
        _tables = tables;
        _shifts = new sbyte[tables.Staff * tables.Days];
        _assigned = new int[tables.Days * tables.Shifts];
        _minutes = new int[tables.Staff];
        _weekends = new int[tables.Staff];
        _counts = new int[tables.Staff * tables.Shifts];
        _minuteUnit = tables.MinutesOf.Min();
        Clear();
    }

    /// <summary>The objective as it stands.</summary>
    public long Cost { get; private set; }

    /// <summary>0 when every hard constraint holds.</summary>
    public int Missed { get; private set; }

    public ReadOnlySpan<sbyte> Of(int person) => _shifts.AsSpan(person * _tables.Days, _tables.Days);

    public RosterSolution ToSolution() => new([.. _shifts.Select(s => (int)s)]);

    /// <summary>Sends everybody home.</summary>
    public void Clear()
    {
        Array.Fill(_shifts, Off);
        Array.Clear(_assigned);
        Array.Clear(_minutes);
        Array.Clear(_weekends);
        Array.Clear(_counts);
        (Cost, Missed) = (0, 0);
        for (var cell = 0; cell < _shifts.Length; cell++)
            Cost += _tables.RequestCost[cell * (_tables.Shifts + 1)];
        for (var i = 0; i < _tables.Staff; i++)
            Missed += MinutesMissed(i, 0);
        for (var k = 0; k < _assigned.Length; k++)
            if (_tables.IsUnderHard[k])
                Missed += _tables.Required[k];
            else
                Cost += (long)_tables.Required[k] * _tables.UnderCost[k];
    }

    public void Set(RosterSolution roster)
    {
        Clear();
        var days = new sbyte[_tables.Days];
        for (var i = 0; i < _tables.Staff; i++)
        {
            for (var d = 0; d < days.Length; d++)
                days[d] = (sbyte)roster.Shifts[i * days.Length + d];
            var change = Replace(i, 0, days) + Cover(i, 0, days);
            Keep(change);
            KeepCover(i, 0, days);
        }
    }

    /// <summary>What a person's minutes and weekends were before a change, for <see cref="Restore"/>.</summary>
    public (int Minutes, int Weekends) Mark(int person) => (_minutes[person], _weekends[person]);

    /// <summary>
    /// Gives a person other shifts from a day on, and <paramref name="days"/> those that were there. Returns what it means for the
    /// person; the cover is left as it was.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RosterChange Replace(int person, int first, Span<sbyte> days)
    {
        var last = first + days.Length - 1;
        var row = _shifts.AsSpan(person * _tables.Days, _tables.Days);
        var (low, high) = RunsAround(row, first, last);
        var before = Look(person, row, first, last, low, high, out var weekendsBefore);
        var (minutes, overShifts) = (_minutes[person], 0);
        var limit = person * _tables.Shifts;
        for (var k = 0; k < days.Length; k++)
        {
            var (old, next) = (row[first + k], days[k]);
            if (old == next)
                continue;
            (row[first + k], days[k]) = (next, old);
            if (old >= 0)
            {
                minutes -= _tables.MinutesOf[old];
                if (_counts[limit + old]-- > _tables.MaxShifts[limit + old])
                    overShifts--;
            }
            if (next >= 0)
            {
                minutes += _tables.MinutesOf[next];
                if (++_counts[limit + next] > _tables.MaxShifts[limit + next])
                    overShifts++;
            }
        }
        var after = Look(person, row, first, last, low, high, out var weekendsAfter);
        var (oldWeekends, weekends) = (_weekends[person], _weekends[person] + weekendsAfter - weekendsBefore);
        var most = _tables.MaxWeekends[person];
        var missed =
            after.Missed
            - before.Missed
            + overShifts
            + MinutesMissed(person, minutes)
            - MinutesMissed(person, _minutes[person])
            + Math.Max(0, weekends - most)
            - Math.Max(0, oldWeekends - most);
        (_minutes[person], _weekends[person]) = (minutes, weekends);
        return new(after.Cost - before.Cost, missed);
    }

    /// <summary>Takes the last change of a person back.</summary>
    /// <param name="days">As <see cref="Replace"/> left them.</param>
    public void Restore(int person, int first, ReadOnlySpan<sbyte> days, (int Minutes, int Weekends) mark)
    {
        var row = _shifts.AsSpan(person * _tables.Days, _tables.Days);
        for (var k = 0; k < days.Length; k++)
        {
            var (old, next) = (row[first + k], days[k]);
            if (old == next)
                continue;
            row[first + k] = next;
            if (old >= 0)
                _counts[person * _tables.Shifts + old]--;
            if (next >= 0)
                _counts[person * _tables.Shifts + next]++;
        }
        (_minutes[person], _weekends[person]) = mark;
    }

    /// <summary>What a change that was made means for the cover.</summary>
    /// <param name="days">As <see cref="Replace"/> left them.</param>
    public RosterChange Cover(int person, int first, ReadOnlySpan<sbyte> days)
    {
        var (cost, missed) = (0L, 0);
        var row = Of(person);
        for (var k = 0; k < days.Length; k++)
        {
            int old = days[k],
                next = row[first + k];
            if (old == next)
                continue;
            if (old >= 0)
            {
                var at = (first + k) * _tables.Shifts + old;
                var isMissed = _assigned[at] <= _tables.Required[at];
                cost += isMissed ? _tables.UnderCost[at] : -_tables.OverCost[at];
                if (_tables.HasHardCover)
                    missed +=
                        isMissed && _tables.IsUnderHard[at] ? 1
                        : !isMissed && _tables.IsOverHard[at] ? -1
                        : 0;
            }
            if (next >= 0)
            {
                var at = (first + k) * _tables.Shifts + next;
                var wasMissed = _assigned[at] < _tables.Required[at];
                cost += wasMissed ? -_tables.UnderCost[at] : _tables.OverCost[at];
                if (_tables.HasHardCover)
                    missed +=
                        wasMissed && _tables.IsUnderHard[at] ? -1
                        : !wasMissed && _tables.IsOverHard[at] ? 1
                        : 0;
            }
        }
        return new(cost, missed);
    }

    /// <summary>Counts a change into the cover, once it is to stay.</summary>
    /// <param name="days">As <see cref="Replace"/> left them.</param>
    public void KeepCover(int person, int first, ReadOnlySpan<sbyte> days)
    {
        var row = Of(person);
        for (var k = 0; k < days.Length; k++)
        {
            int old = days[k],
                next = row[first + k];
            if (old == next)
                continue;
            if (old >= 0)
                _assigned[(first + k) * _tables.Shifts + old]--;
            if (next >= 0)
                _assigned[(first + k) * _tables.Shifts + next]++;
        }
    }

    public void Keep(RosterChange change) => (Cost, Missed) = (Cost + change.Cost, Missed + change.Missed);

    private int MinutesMissed(int person, int minutes) =>
        InUnits(_tables.MinMinutes[person] - minutes) + InUnits(minutes - _tables.MaxMinutes[person]);

    private int InUnits(int lack) => lack <= 0 ? 0 : (lack + _minuteUnit - 1) / _minuteUnit;

    /// <summary>From the first day of the run before the days to the last one of the run after them.</summary>
    private static (int Low, int High) RunsAround(ReadOnlySpan<sbyte> row, int first, int last)
    {
        var (low, high) = (first, last);
        if (low > 0)
            for (low--; low > 0 && row[low - 1] >= 0 == row[first - 1] >= 0; )
                low--;
        if (high < row.Length - 1)
            for (high++; high < row.Length - 1 && row[high + 1] >= 0 == row[last + 1] >= 0; )
                high++;
        return (low, high);
    }

    /// <summary>
    /// Requests, fixed days off and weekends of the days from first to last; runs and successions of those from low to high, which
    /// begin and end with a run.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private RosterChange Look(
        int person,
        ReadOnlySpan<sbyte> row,
        int first,
        int last,
        int low,
        int high,
        out int weekends
    )
    {
        var (cost, missed) = (0L, 0);
        weekends = 0;
        var cell = person * _tables.Days + first;
        for (var d = first; d <= last; d++, cell++)
        {
            var shift = row[d];
            cost += _tables.RequestCost[cell * (_tables.Shifts + 1) + shift + 1];
            if (shift >= 0 && _tables.IsFixedOff[cell])
                missed++;
            // Of two days that both changed the first one counts the weekend.
            var other = _tables.OtherWeekendDay[d];
            if (other >= 0 && (other >= d || other < first) && (shift >= 0 || row[other] >= 0))
                weekends++;
        }
        for (var start = low; start <= high; )
        {
            var isWorking = row[start] >= 0;
            var end = start + 1;
            for (; end <= high && row[end] >= 0 == isWorking; end++)
                if (isWorking && _tables.IsForbidden[row[end - 1] * _tables.Shifts + row[end]])
                    missed++;
            var length = end - start;
            // What touches an end of the horizon may go on outside of it.
            var least =
                start == 0 || end == row.Length ? 0
                : isWorking ? _tables.MinWork[person]
                : _tables.MinRest[person];
            if (length < least)
                missed += least - length;
            if (isWorking && length > _tables.MaxWork[person])
                missed += length - _tables.MaxWork[person];
            start = end;
        }
        return new(cost, missed);
    }
}
