using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>An instance of a suite with its problem at hand.</summary>
internal sealed record ResolvedInstance(BenchmarkInstance Instance, Problem Problem);

/// <summary>Finds or makes the problem of every instance: stored, inline, or from a generator.</summary>
internal sealed class SuiteResolver(ProblemLibrary library, IOptions<QaiwOptions> options)
{
    public async Task<(IReadOnlyList<ResolvedInstance>? Instances, Refusal? Refusal)> ResolveAsync(
        Suite suite,
        string tenant,
        FaultList faults,
        CancellationToken cancellation
    )
    {
        var resolved = new List<ResolvedInstance>();
        var limit = options.Value.Limits.InteractionsPerBenchmark;
        var size = 0L;
        var firstWithId = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < suite.Instances.Count; i++)
        {
            var instance = suite.Instances[i];
            var at = $"/instances/{i}";
            cancellation.ThrowIfCancellationRequested();
            var (problem, refusal) = await ProblemOfAsync(instance, at, tenant, faults, cancellation);
            if (refusal is not null)
                return (null, refusal);
            if (problem is null)
            {
                // Generated whole before it was found too large: a thousand of those would keep the server busy for an hour.
                if (instance.Generator is not null && faults.Items.Any(f => f.Code == FaultCode.OverLimit))
                    return (null, null);
                continue;
            }
            size += problem.NumInteractions + problem.NumVariables;
            if (size > limit)
            {
                // The rest is not even looked at: a short suite can ask for more than fits in memory.
                faults.Add(
                    FaultCode.OverLimit,
                    at,
                    $"This server takes suites of {limit} interactions and variables over all instances; up to this one they are {size}.",
                    size,
                    limit
                );
                return (null, null);
            }
            // The instance is the unit of analysis: the same one twice would count as two.
            if (!firstWithId.TryAdd(problem.Id, instance.Name))
            {
                faults.Add(
                    FaultCode.DuplicateEntry,
                    at,
                    $"Instances \"{firstWithId[problem.Id]}\" and \"{instance.Name}\" are the same problem."
                );
                continue;
            }
            resolved.Add(new(BenchmarkInstance.Of(instance.Name, problem, instance.Reference), problem));
        }
        return (resolved, null);
    }

    private async Task<(Problem? Problem, Refusal? Refusal)> ProblemOfAsync(
        SuiteInstance instance,
        string at,
        string tenant,
        FaultList faults,
        CancellationToken cancellation
    )
    {
        if (instance.ProblemId is { } id)
        {
            var (found, refusal) = await library.FindAsync(tenant, id, cancellation);
            return refusal is { Status: 404 } ? (null, Refusal.NotFound("problem", id)) : (found, refusal);
        }
        if (instance.Problem is { } inline)
            return (library.Read(inline, $"{at}/problem", faults), null);

        var generator = ProblemGenerators.Find(instance.Generator!);
        if (generator is null)
        {
            faults.Add(
                FaultCode.UnknownGenerator,
                $"{at}/generator",
                $"No generator \"{instance.Generator}\"; known are {string.Join(", ", ProblemGenerators.All.Select(g => g.Id))}."
            );
            return (null, null);
        }
        var parameters = instance.Parameters ?? JsonElement.Parse("{}");
        var problem = generator.Generate(parameters, instance.Seed ?? 0, $"{at}/parameters", faults);
        return (problem is not null && library.Fits(problem, at, faults) ? problem : null, null);
    }
}
