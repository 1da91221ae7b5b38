using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>The example of a job that the interface's description gives, request and reply.</summary>
internal static class DocumentedJob
{
    public const string Request = """
        { "problem": { "family": "qubo", "coo": { "numVariables": 3, "row": [0,0,1], "col": [0,1,2], "value": [-1,2,-3] } },
          "solver": "qaoa", "options": { "layers": 2 },
          "encoding": null,
          "budget": { "cpuSeconds": 5, "timeSeconds": 10, "evaluations": null, "deterministicSeconds": null, "shots": 1024, "threads": 1, "memoryMegabytes": 1024, "maxCost": null, "deadlineSeconds": null },
          "initialSolution": null, "return": { "samples": 10, "trace": true },
          "seed": 7, "priority": 5, "tags": { "pipeline": "nightly" } }
        """;

    private const string Reply = """
        { "id": "0199...", "state": "succeeded", "attempt": 1,
          "submittedAt": "...", "startedAt": "...", "completedAt": "...", "lastProgressAt": "...", "traceId": "...",
          "problem": { "id": "sha256:...", "family": "qubo", "numVariables": 3, "numInteractions": 2 },
          "solver": { "id": "qaoa", "version": "1.2.0", "paradigm": "quantum", "executionPath": "qsharp-qir", "evidenceLevel": "idealSimulator" },
          "seed": 7, "budget": { "cpuSeconds": 5, "timeSeconds": 10, "evaluations": null, "deterministicSeconds": null, "shots": 1024, "threads": 1, "memoryMegabytes": 1024, "maxCost": null, "deadlineSeconds": null }, "baseline": null,
          "result": { "status": "feasible", "verified": true, "objective": -3.0, "bound": null, "gap": null, "feasible": true, "violations": [],
                      "stoppedBy": "solver", "solution": { "values": [0,1,1] }, "samples": [ { "solution": { "values": [0,1,1] }, "objective": -3.0, "occurrences": 311, "feasible": true } ] },
          "metrics": { "queueSeconds": 0.002, "parseSeconds": 0.0, "encodeSeconds": 0.0, "compileSeconds": 0.0, "compileCached": true, "solveSeconds": 0.41, "decodeSeconds": 0.0, "repairSeconds": 0.0, "verifySeconds": 0.0, "wallSeconds": 0.42, "cpuSeconds": 0.40,
                       "overshootSeconds": 0.0, "killed": false, "peakMemoryBytes": 81264640, "baselineMemoryBytes": 60264640, "evaluations": 120, "shots": 1024, "bytesIn": 214, "bytesOut": 1720, "bytesToExternal": 0, "qubits": 3, "circuitDepth": 14, "twoQubitGates": 4 },
          "usage": { "cpuSecond": 0.40, "memoryGibSecond": 0.03, "shot": 1024, "qpuSecond": null },
          "cost": { "currency": "USD", "total": 0.000012, "estimated": true, "priceList": { "id": "local", "version": "1", "hash": "..." }, "items": [ { "dimension": "cpuSecond", "basis": "measured", "unitPrice": 0.00003, "consumed": 0.40, "cost": 0.000012 } ] },
          "error": null, "links": { "self": "...", "events": "...", "problem": "...", "runs": "..." } }
        """;

    /// <summary>Pointers to documented members that a job lacks; of one that is not finished, of its first level only.</summary>
    public static IEnumerable<string> MembersMissingIn(JsonNode job, bool ofFinished = true) =>
        Missing(JsonNode.Parse(Reply)!, job, "", ofFinished);

    private static IEnumerable<string> Missing(JsonNode documented, JsonNode? actual, string at, bool isDeep) =>
        documented switch
        {
            JsonObject members when actual is JsonObject given => members.SelectMany(m =>
                !given.ContainsKey(m.Key) ? [$"{at}/{m.Key}"]
                : isDeep && m.Value is { } value ? Missing(value, given[m.Key], $"{at}/{m.Key}", isDeep)
                : []
            ),
            JsonArray { Count: > 0 } items when actual is JsonArray { Count: > 0 } given => Missing(
                items[0]!,
                given[0],
                $"{at}/0",
                isDeep
            ),
            JsonValue when actual is JsonValue => [],
            JsonArray { Count: 0 } when actual is JsonArray => [],
            // Documented with a value, but null, empty or of another kind.
            _ => [at],
        };
}
