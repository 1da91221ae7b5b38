namespace QuantumAiWorkflows.Problems.Scheduling.Encodings;

/// <summary>
/// A term of the objective: weight times the latest of some tasks' ends, each less a due date, and at least a floor. Where it
/// hangs on one task it is linear in that task's starts; else one-hot variables say its value, kept from being less than any
/// task's by products of two.
/// </summary>
/// <param name="Tasks">With what is taken off their ends; only such as no other of them must follow.</param>
/// <param name="Values">Ascending, all that it can have: the first where nothing ends later.</param>
internal sealed record ObjectivePart(
    string Name,
    IReadOnlyList<int> Tasks,
    IReadOnlyDictionary<int, long> Less,
    long[] Values,
    int Weight
)
{
    public bool IsConstant => Values.Length == 1;

    /// <summary>One task alone decides it.</summary>
    public bool IsLinear => Tasks.Count == 1;

    /// <summary>Variables of its own.</summary>
    public int NumVariables => IsConstant || IsLinear ? 0 : Values.Length;

    /// <summary>Products that its variables take, by the starts of its tasks.</summary>
    public long CountProducts(StartVariables starts)
    {
        if (NumVariables == 0)
            return 0;
        var count = (long)Values.Length * (Values.Length - 1) / 2;
        foreach (var task in Tasks)
        foreach (var block in starts.Of(task))
            for (var start = block.From; start <= block.To; start++)
                count += Array.BinarySearch(Values, Of(block, start));
        return count;
    }

    /// <summary>What a task's start in a block makes of it, when nothing else ends later.</summary>
    public long Of(StartBlock block, long start) => Math.Max(Values[0], start + block.Duration - Less[block.Task]);

    public static IReadOnlyList<ObjectivePart> All(SchedulingProblem problem, StartVariables starts)
    {
        var due = problem.Jobs.Where(j => j.Due is not null);
        return problem.Objective switch
        {
            ScheduleObjective.Makespan =>
            [
                Make("makespan", Enumerable.Range(0, problem.Tasks.Count).ToDictionary(i => i, _ => 0L), null, 1),
            ],
            ScheduleObjective.MaxLateness when due.Any() =>
            [
                Make("maxLateness", due.SelectMany(TasksOf).ToDictionary(), null, 1),
            ],
            ScheduleObjective.MaxLateness => [],
            ScheduleObjective.TotalTardiness =>
            [
                .. due.Select(j => Make($"tardiness of {j.Id}", TasksOf(j).ToDictionary(), 0, 1)),
            ],
            _ =>
            [
                .. due.Where(j => j.Weight > 0)
                    .Select(j => Make($"tardiness of {j.Id}", TasksOf(j).ToDictionary(), 0, j.Weight)),
            ],
        };

        static IEnumerable<KeyValuePair<int, long>> TasksOf(ShopJob job) =>
            Enumerable.Range(job.FirstTask, job.NumTasks).Select(i => KeyValuePair.Create(i, (long)job.Due!.Value));

        ObjectivePart Make(string name, Dictionary<int, long> less, long? floor, int weight)
        {
            // A task that another one follows, with no more taken off, is never the latest.
            int[] tasks =
            [
                .. less
                    .Keys.Where(i =>
                        !problem.Followers[i].Any(next => less.TryGetValue(next, out var off) && off <= less[i])
                    )
                    .Order(),
            ];
            var least = floor ?? long.MinValue;
            foreach (var i in tasks)
            {
                var earliest = long.MaxValue;
                foreach (var block in starts.Of(i))
                    earliest = Math.Min(earliest, block.From + block.Duration - less[i]);
                least = Math.Max(least, earliest);
            }
            var values = new SortedSet<long> { least };
            foreach (var i in tasks)
            foreach (var block in starts.Of(i))
                for (var start = block.From; start <= block.To; start++)
                    values.Add(Math.Max(least, start + block.Duration - less[i]));
            return new(name, tasks, less, [.. values], weight);
        }
    }
}
