using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster;

/// <param name="Shifts">[people, days], row by row: the index of the shift worked, or <see cref="Off"/>.</param>
public sealed record RosterSolution(int[] Shifts) : Solution
{
    public const int Off = -1;

    public override int CompareTo(Solution? other) =>
        other is RosterSolution o ? Shifts.AsSpan().SequenceCompareTo(o.Shifts) : 1;

    public bool Equals(RosterSolution? other) => other is not null && Shifts.AsSpan().SequenceEqual(other.Shifts);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(Shifts.AsSpan()));
        return hash.ToHashCode();
    }

    /// <summary>The days of one person.</summary>
    public ReadOnlySpan<int> Of(RosterProblem problem, int person) =>
        Shifts.AsSpan(person * problem.Days, problem.Days);

    /// <summary><c>{"assignments": [{"staff": "A", "day": 0, "shift": "D"}]}</c>, by person and day.</summary>
    internal JsonObject ToJson(RosterProblem problem)
    {
        var assignments = new JsonArray();
        for (var k = 0; k < Shifts.Length; k++)
            if (Shifts[k] != Off)
                assignments.Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["staff"] = problem.Staff[k / problem.Days].Id,
                            ["day"] = k % problem.Days,
                            ["shift"] = problem.Shifts[Shifts[k]].Id,
                        }
                );
        return new() { ["assignments"] = assignments };
    }

    internal static RosterSolution? Read(JsonElement element, RosterProblem problem, string pointer, FaultList faults)
    {
        var before = faults.Count;
        if (StrictJson.Read<Wire>(element, pointer, faults) is not { } wire)
            return null;
        var staff = Indices(problem.Staff.Select(p => p.Id));
        var shifts = Indices(problem.Shifts.Select(s => s.Id));
        var read = new int[problem.Staff.Count * problem.Days];
        read.AsSpan().Fill(Off);
        for (var k = 0; k < wire.Assignments.Count && !faults.IsFull; k++)
        {
            var (given, at) = (
                wire.Assignments[k],
                $"{pointer}/assignments/{k.ToString(CultureInfo.InvariantCulture)}"
            );
            var isKnown = Find(staff, given.Staff, "person", $"{at}/staff", faults, out var person);
            isKnown &= Find(shifts, given.Shift, "shift", $"{at}/shift", faults, out var shift);
            if ((uint)given.Day >= (uint)problem.Days)
                faults.Add(
                    FaultCode.IndexOutOfRange,
                    $"{at}/day",
                    $"Expected a day from 0 to {problem.Days - 1}, got {given.Day}.",
                    given.Day,
                    given.Day < 0 ? 0 : problem.Days - 1
                );
            else if (isKnown && read[person * problem.Days + given.Day] != Off)
                faults.Add(
                    FaultCode.DuplicateEntry,
                    at,
                    $"A person works one shift a day at most; day {given.Day} of this one is given twice."
                );
            else if (isKnown)
                read[person * problem.Days + given.Day] = shift;
        }
        return faults.Count == before ? new(read) : null;
    }

    private static Dictionary<string, int> Indices(IEnumerable<string> ids) =>
        ids.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);

    private static bool Find(
        Dictionary<string, int> indices,
        string id,
        string what,
        string at,
        FaultList faults,
        out int index
    )
    {
        if (indices.TryGetValue(id, out index))
            return true;
        var shown = JsonScalars.Short(id);
        faults.Add(FaultCode.IndexOutOfRange, at, $"There is no {what} \"{shown}\".", shown);
        return false;
    }

    private sealed record Wire
    {
        public required IReadOnlyList<Assignment> Assignments { get; init; }
    }

    private sealed record Assignment
    {
        public required string Staff { get; init; }

        public required int Day { get; init; }

        public required string Shift { get; init; }
    }
}
