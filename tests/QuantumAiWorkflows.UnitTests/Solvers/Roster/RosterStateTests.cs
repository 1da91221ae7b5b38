using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solvers.Roster;
using QuantumAiWorkflows.UnitTests.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Solvers.Roster;

public sealed class RosterStateTests
{
    /// <summary>Whatever is changed, kept or taken back, by blocks of any place and length: the counts are the referee's.</summary>
    [Fact]
    public void Counts_what_the_referee_counts_after_any_changes() =>
        Gen.Long[0, 1_000_000]
            .Sample(
                seed =>
                {
                    var random = Xoshiro256.FromSeed((ulong)seed, "changes");
                    var problem =
                        seed % 2 == 0
                            ? Rosters.Tiny(seed)
                            : Rosters.Generate(
                                """{"staff":4,"days":13,"shifts":3,"hardCover":HARD}""".Replace(
                                    "HARD",
                                    seed % 4 == 1 ? "true" : "false",
                                    StringComparison.Ordinal
                                ),
                                seed
                            );
                    var state = new RosterState(new(problem));
                    for (var step = 0; step < 60; step++)
                    {
                        var person = random.NextInt32(problem.Staff.Count);
                        var first = random.NextInt32(problem.Days);
                        var days = new sbyte[1 + random.NextInt32(problem.Days - first)];
                        foreach (ref var day in days.AsSpan())
                            day = (sbyte)(random.NextInt32(problem.Shifts.Count + 1) - 1);
                        var mark = state.Mark(person);
                        var change = state.Replace(person, first, days) + state.Cover(person, first, days);
                        if (random.NextBoolean())
                        {
                            state.KeepCover(person, first, days);
                            state.Keep(change);
                        }
                        else
                            state.Restore(person, first, days, mark);
                        if ((state.Cost, state.Missed) != Judged(problem, state.ToSolution()))
                            return false;
                    }
                    return true;
                },
                iter: 200
            );

    [Fact]
    public void A_roster_that_is_set_counts_as_one_that_was_built() =>
        Gen.Long[0, 1_000_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    var state = new RosterState(new(problem));
                    foreach (var roster in Rosters.All(problem).Take(500))
                    {
                        state.Set(roster);
                        if ((state.Cost, state.Missed) != Judged(problem, roster) || !state.ToSolution().Equals(roster))
                            return false;
                    }
                    return true;
                },
                iter: 20
            );

    /// <summary>The referee's objective, and its violations in the units of the state.</summary>
    private static (long Cost, int Missed) Judged(RosterProblem problem, RosterSolution roster)
    {
        var (objective, violations) = problem.Evaluate(roster);
        var unit = problem.Shifts.Min(s => s.Minutes);
        return (
            (long)objective,
            violations.Sum(v => v.Unit == "minutes" ? (int)Math.Ceiling(v.Amount / unit) : (int)v.Amount)
        );
    }
}
