using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// Another problem of the same kind: the same precedences, capacities, durations and demands, dealt out anew. The tasks of a
/// job exchange their modes among each other, so that in a job shop every job still visits every machine, in another order;
/// where each job is one task, all tasks do. Releases, due dates and weights stay together and go to other jobs.
/// </summary>
internal static class SchedulingLookalike
{
    public static SchedulingProblem Of(SchedulingProblem like, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, $"lookalike/{like.Id}");
        var modes = like.Tasks.Select(t => t.Modes).ToArray();
        if (like.Jobs.All(j => j.NumTasks == 1))
            random.Shuffle(modes.AsSpan());
        else
            foreach (var job in like.Jobs)
                random.Shuffle(modes.AsSpan(job.FirstTask, job.NumTasks));
        var terms = like.Jobs.Select(j => (j.Release, j.Due, j.Weight)).ToArray();
        random.Shuffle(terms.AsSpan());
        return new(
            like.Resources,
            [
                .. like.Jobs.Select(
                    (j, i) => j with { Release = terms[i].Release, Due = terms[i].Due, Weight = terms[i].Weight }
                ),
            ],
            [.. like.Tasks.Select((t, i) => t with { Modes = modes[i] })],
            like.Objective
        );
    }
}
