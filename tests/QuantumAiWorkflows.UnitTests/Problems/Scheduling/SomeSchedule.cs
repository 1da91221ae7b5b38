using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Problems.Scheduling;

/// <summary>Scheduling problems and answers for tests.</summary>
internal static class SomeSchedule
{
    /// <summary>A problem from its members: family is added.</summary>
    public static SchedulingProblem Problem(string members)
    {
        var faults = new FaultList();
        var problem = Posted.Read($$"""{"family":"scheduling",{{members}} }""", "/problem", faults);
        faults.Items.Should().BeEmpty();
        return (SchedulingProblem)problem!;
    }

    public static SchedulingSolution Answer(SchedulingProblem problem, string json)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(json);
        var solution = problem.ReadSolution(document.RootElement, "", faults);
        faults.Items.Should().BeEmpty();
        return (SchedulingSolution)solution!;
    }

    /// <summary>
    /// Everything that the family can say, at random: several resources with capacities, modes, precedences across jobs,
    /// releases, due dates, weights, events without duration.
    /// </summary>
    public static SchedulingProblem Random(
        long seed,
        int numTasks,
        ScheduleObjective objective = ScheduleObjective.Makespan,
        int maxDuration = 5
    )
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "some schedule");
        var numResources = 1 + random.NextInt32(3);
        var capacities = Enumerable.Range(0, numResources).Select(_ => 1 + random.NextInt32(3)).ToArray();
        var numJobs = 1 + random.NextInt32(Math.Min(3, numTasks));
        var tasks = Enumerable.Range(0, numJobs).Select(_ => new JsonArray()).ToArray();
        for (var i = 0; i < numTasks; i++)
        {
            var after = new JsonArray();
            for (var before = 0; before < i; before++)
                if (random.NextInt32(numTasks) == 0)
                    after.Add($"t{before}");
            var modes = new JsonArray();
            for (var m = random.NextInt32(3) / 2; m >= 0; m--)
            {
                var uses = new JsonObject();
                for (var r = 0; r < numResources; r++)
                    if (random.NextBoolean())
                        uses[$"r{r}"] = random.NextInt32(capacities[r] + 1);
                modes.Add(new JsonObject { ["duration"] = random.NextInt32(maxDuration + 1), ["uses"] = uses });
            }
            tasks[i % numJobs]
                .Add(
                    new JsonObject
                    {
                        ["id"] = $"t{i}",
                        ["after"] = after,
                        ["modes"] = modes,
                    }
                );
        }
        var problem = new JsonObject
        {
            ["family"] = "scheduling",
            ["objective"] = JsonNamingPolicy.CamelCase.ConvertName(objective.ToString()),
            ["resources"] = new JsonArray([
                .. capacities.Select((c, r) => new JsonObject { ["id"] = $"r{r}", ["capacity"] = c }),
            ]),
            ["jobs"] = new JsonArray([
                .. tasks.Select(
                    (t, j) =>
                        new JsonObject
                        {
                            ["id"] = $"j{j}",
                            ["release"] = random.NextInt32(4),
                            ["due"] = j == 0 || random.NextBoolean() ? random.NextInt32(2 * maxDuration) : null,
                            ["weight"] = random.NextInt32(4),
                            ["tasks"] = t,
                        }
                ),
            ]),
        };
        var faults = new FaultList();
        var read = Posted.Read(problem.ToJsonString(), "/problem", faults);
        faults.Items.Should().BeEmpty();
        return (SchedulingProblem)read!;
    }

    /// <summary>Two jobs that share a saw of capacity 1 and a crew of 2.</summary>
    public static SchedulingProblem Workshop(string objective = "makespan") =>
        Problem(
            $"\"objective\":\"{objective}\","
                + """
                "resources":[{"id":"saw"},{"id":"crew","capacity":2}],
                "jobs":[
                  {"id":"a","release":1,"due":5,"weight":2,"tasks":[
                    {"id":"a1","modes":[{"id":"fast","duration":2,"uses":{"saw":1,"crew":2}},{"id":"slow","duration":4,"uses":{"saw":1,"crew":1}}]},
                    {"id":"a2","after":["a1"],"modes":[{"duration":3,"uses":{"crew":1}}]}]},
                  {"id":"b","due":20,"tasks":[
                    {"id":"b1","after":["a1"],"modes":[{"duration":2,"uses":{"saw":1}}]}]}]
                """
        );
}
