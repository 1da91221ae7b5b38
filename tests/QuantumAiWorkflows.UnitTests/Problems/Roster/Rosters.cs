using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

internal static class Rosters
{
    public static RosterProblem Read(string json)
    {
        var faults = new FaultList();
        var problem = Posted.Read(json, "/problem", faults);
        faults.Items.Should().BeEmpty();
        return (RosterProblem)problem!;
    }

    public static RosterProblem Read(RosterInput input) => Read(JsonSerializer.Serialize(input, StrictJson.Options));

    /// <summary>One letter a day in a row a person: a shift's id, or a dot for a day off.</summary>
    public static RosterSolution Plan(RosterProblem problem, params string[] rows) =>
        new([
            .. rows.SelectMany(row =>
                row.Select(c => problem.Shifts.Select(s => s.Id).ToList().IndexOf(c == '.' ? "none" : c.ToString()))
            ),
        ]);

    public static RosterProblem Generate(string parameters, long seed)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(parameters);
        var problem = ProblemGenerators.Find("roster-random")!.Generate(document.RootElement, seed, "", faults);
        faults.Items.Should().BeEmpty();
        return (RosterProblem)problem!;
    }

    public static RosterProblem? Import(string text, FaultList faults) => Import(Encoding.UTF8.GetBytes(text), faults);

    public static RosterProblem? Import(byte[] bytes, FaultList faults) =>
        (RosterProblem?)ProblemFormats.Find("roster")!.Read(bytes, null, "/settings", faults)?.Single();

    /// <summary>
    /// Small enough to look at every answer: two or three people, three to five days, one or two shifts, and limits of every
    /// kind tight enough that about every other roster has no feasible plan.
    /// </summary>
    public static RosterProblem Tiny(long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "tiny rosters");
        var numStaff = 2 + random.NextInt32(2);
        var numShifts = numStaff == 2 ? 1 + random.NextInt32(2) : 1;
        var days = 3 + random.NextInt32(2);
        int? Maybe(int from, int to) => random.NextBoolean() ? from + random.NextInt32(to - from + 1) : null;
        string[] ids = ["E", "L"];
        RosterRequestInput[] Requests() =>
            [
                .. Enumerable
                    .Range(0, days)
                    .Where(_ => random.NextInt32(3) == 0)
                    .Select(day => new RosterRequestInput
                    {
                        Day = day,
                        Shift = ids[random.NextInt32(numShifts)],
                        Weight = random.NextInt32(5),
                    }),
            ];
        return Read(
            new RosterInput
            {
                Family = "roster",
                Days = days,
                Rules = new() { FirstDay = (Weekday)random.NextInt32(7) },
                Shifts =
                [
                    .. Enumerable
                        .Range(0, numShifts)
                        .Select(s => new RosterShiftInput
                        {
                            Id = ids[s],
                            Minutes = 300 + 100 * random.NextInt32(3),
                            CannotBeFollowedBy = random.NextBoolean() ? [ids[random.NextInt32(numShifts)]] : [],
                        }),
                ],
                Staff =
                [
                    .. Enumerable
                        .Range(0, numStaff)
                        .Select(i => new RosterStaffInput
                        {
                            Id = $"P{i}",
                            MaxShifts = Maybe(0, 2) is { } most
                                ? new Dictionary<string, int> { [ids[random.NextInt32(numShifts)]] = most }
                                : null,
                            MinMinutes = Maybe(0, 1000),
                            MaxMinutes = Maybe(400, 1800),
                            MinConsecutiveShifts = Maybe(1, 3),
                            MaxConsecutiveShifts = Maybe(1, 3),
                            MinConsecutiveDaysOff = Maybe(1, 3),
                            MaxWeekends = Maybe(0, 1),
                            DaysOff = [.. Enumerable.Range(0, days).Where(_ => random.NextInt32(5) == 0)],
                            ShiftOnRequests = Requests(),
                            ShiftOffRequests = Requests(),
                        }),
                ],
                Cover =
                [
                    .. Enumerable
                        .Range(0, days * numShifts)
                        .Where(_ => random.NextInt32(4) > 0)
                        .Select(k => new RosterCoverInput
                        {
                            Day = k / numShifts,
                            Shift = ids[k % numShifts],
                            Required = random.NextInt32(3),
                            WeightUnder = random.NextInt32(3) == 0 ? null : random.NextInt32(20),
                            WeightOver = random.NextInt32(3) == 0 ? null : random.NextInt32(4),
                        }),
                ],
            }
        );
    }

    /// <summary>Every answer of a small problem.</summary>
    public static IEnumerable<RosterSolution> All(RosterProblem problem)
    {
        var plan = new int[problem.Staff.Count * problem.Days];
        plan.AsSpan().Fill(RosterSolution.Off);
        while (true)
        {
            yield return new([.. plan]);
            var k = 0;
            while (k < plan.Length && plan[k] == problem.Shifts.Count - 1)
                plan[k++] = RosterSolution.Off;
            if (k == plan.Length)
                yield break;
            plan[k]++;
        }
    }
}
