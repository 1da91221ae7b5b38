using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Roster.Encodings;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>
/// Who works which shift on which day: at most one shift a day and person, hard limits per person, and a cost of requests
/// that are not met and of cover that is missed, to be minimized. The model of schedulingbenchmarks.org (Curtois and Qu,
/// "Computational results on new staff scheduling benchmark instances", 2014), with cover that may be hard.
/// </summary>
public sealed class RosterProblem : Problem
{
    // Ceilings for every way in. With them no objective reaches 2^53: cover comes to at most
    // 36,600 entries x 10,000 people x 10^6, requests to 4 x 10^6 x 10^6.
    public const int MaxDays = 366;
    public const int MaxShifts = 100;
    public const int MaxStaff = 1000;
    public const int MaxMinutes = 1440;
    public const int MaxRequired = 10_000;
    public const int MaxWeight = 1_000_000;
    public const int MaxIdLength = 100;

    /// <summary>Of people x days x shifts: a year of 150 people and 32 shifts, the largest published instance, has 1,747,200.</summary>
    public const int MaxVariables = 2_000_000;

    internal RosterProblem(
        int days,
        Weekday firstDay,
        IReadOnlyList<RosterShift> shifts,
        IReadOnlyList<RosterStaff> staff,
        IReadOnlyList<RosterCover> cover
    )
    {
        (Days, FirstDay, Shifts, Staff, Cover) = (days, firstDay, shifts, staff, cover);
        Weekends = new RosterCalendar(days, firstDay).Weekends;
    }

    public int Days { get; }

    public Weekday FirstDay { get; }

    public IReadOnlyList<RosterShift> Shifts { get; }

    public IReadOnlyList<RosterStaff> Staff { get; }

    /// <summary>By day, then shift.</summary>
    public IReadOnlyList<RosterCover> Cover { get; }

    /// <summary>The days of each weekend: a Saturday and a Sunday, or one of them at an end of the horizon.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Weekends { get; }

    public override ProblemFamily Family => RosterFamily.Instance;

    public override Sense Sense => Sense.Minimize;

    /// <summary>One for every person, day and shift.</summary>
    public override int NumVariables => Staff.Count * Days * Shifts.Count;

    /// <summary>A variable's part in a cover or a request, and every succession that is forbidden to somebody on some day.</summary>
    public override long NumInteractions =>
        (long)Cover.Count * Staff.Count
        + Staff.Sum(p => p.ShiftOnRequests.Count + p.ShiftOffRequests.Count)
        + (long)Staff.Count * (Days - 1) * Shifts.Sum(s => s.CannotBeFollowedBy.Count);

    public override bool HasExactObjectives => true;

    public override JsonObject Summary => RosterSummary.Of(this);

    public override IReadOnlyDictionary<string, string> Drawings { get; } =
        new Dictionary<string, string> { ["svg"] = "image/svg+xml", ["csv"] = "text/csv" };

    /// <summary>
    /// The problem that is left of some people when everybody else keeps their roster: cover is what the others leave to do. Its
    /// objective is this one's but for a constant.
    /// </summary>
    /// <param name="people">Indices, in the order that the part's people are to have.</param>
    /// <param name="roster">Of all people; that of <paramref name="people"/> themselves does not matter.</param>
    public RosterProblem PartOf(IReadOnlyList<int> people, RosterSolution roster)
    {
        var tally = new RosterTally(this, roster);
        var own = people.ToDictionary(i => i, i => roster.Shifts.AsMemory(i * Days, Days));
        return new(
            Days,
            FirstDay,
            Shifts,
            [.. people.Select(i => Staff[i])],
            [
                .. Cover.Select(c =>
                    c with
                    {
                        Required = c.Under(
                            tally.Assigned(c.Day, c.Shift) - own.Values.Count(days => days.Span[c.Day] == c.Shift)
                        ),
                    }
                ),
            ]
        );
    }

    public override Evaluation Evaluate(Solution solution) => RosterReferee.Evaluate(this, (RosterSolution)solution);

    public override JsonObject SolutionToJson(Solution solution) => ((RosterSolution)solution).ToJson(this);

    public override Solution? ReadSolution(JsonElement element, string pointer, FaultList faults) =>
        RosterSolution.Read(element, this, pointer, faults);

    public override Problem? Lookalike(long seed) => RosterLookalike.Of(this, seed);

    public override JsonObject? Details(Solution? solution) =>
        solution is RosterSolution answer ? RosterDetails.Of(this, answer) : null;

    public override string Draw(Solution solution, string format) =>
        format switch
        {
            "svg" => RosterSvg.Draw(this, (RosterSolution)solution),
            "csv" => RosterCsv.Write(this, (RosterSolution)solution),
            _ => base.Draw(solution, format),
        };

    public override EncodingResult Encode(EncodingRequest request) => RosterEncoding.Of(this, request);

    protected override byte[] WriteCanonical() => RosterCanonical.Write(this);
}
