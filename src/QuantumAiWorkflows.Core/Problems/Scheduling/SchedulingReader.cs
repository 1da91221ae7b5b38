using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// Brings a client's record to the one problem that it means, or says everything that is wrong with it. O(n log n) in what
/// was sent. Pointers lead into the record as it was sent; the problem itself is in <see cref="IdOrder"/>.
/// </summary>
internal sealed partial class SchedulingReader
{
    private readonly SchedulingInput _input;
    private readonly string _pointer;
    private readonly FaultList _faults;
    private readonly Dictionary<string, int> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tasks = new(StringComparer.Ordinal);
    private readonly ShopResource[] _sortedResources;
    private readonly List<(int Job, int Task)> _places = [];

    private SchedulingReader(SchedulingInput input, string pointer, FaultList faults)
    {
        (_input, _pointer, _faults) = (input, pointer, faults);
        _sortedResources =
        [
            .. input.Resources.Select(r => new ShopResource(r.Id, r.Capacity)).OrderBy(r => r.Id, IdOrder.Natural),
        ];
    }

    public static SchedulingProblem? Read(SchedulingInput input, string pointer, FaultList faults)
    {
        var before = faults.Count;
        var reader = new SchedulingReader(input, pointer, faults);
        if (!reader.IsWithinLimits())
            return null;
        reader.NumberResources();
        var jobs = reader.NumberTasks();
        var tasks = new ShopTask[reader._places.Count];
        for (var j = 0; j < jobs.Length; j++)
        for (var i = jobs[j].FirstTask; i < jobs[j].FirstTask + jobs[j].NumTasks; i++)
            tasks[i] = reader.ReadTask(j, reader._places[i].Job, reader._places[i].Task);
        if (faults.Count > before)
            return null;
        reader.CheckCycles(tasks);
        reader.CheckObjective();
        reader.CheckHorizon(tasks);
        return faults.Count > before ? null : new(reader._sortedResources, jobs, tasks, input.Objective);
    }

    /// <summary>Whether all that is allocated from here on is bounded.</summary>
    private bool IsWithinLimits()
    {
        var tasks = _input.Jobs.SelectMany(j => j.Tasks);
        var modes = tasks.SelectMany(t => t.Modes);
        return Within("tasks", _input.Jobs.Sum(j => (long)j.Tasks.Length), SchedulingProblem.MaxTasks)
            & Within("modes", tasks.Sum(t => (long)t.Modes.Length), SchedulingProblem.MaxModes)
            & Within("precedences", tasks.Sum(t => (long)t.After.Length), SchedulingProblem.MaxPrecedences)
            & Within("uses of resources", modes.Sum(m => (long)m.Uses.Count), SchedulingProblem.MaxUses);
    }

    private bool Within(string what, long count, int limit)
    {
        if (count <= limit)
            return true;
        _faults.Add(
            FaultCode.OverLimit,
            $"{_pointer}/jobs",
            $"Expected at most {limit} {what} in all jobs together, got {count}.",
            count,
            limit
        );
        return false;
    }

    private void NumberResources()
    {
        for (var i = 0; i < _sortedResources.Length; i++)
            _resources.TryAdd(_sortedResources[i].Id, i);
        ReportTwins(_input.Resources.Select(r => r.Id), "resource", i => $"/resources/{i}/id");
    }

    /// <summary>Gives tasks their indices: jobs by id, tasks of a job by id.</summary>
    private ShopJob[] NumberTasks()
    {
        ReportTwins(_input.Jobs.Select(j => j.Id), "job", i => $"/jobs/{i}/id");
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var j = 0; j < _input.Jobs.Length; j++)
        for (var t = 0; t < _input.Jobs[j].Tasks.Length; t++)
        {
            var (id, at) = (_input.Jobs[j].Tasks[t].Id, $"{_pointer}/jobs/{j}/tasks/{t}/id");
            if (!first.TryAdd(id, at))
                _faults.Add(
                    FaultCode.DuplicateEntry,
                    at,
                    $"Task \"{id}\" is given twice, first at {first[id]}; ids of tasks stand once in the whole problem.",
                    id
                );
        }

        var jobs = new List<ShopJob>();
        foreach (var j in Order(_input.Jobs, job => job.Id))
        {
            var job = _input.Jobs[j];
            jobs.Add(new(job.Id, job.Release, job.Due, job.Weight, _places.Count, job.Tasks.Length));
            foreach (var t in Order(job.Tasks, task => task.Id))
            {
                _tasks.TryAdd(job.Tasks[t].Id, _places.Count);
                _places.Add((j, t));
            }
        }
        return [.. jobs];
    }

    /// <param name="job">In the problem; the other two are places in the record.</param>
    private ShopTask ReadTask(int job, int jobPlace, int taskPlace)
    {
        var input = _input.Jobs[jobPlace].Tasks[taskPlace];
        var at = $"{_pointer}/jobs/{jobPlace}/tasks/{taskPlace}";
        var own = _tasks[input.Id];
        var after = new SortedSet<int>();
        for (var k = 0; k < input.After.Length; k++)
        {
            var id = input.After[k];
            if (!_tasks.TryGetValue(id, out var index))
                _faults.Add(
                    FaultCode.UnknownValue,
                    $"{at}/after/{k}",
                    $"There is no task \"{JsonScalars.Short(id)}\".",
                    JsonScalars.Short(id)
                );
            else if (index == own)
                _faults.Add(FaultCode.Conflict, $"{at}/after/{k}", $"Task \"{id}\" cannot wait for itself.", id);
            else if (!after.Add(index))
                _faults.Add(FaultCode.DuplicateEntry, $"{at}/after/{k}", $"Task \"{id}\" is given twice.", id);
        }

        var modes = input.Modes.Select((m, k) => ReadMode(m, k, $"{at}/modes/{k}")).ToArray();
        ReportTwins(modes.Select(m => m.Id), "mode", k => $"{at[_pointer.Length..]}/modes/{k}/id");
        if (!modes.Any(m => m.Fits))
            ReportWhyNothingFits(input.Id, modes, at);
        Array.Sort(modes, (l, r) => IdOrder.Natural.Compare(l.Id, r.Id));
        return new(input.Id, job, [.. after], modes);
    }

    private ShopMode ReadMode(ModeInput input, int place, string at)
    {
        var uses = new List<ResourceUse>();
        foreach (var (id, amount) in input.Uses)
        {
            if (!_resources.TryGetValue(id, out var resource))
                _faults.Add(
                    FaultCode.UnknownValue,
                    StrictJson.Append($"{at}/uses", id),
                    $"There is no resource \"{JsonScalars.Short(id)}\".",
                    JsonScalars.Short(id)
                );
            else if (amount is < 0 or > SchedulingProblem.MaxUnits)
                _faults.Add(
                    FaultCode.OutOfRange,
                    StrictJson.Append($"{at}/uses", id),
                    $"Expected 0 to {SchedulingProblem.MaxUnits} units, got {amount}.",
                    amount,
                    amount < 0 ? 0 : SchedulingProblem.MaxUnits
                );
            else if (amount > 0)
                uses.Add(new(resource, amount));
        }
        uses.Sort((l, r) => l.Resource.CompareTo(r.Resource));
        var fits = input.Duration == 0 || uses.TrueForAll(u => u.Amount <= _sortedResources[u.Resource].Capacity);
        return new(input.Id ?? Number(place + 1), input.Duration, [.. uses], fits);
    }

    private void ReportWhyNothingFits(string id, ShopMode[] modes, string at)
    {
        for (var k = 0; k < modes.Length; k++)
        {
            var over = modes[k].Uses.First(u => u.Amount > _sortedResources[u.Resource].Capacity);
            var resource = _sortedResources[over.Resource];
            _faults.Add(
                FaultCode.DoesNotFit,
                StrictJson.Append($"{at}/modes/{k}/uses", resource.Id),
                $"Task \"{id}\" can never run: mode \"{modes[k].Id}\" uses {over.Amount} of \"{resource.Id}\", its capacity is {resource.Capacity}, and no other mode fits.",
                over.Amount,
                resource.Capacity
            );
        }
    }

    private void ReportTwins(IEnumerable<string> ids, string what, Func<int, string> pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var place = 0;
        foreach (var id in ids)
        {
            if (!seen.Add(id))
                _faults.Add(
                    FaultCode.DuplicateEntry,
                    _pointer + pointer(place),
                    $"The {what} \"{id}\" is given twice.",
                    id
                );
            place++;
        }
    }

    private static IEnumerable<int> Order<T>(T[] items, Func<T, string> id) =>
        Enumerable.Range(0, items.Length).OrderBy(i => id(items[i]), IdOrder.Natural);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
