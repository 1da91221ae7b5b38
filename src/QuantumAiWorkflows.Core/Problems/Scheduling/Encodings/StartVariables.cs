namespace QuantumAiWorkflows.Problems.Scheduling.Encodings;

/// <summary>One variable for each start of a task in one mode: <see cref="From"/> to <see cref="To"/>, in time's order.</summary>
/// <param name="First">Index of the variable of the first start.</param>
internal readonly record struct StartBlock(int Task, int Mode, int Duration, long From, long To, long First)
{
    public int At(long start) => (int)(First + start - From);

    /// <summary>Starts of another task that come before this one has ended, when it starts at a time.</summary>
    public (long From, long To) NotAfter(long start, StartBlock next) =>
        (next.From, Math.Min(next.To, start + Duration - 1));

    /// <summary>Starts of another task, of some duration as this one, that would overlap it.</summary>
    public (long From, long To) Overlapping(long start, StartBlock other) =>
        (Math.Max(other.From, start - other.Duration + 1), Math.Min(other.To, start + Duration - 1));
}

/// <summary>Which variable says that which task starts when, and how.</summary>
internal sealed class StartVariables
{
    private readonly int[] _firstBlock;

    public StartVariables(SchedulingProblem problem, TaskWindows windows)
    {
        var blocks = new List<StartBlock>();
        _firstBlock = new int[problem.Tasks.Count + 1];
        for (var i = 0; i < problem.Tasks.Count; i++)
        {
            for (var m = 0; m < problem.Tasks[i].Modes.Length; m++)
            {
                var mode = problem.Tasks[i].Modes[m];
                var (from, to) = (windows.Earliest[i], windows.Latest[i] - mode.Duration);
                if (!mode.Fits || to < from)
                    continue;
                blocks.Add(new(i, m, mode.Duration, from, to, Count));
                Count += to - from + 1;
            }
            _firstBlock[i + 1] = blocks.Count;
        }
        Blocks = [.. blocks];
    }

    public StartBlock[] Blocks { get; }

    /// <summary>Of all variables; those of a task stand together.</summary>
    public long Count { get; }

    public ReadOnlySpan<StartBlock> Of(int task) =>
        Blocks.AsSpan(_firstBlock[task], _firstBlock[task + 1] - _firstBlock[task]);

    /// <summary>Every start that a variable says.</summary>
    public SchedulingSolution Decode(IReadOnlyList<long> values)
    {
        var placements = new List<Placement>();
        foreach (var block in Blocks)
            for (var start = block.From; start <= block.To; start++)
                if (values[block.At(start)] == 1)
                    placements.Add(new(block.Task, (int)start, block.Mode));
        return new(placements);
    }

    /// <summary>False for a schedule with a start that no variable says, or in which not every task stands once.</summary>
    public bool TryWrite(SchedulingSolution solution, Span<long> values)
    {
        var placed = new bool[_firstBlock.Length - 1];
        foreach (var (task, start, mode) in solution.Placements)
        {
            var at = -1;
            foreach (var block in Of(task))
                if (block.Mode == mode && start >= block.From && start <= block.To)
                    at = block.At(start);
            if (at < 0 || placed[task])
                return false;
            (values[at], placed[task]) = (1, true);
        }
        return !placed.AsSpan().Contains(false);
    }
}
