using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.Solvers.DispatchingRules;

namespace QuantumAiWorkflows.Solvers.CpSat.Scheduling;

/// <summary>
/// A scheduling problem as a CP-SAT model: an interval for each task and way, present or not where there are several, no two
/// at once on a machine, never more than its capacity of any other resource. Exact: everything is whole.
/// </summary>
internal sealed class ScheduleModel
{
    private readonly DispatchModel _shop;
    private readonly Candidate _start;
    private readonly LinearExpr[] _ends;
    private readonly IntVar[] _starts;

    /// <summary>Per task a literal for each of its ways; null for a task with one.</summary>
    private readonly BoolVar[]?[] _chosen;
    private readonly List<(IntVar Variable, long Value)> _hint = [];

    /// <param name="start">A feasible schedule: the search begins with it, and for the makespan looks no further than its end.</param>
    /// <param name="bound">A proven bound on the objective.</param>
    public ScheduleModel(DispatchModel shop, Candidate start, long bound)
    {
        (_shop, _start) = (shop, start);
        _starts = new IntVar[shop.Count];
        _ends = new LinearExpr[shop.Count];
        _chosen = new BoolVar[]?[shop.Count];
        var uses = shop.Problem.Resources.Select(_ => new List<(IntervalVar Interval, int Amount)>()).ToArray();
        for (var i = 0; i < shop.Count; i++)
            AddTask(i, uses);
        for (var i = 0; i < shop.Count; i++)
            foreach (var before in shop.After[i])
                Model.Add(_starts[i] >= _ends[before]);
        for (var r = 0; r < uses.Length; r++)
            AddResource(shop.Problem.Resources[r].Capacity, uses[r]);
        AddObjective(bound);
        foreach (var (variable, value) in _hint)
            Model.AddHint(variable, value);
    }

    public CpModel Model { get; } = new();

    /// <summary>Starts and ways; the objective is to be computed from them, as auxiliaries need not be tight.</summary>
    public Candidate Read(CpSolverSolutionCallback values)
    {
        var (starts, ways) = (new int[_shop.Count], new int[_shop.Count]);
        for (var i = 0; i < _shop.Count; i++)
        {
            starts[i] = (int)values.SolutionIntegerValue(_starts[i].GetIndex());
            if (_chosen[i] is { } literals)
                ways[i] = Array.FindIndex(literals, l => values.SolutionBooleanValue(l.GetIndex()));
        }
        return new(0, starts, ways);
    }

    /// <summary>Some optimal schedule ends by then; for the makespan one that is no worse than the start.</summary>
    private long End => _shop.Problem.Objective == ScheduleObjective.Makespan ? _start.Score : _shop.Problem.Horizon;

    private void AddTask(int task, List<(IntervalVar Interval, int Amount)>[] uses)
    {
        var ways = _shop.Ways[task];
        var latest = End - _shop.Tail[task];
        var start = Model.NewIntVar(_shop.Head[task], latest - _shop.Shortest[task], "");
        _starts[task] = start;
        Hint(start, _start.Starts[task]);
        if (ways is [var only])
        {
            _ends[task] = start + only.Duration;
            if (only.Uses.Length > 0)
                Use(Model.NewFixedSizeIntervalVar(start, only.Duration, ""), only, uses);
            return;
        }

        var isOneDuration = Array.TrueForAll(ways, w => w.Duration == ways[0].Duration);
        var chosen = new BoolVar[ways.Length];
        IntVar? end = null;
        if (!isOneDuration)
        {
            end = Model.NewIntVar(_shop.Head[task] + _shop.Shortest[task], latest, "");
            Hint(end, _start.Starts[task] + (long)ways[_start.Ways[task]].Duration);
        }
        for (var w = 0; w < ways.Length; w++)
        {
            chosen[w] = Model.NewBoolVar("");
            Hint(chosen[w], _start.Ways[task] == w ? 1 : 0);
            if (end is not null)
                Model.Add(end == start + ways[w].Duration).OnlyEnforceIf(chosen[w]);
            if (ways[w].Uses.Length > 0)
                Use(Model.NewOptionalFixedSizeIntervalVar(start, ways[w].Duration, chosen[w], ""), ways[w], uses);
        }
        Model.AddExactlyOne(chosen);
        _chosen[task] = chosen;
        _ends[task] = end ?? start + ways[0].Duration;
    }

    private static void Use(IntervalVar interval, Way way, List<(IntervalVar Interval, int Amount)>[] uses)
    {
        foreach (var use in way.Uses)
            uses[use.Resource].Add((interval, use.Amount));
    }

    private void AddResource(int capacity, List<(IntervalVar Interval, int Amount)> uses)
    {
        if (uses.Sum(u => (long)u.Amount) <= capacity)
            return;
        if (uses.TrueForAll(u => 2L * u.Amount > capacity))
        {
            Model.AddNoOverlap(uses.Select(u => u.Interval));
            return;
        }
        var cumulative = Model.AddCumulative(capacity);
        foreach (var (interval, amount) in uses)
            cumulative.AddDemand(interval, amount);
    }

    private void AddObjective(long bound)
    {
        var problem = _shop.Problem;
        if (_shop.IsMaximumOfEnds)
        {
            var most = Model.NewIntVar(bound, _start.Score, "");
            Hint(most, _start.Score);
            for (var i = 0; i < _shop.Count; i++)
                if (_shop.Offset[i] != DispatchModel.Nowhere && IsLast(i))
                    Model.Add(most >= _ends[i] + _shop.Offset[i]);
            Model.Minimize(most);
            return;
        }

        var late = new List<IntVar>();
        var weights = new List<long>();
        for (var j = 0; j < problem.Jobs.Count; j++)
        {
            var job = problem.Jobs[j];
            var weight = problem.Objective == ScheduleObjective.WeightedTardiness ? job.Weight : 1;
            if (job.Due is not { } due || weight == 0)
                continue;
            var tardiness = Model.NewIntVar(0, problem.Horizon, "");
            var own = 0L;
            for (var i = job.FirstTask; i < job.FirstTask + job.NumTasks; i++)
            {
                own = Math.Max(own, _start.Starts[i] + (long)_shop.Ways[i][_start.Ways[i]].Duration - due);
                if (IsLast(i))
                    Model.Add(tardiness >= _ends[i] - due);
            }
            Hint(tardiness, own);
            late.Add(tardiness);
            weights.Add(weight);
        }
        Model.Minimize(LinearExpr.WeightedSum(late, weights));
    }

    /// <summary>No task of the same job waits for it: the job's completion is the end of such tasks.</summary>
    private bool IsLast(int task) => !Array.Exists(_shop.Followers[task], f => _shop.JobOf[f] == _shop.JobOf[task]);

    private void Hint(IntVar variable, long value) => _hint.Add((variable, value));
}
