using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <content>What shows only once all tasks are read.</content>
internal sealed partial class SchedulingReader
{
    private void CheckCycles(ShopTask[] tasks)
    {
        var cycle = PrecedenceOrder.Cycle(tasks.Length, i => tasks[i].After);
        if (cycle.Count == 0)
            return;
        var shown = cycle.Take(20).Select(i => $"\"{tasks[i].Id}\"");
        var rest = cycle.Count > 20 ? $" and {cycle.Count - 20} more" : "";
        var (job, place) = _places[cycle[0]];
        _faults.Add(
            FaultCode.Conflict,
            $"{_pointer}/jobs/{job}/tasks/{place}/after",
            $"{cycle.Count} tasks wait for each other in a circle: {string.Join(" before ", shown)}{rest}, before \"{tasks[cycle[0]].Id}\" again.",
            cycle.Count
        );
    }

    private void CheckObjective()
    {
        if (_input.Objective != ScheduleObjective.Makespan && _input.Jobs.All(j => j.Due is null))
            _faults.Add(
                FaultCode.Conflict,
                $"{_pointer}/objective",
                "Lateness and tardiness need a job with a due date; none has one."
            );
        var weight = _input.Jobs.Sum(j => (long)j.Weight);
        if (weight > SchedulingProblem.MaxTotalWeight)
            _faults.Add(
                FaultCode.Overflow,
                $"{_pointer}/jobs",
                $"The weights of all jobs come to {weight}; at most {SchedulingProblem.MaxTotalWeight} keep every objective exact.",
                weight,
                SchedulingProblem.MaxTotalWeight
            );
    }

    private void CheckHorizon(ShopTask[] tasks)
    {
        var horizon = _input.Jobs.Max(j => j.Release) + tasks.Sum(t => (long)SchedulingProblem.LongestDuration(t));
        if (horizon > SchedulingProblem.MaxHorizon)
            _faults.Add(
                FaultCode.Overflow,
                $"{_pointer}/jobs",
                $"The latest release and the longest durations of all tasks come to {horizon}; at most {SchedulingProblem.MaxHorizon} are taken. Use a coarser unit of time.",
                horizon,
                SchedulingProblem.MaxHorizon
            );
    }
}
