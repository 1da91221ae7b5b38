using System.Buffers;
using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// The normalized record: jobs, their tasks, the modes of these and the resources in <see cref="IdOrder"/>, everything given
/// that has a default, uses of 0 dropped, due left out where there is none. Members in JCS order.
/// </summary>
internal static class SchedulingCanonical
{
    public static byte[] Write(SchedulingProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(128 + 100 * problem.Tasks.Count);
        buffer.Write("""{"family":"scheduling","jobs":[""");
        for (var j = 0; j < problem.Jobs.Count; j++)
        {
            var job = problem.Jobs[j];
            buffer.Write(j == 0 ? "{" : ",{");
            if (job.Due is { } due)
                buffer.Write($"\"due\":{Number(due)},");
            buffer.Write($"\"id\":{CanonicalJson.Text(job.Id)},\"release\":{Number(job.Release)},\"tasks\":[");
            for (var i = job.FirstTask; i < job.FirstTask + job.NumTasks; i++)
            {
                buffer.Write(i == job.FirstTask ? "" : ",");
                WriteTask(buffer, problem, problem.Tasks[i]);
            }
            buffer.Write($"],\"weight\":{Number(job.Weight)}}}");
        }
        var objective = JsonNames.Of(problem.Objective);
        buffer.Write($"],\"objective\":\"{objective}\",\"resources\":[");
        buffer.Write(
            string.Join(
                ',',
                problem.Resources.Select(r =>
                    $"{{\"capacity\":{Number(r.Capacity)},\"id\":{CanonicalJson.Text(r.Id)}}}"
                )
            )
        );
        buffer.Write("],\"schema\":1}");
        return buffer.WrittenSpan.ToArray();
    }

    public static SchedulingProblem Read(JsonElement element)
    {
        if (element.GetProperty("schema").GetInt32() != 1)
            throw new JsonException("Unknown schema of the canonical form.");
        var faults = new FaultList();
        var input = element.Deserialize<SchedulingInput>(StrictJson.Options) ?? throw new JsonException("No record.");
        return SchedulingReader.Read(input, "", faults) ?? throw new JsonException(faults.Items[0].Detail);
    }

    private static void WriteTask(ArrayBufferWriter<byte> buffer, SchedulingProblem problem, ShopTask task)
    {
        var after = task.After.Select(i => CanonicalJson.Text(problem.Tasks[i].Id));
        buffer.Write($"{{\"after\":[{string.Join(',', after)}],\"id\":{CanonicalJson.Text(task.Id)},\"modes\":[");
        for (var k = 0; k < task.Modes.Length; k++)
        {
            var mode = task.Modes[k];
            // Members of an object: their order is JCS's, not that of the resources.
            var uses = mode
                .Uses.OrderBy(u => problem.Resources[u.Resource].Id, StringComparer.Ordinal)
                .Select(u => $"{CanonicalJson.Text(problem.Resources[u.Resource].Id)}:{Number(u.Amount)}");
            buffer.Write(
                $"{(k == 0 ? "" : ",")}{{\"duration\":{Number(mode.Duration)},\"id\":{CanonicalJson.Text(mode.Id)},\"uses\":{{{string.Join(',', uses)}}}}}"
            );
        }
        buffer.Write("]}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
