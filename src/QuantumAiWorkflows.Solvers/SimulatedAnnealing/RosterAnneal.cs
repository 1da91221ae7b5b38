using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.Roster;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// Metropolis proposals on one roster: a day of a person changes, a block of days gets one shift or goes free, a block is rotated
/// by a day, which keeps its shifts, or two people exchange a block, which keeps the cover.
/// </summary>
internal sealed class RosterAnneal(RosterTables tables, Xoshiro256 random)
{
    // Of every 100 proposals; the rest are exchanges between two people.
    private const int Single = 60;
    private const int Fill = 10;
    private const int Rotation = 20;

    /// <summary>Days of a block at most: a week, as rosters repeat in weeks.</summary>
    private const int LongestBlock = 7;

    private readonly sbyte[] _days = new sbyte[LongestBlock];
    private readonly sbyte[] _others = new sbyte[LongestBlock];
    private readonly sbyte[] _best = new sbyte[tables.Staff * tables.Days];

    public RosterState State { get; } = new(tables);

    /// <summary>In units of the objective.</summary>
    public double Temperature { get; set; }

    /// <summary>What one unit of a hard constraint missed costs.</summary>
    public long Penalty { get; set; }

    /// <summary>Of the best roster that kept every hard constraint since <see cref="Forget"/>; null when there was none.</summary>
    public long? BestCost { get; private set; }

    public int[] BestShifts => [.. _best.Select(s => (int)s)];

    public void Forget() => BestCost = null;

    /// <summary>Takes the roster as it stands for the best one when it is.</summary>
    public void Remember()
    {
        if (State.Missed > 0 || State.Cost >= BestCost)
            return;
        BestCost = State.Cost;
        for (var i = 0; i < tables.Staff; i++)
            State.Of(i).CopyTo(_best.AsSpan(i * tables.Days));
    }

    public void Propose(int count)
    {
        for (var k = 0; k < count; k++)
        {
            var kind = random.NextInt32(100);
            if (kind < Single)
                FillBlock(1);
            else if (kind < Single + Fill)
                FillBlock(Length(2));
            else if (kind < Single + Fill + Rotation)
                Rotate();
            else
                Exchange();
        }
    }

    /// <summary>At random; less than asked for where the horizon is shorter.</summary>
    private int Length(int least)
    {
        var most = Math.Min(tables.Days, LongestBlock);
        return least >= most ? most : least + random.NextInt32(most - least + 1);
    }

    private void FillBlock(int length)
    {
        var (person, first) = (random.NextInt32(tables.Staff), random.NextInt32(tables.Days - length + 1));
        var days = _days.AsSpan(0, length);
        days.Fill((sbyte)(random.NextInt32(tables.Shifts + 1) - 1));
        Try(person, first, days);
    }

    private void Rotate()
    {
        if (tables.Days < 2)
            return;
        var length = Length(2);
        var (person, first) = (random.NextInt32(tables.Staff), random.NextInt32(tables.Days - length + 1));
        var row = State.Of(person).Slice(first, length);
        var days = _days.AsSpan(0, length);
        if (random.NextBoolean())
        {
            row[1..].CopyTo(days);
            days[^1] = row[0];
        }
        else
        {
            row[..^1].CopyTo(days[1..]);
            days[0] = row[^1];
        }
        Try(person, first, days);
    }

    private void Try(int person, int first, Span<sbyte> days)
    {
        if (State.Of(person).Slice(first, days.Length).SequenceEqual(days))
            return;
        var mark = State.Mark(person);
        var change = State.Replace(person, first, days) + State.Cover(person, first, days);
        if (IsAccepted(change))
        {
            State.KeepCover(person, first, days);
            Keep(change);
        }
        else
            State.Restore(person, first, days, mark);
    }

    private void Exchange()
    {
        if (tables.Staff < 2)
            return;
        var (one, other) = (random.NextInt32(tables.Staff), random.NextInt32(tables.Staff - 1));
        if (other >= one)
            other++;
        var length = Length(1);
        var first = random.NextInt32(tables.Days - length + 1);
        // Days that are the same at both ends of the block are none of it.
        var own = State.Of(one).Slice(first, length);
        var theirs = State.Of(other).Slice(first, length);
        var common = own.CommonPrefixLength(theirs);
        if (common == length)
            return;
        first += common;
        while (own[length - 1] == theirs[length - 1])
            length--;
        own = own[common..length];
        theirs = theirs[common..length];
        var days = _days.AsSpan(0, own.Length);
        var others = _others.AsSpan(0, own.Length);
        theirs.CopyTo(days);
        own.CopyTo(others);
        var (mark, otherMark) = (State.Mark(one), State.Mark(other));
        var change = State.Replace(one, first, days) + State.Replace(other, first, others);
        if (IsAccepted(change))
            Keep(change);
        else
        {
            State.Restore(one, first, days, mark);
            State.Restore(other, first, others, otherMark);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAccepted(RosterChange change)
    {
        var worse = change.Cost + Penalty * change.Missed;
        return worse <= 0 || random.NextDouble() < Math.Exp(-worse / Temperature);
    }

    private void Keep(RosterChange change)
    {
        State.Keep(change);
        Remember();
    }
}
