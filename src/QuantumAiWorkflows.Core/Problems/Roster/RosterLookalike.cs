using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// Another roster of the same contracts: what people wish goes to others, and the weeks of the cover come in another order, so that
/// every weekday keeps its kind of need. Limits and fixed days off stay with their people, so everybody can be rostered as before.
/// </summary>
internal static class RosterLookalike
{
    private const int Week = 7;

    /// <summary>
    /// Null where nothing is left to deal: hard cover stays where it is, as it may have an answer only there, and one person's wishes
    /// have nobody to go to.
    /// </summary>
    public static RosterProblem? Of(RosterProblem like, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, $"lookalike/{like.Id}");
        var hasHardCover = like.Cover.Any(c => c.WeightUnder is null || c.WeightOver is null);
        var weeks = hasHardCover ? 0 : like.Days / Week;
        var hasWishes = like.Staff.Any(p => p.ShiftOnRequests.Count + p.ShiftOffRequests.Count > 0);
        if (weeks < 2 && (like.Staff.Count < 2 || !hasWishes))
            return null;
        var owners = Enumerable.Range(0, like.Staff.Count).ToArray();
        random.Shuffle<int>(owners);
        var order = Enumerable.Range(0, weeks).ToArray();
        random.Shuffle<int>(order);
        return new(
            like.Days,
            like.FirstDay,
            like.Shifts,
            [
                .. like.Staff.Select(
                    (person, i) =>
                        person with
                        {
                            ShiftOnRequests = like.Staff[owners[i]].ShiftOnRequests,
                            ShiftOffRequests = like.Staff[owners[i]].ShiftOffRequests,
                        }
                ),
            ],
            [
                .. like
                    .Cover.Select(c => c with { Day = c.Day < weeks * Week ? Moved(c.Day) : c.Day })
                    .OrderBy(c => c.Day)
                    .ThenBy(c => c.Shift),
            ]
        );

        int Moved(int day) => order[day / Week] * Week + day % Week;
    }
}
