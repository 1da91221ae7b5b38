namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>Which day of the horizon is which day of the week.</summary>
internal readonly record struct RosterCalendar(int Days, Weekday FirstDay)
{
    public Weekday WeekdayOf(int day) => (Weekday)(((int)FirstDay + day) % 7);

    public bool IsWeekend(int day) => WeekdayOf(day) >= Weekday.Saturday;

    /// <summary>In order; a horizon may begin on a Sunday or end on a Saturday.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Weekends
    {
        get
        {
            var first = (int)FirstDay;
            return
            [
                .. Enumerable
                    .Range(0, Days)
                    .Where(IsWeekend)
                    .GroupBy(day => (first + day) / 7)
                    .Select(week => (IReadOnlyList<int>)[.. week]),
            ];
        }
    }

    /// <summary>Such as "Mon".</summary>
    public string ShortName(int day) => WeekdayOf(day).ToString()[..3];
}
