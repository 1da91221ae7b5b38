using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Scheduling.Formats;

namespace QuantumAiWorkflows.Problems.Scheduling.Generators;

/// <summary>
/// Every job visits every machine once, in an order of its own; durations are uniform and independent. The kind of Taillard's
/// instances ("Benchmarks for basic scheduling problems", European Journal of Operational Research 64, 1993).
/// </summary>
public sealed class JobShopGenerator : ProblemGenerator<JobShopParameters>
{
    public override string Id => "scheduling-job-shop";

    public override string Title => "Random job shop";

    public override ProblemFamily Family => SchedulingFamily.Instance;

    protected override Problem? Generate(JobShopParameters parameters, long seed, string pointer, FaultList faults)
    {
        var (low, high) = (parameters.MinDuration, parameters.MaxDuration);
        if (low > high)
            faults.Add(
                FaultCode.OutOfRange,
                $"{pointer}/minDuration",
                $"Expected minDuration <= maxDuration = {high}, got {low}.",
                low,
                high
            );
        var count = (long)parameters.NumJobs * parameters.NumMachines;
        if (count > SchedulingProblem.MaxTasks)
            faults.Add(
                FaultCode.OverLimit,
                $"{pointer}/numJobs",
                $"Expected at most {SchedulingProblem.MaxTasks} tasks, numJobs times numMachines are {count}.",
                count,
                SchedulingProblem.MaxTasks
            );
        if (low > high || count > SchedulingProblem.MaxTasks)
            return null;

        var random = Xoshiro256.FromSeed((ulong)seed, Id);
        var order = Enumerable.Range(0, parameters.NumMachines).ToArray();
        var jobs = new JobInput[parameters.NumJobs];
        for (var j = 0; j < jobs.Length; j++)
        {
            random.Shuffle(order.AsSpan());
            var tasks = new TaskInput[order.Length];
            for (var k = 0; k < tasks.Length; k++)
                tasks[k] = ShopSteps.Task(
                    j + 1,
                    k + 1,
                    [ShopSteps.Mode($"m{Text(order[k])}", low + random.NextInt32(high - low + 1))]
                );
            jobs[j] = new() { Id = $"j{Text(j + 1)}", Tasks = tasks };
        }
        var input = new SchedulingInput
        {
            Family = "scheduling",
            Resources = [.. Enumerable.Range(0, order.Length).Select(m => new ResourceInput { Id = $"m{Text(m)}" })],
            Jobs = jobs,
        };
        return SchedulingReader.Read(input, pointer, faults);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

public sealed record JobShopParameters
{
    [Range(1, 1000)]
    public required int NumJobs { get; init; }

    [Range(1, SchedulingProblem.MaxResources)]
    public required int NumMachines { get; init; }

    [Description("Durations are whole numbers from here, both ends included.")]
    [Range(0, 10_000)]
    public int MinDuration { get; init; } = 1;

    [Description("Durations are whole numbers up to here.")]
    [Range(0, 10_000)]
    public int MaxDuration { get; init; } = 99;
}
