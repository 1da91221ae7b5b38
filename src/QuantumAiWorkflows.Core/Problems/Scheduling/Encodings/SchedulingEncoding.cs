using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Scheduling.Encodings;

/// <summary>Small schedules by start: x[i, m, t] says that task i starts at t in mode m. Everything is done by a horizon.</summary>
/// <remarks>
/// The time-indexed form of A. A. B. Pritsker, L. J. Watters, P. M. Wolfe, "Multiproject scheduling with limited resources: a
/// zero-one programming approach", Management Science 16, 1969; as a QUBO for job shops D. Venturelli, D. J. J. Marchand, G. Rojo,
/// "Quantum annealing implementation of job-shop scheduling", arXiv:1506.08479, 2015.
/// </remarks>
internal static class SchedulingEncoding
{
    private const int MaxTasks = 1_000;

    /// <summary>Of resources by modes that fit: with it, what is looked at before the first limit is reached takes a second at most.</summary>
    private const int MaxUses = 20_000;

    public static EncodingResult Of(SchedulingProblem problem, EncodingRequest request)
    {
        if (CheckShape(problem) is { } tooLarge)
            return tooLarge;
        var windows = TaskWindows.Of(problem, request.Horizon);
        if (request.Horizon is { } horizon && windows.TooShort(problem, horizon) is var (task, needed))
            return new EncodingResult.BadRequest([
                new(
                    FaultCode.OutOfRange,
                    $"Task {problem.Tasks[task].Id} cannot be done in time: with what must come before and after it, it needs a horizon of {needed}, got {horizon}."
                )
                {
                    Pointer = "/horizon",
                    Value = horizon,
                    Limit = needed,
                },
            ]);
        var starts = new StartVariables(problem, windows);
        if (EncodingLimits.CheckVariables(starts.Count) is { } tooMany)
            return tooMany;
        var parts = ObjectivePart.All(problem, starts);
        if (EncodingLimits.CheckVariables(starts.Count + parts.Sum(p => (long)p.NumVariables)) is { } tooManyValues)
            return tooManyValues;
        var constraints = new ScheduleConstraints(problem, starts);
        if (
            EncodingLimits.CheckProducts(constraints.CountProducts() + parts.Sum(p => p.CountProducts(starts))) is
            { } tooDense
        )
            return tooDense;

        var model = new ConstrainedModel(problem.Sense);
        foreach (var block in starts.Blocks)
            for (var start = block.From; start <= block.To; start++)
                model.AddBinary(
                    problem.Tasks[block.Task].Modes.Length == 1
                        ? $"at {start}: {problem.Tasks[block.Task].Id}"
                        : $"at {start}, mode {block.Mode + 1}: {problem.Tasks[block.Task].Id}"
                );
        constraints.AddTo(model);
        var firsts = parts.Select(part => AddPart(part, starts, model)).ToArray();
        return QuboEncoder.Encode(
            problem,
            new(
                model,
                starts.Decode,
                solution => Values((SchedulingSolution)solution, starts, parts, firsts, model.Variables.Count),
                solution => LeftShift(problem, (SchedulingSolution)solution),
                windows.CoversOptimum
            )
            {
                HasHorizon = true,
            },
            request
        );
    }

    private static EncodingResult.Refused? CheckShape(SchedulingProblem problem)
    {
        var uses = problem.Tasks.Sum(t => t.Modes.Where(m => m.Fits).Sum(m => (long)m.Uses.Length));
        return problem.Tasks.Count > MaxTasks
                ? new(
                    $"The encoding of scheduling problems takes {MaxTasks} tasks; this one has {problem.Tasks.Count}.",
                    problem.Tasks.Count,
                    MaxTasks,
                    "task"
                )
            : uses > MaxUses
                ? new(
                    $"The encoding of scheduling problems takes {MaxUses} uses of resources by modes; this one has {uses}.",
                    uses,
                    MaxUses,
                    "use"
                )
            : null;
    }

    /// <summary>Its index of the variable of the first value; -1 where it has no variables.</summary>
    private static int AddPart(ObjectivePart part, StartVariables starts, ConstrainedModel model)
    {
        // Exactly one start and one value are chosen, so the least of them can stand apart: penalties follow the differences.
        model.Offset += (double)part.Weight * part.Values[0];
        if (part.IsConstant)
            return -1;
        if (part.IsLinear)
        {
            foreach (var block in starts.Of(part.Tasks[0]))
                for (var start = block.From; start <= block.To; start++)
                    if (part.Of(block, start) - part.Values[0] is > 0 and var more)
                        model.AddObjective(block.At(start), (double)part.Weight * more);
            return -1;
        }
        var first = model.Variables.Count;
        foreach (var value in part.Values)
            model.AddObjective(
                model.AddBinary($"{part.Name}: {value}"),
                (double)part.Weight * (value - part.Values[0])
            );
        model.AddOneHot(
            "completion",
            $"completion[{part.Name}]",
            "/objective",
            [.. Enumerable.Range(first, part.Values.Length)]
        );
        var pairs = new List<(int, int)>();
        foreach (var task in part.Tasks)
        foreach (var block in starts.Of(task))
            for (var start = block.From; start <= block.To; start++)
            for (var k = 0; part.Values[k] < part.Of(block, start); k++)
                pairs.Add((block.At(start), first + k));
        model.AddPairs("completion", $"completion[{part.Name}] is late enough", "/objective", pairs);
        return first;
    }

    private static long[]? Values(
        SchedulingSolution solution,
        StartVariables starts,
        IReadOnlyList<ObjectivePart> parts,
        int[] firsts,
        int count
    )
    {
        var values = new long[count];
        if (!starts.TryWrite(solution, values))
            return null;
        for (var p = 0; p < firsts.Length; p++)
        {
            if (firsts[p] < 0)
                continue;
            var most = parts[p].Values[0];
            foreach (var task in parts[p].Tasks)
            foreach (var block in starts.Of(task))
                for (var start = block.From; start <= block.To; start++)
                    if (values[block.At(start)] == 1)
                        most = Math.Max(most, parts[p].Of(block, start));
            values[firsts[p] + Array.BinarySearch(parts[p].Values, most)] = 1;
        }
        return values;
    }

    /// <summary>
    /// The repair: tasks in the order of their starts, in their modes, each as early as resources and predecessors allow. One that
    /// was not placed is taken as if it started at 0.
    /// </summary>
    private static SchedulingSolution LeftShift(SchedulingProblem problem, SchedulingSolution solution)
    {
        var (priority, modes) = (new long[problem.Tasks.Count], new int?[problem.Tasks.Count]);
        foreach (var (task, start, mode) in solution.Placements)
            if (modes[task] is null)
                (priority[task], modes[task]) = (start, mode);
        return ListSchedule.Of(problem, priority, modes);
    }
}
