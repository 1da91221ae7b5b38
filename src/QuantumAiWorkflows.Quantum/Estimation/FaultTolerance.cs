using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// Asks Microsoft's resource estimator (Beverland et al., "Assessing requirements to scale to practical quantum advantage",
/// arXiv:2211.07629) what one shot of the circuit would take on error-corrected machines, for its six models of qubits.
/// Answers are kept under the hash of all that they depend on: sources, toolchain, circuit, model and error budget.
/// </summary>
internal static class FaultTolerance
{
    /// <summary>Beyond, Q# takes minutes to read the literal couplings.</summary>
    public const int MostCouplings = 5000;

    private const double MostSeconds = 20;

    private const int MemoryCapacity = 256;

    /// <summary>The estimator's predefined qubits, with the codes that they are meant for.</summary>
    private static readonly (string Qubit, string Code)[] Models =
    [
        ("qubit_gate_ns_e3", "surface_code"),
        ("qubit_gate_ns_e4", "surface_code"),
        ("qubit_gate_us_e3", "surface_code"),
        ("qubit_gate_us_e4", "surface_code"),
        ("qubit_maj_ns_e4", "floquet_code"),
        ("qubit_maj_ns_e6", "floquet_code"),
    ];

    private static readonly ConcurrentDictionary<string, IReadOnlyList<FaultTolerantMachine>> Memory = new(
        StringComparer.Ordinal
    );

    public static FaultTolerantEstimate Of(
        QuboTerms ising,
        CircuitShape shape,
        double errorBudget,
        string? cacheDirectory
    )
    {
        FaultTolerantEstimate None(string reason) => new(errorBudget, reason, []);
        if (ising.Value.Length > MostCouplings)
            return None(
                $"Left out: {ising.Value.Length} couplings are more than the {MostCouplings} that the estimator is asked for."
            );
        if (QSharpToolchain.Availability(cacheDirectory) is not QSharpAvailability.Available)
            return None("The Q# toolchain, which the estimator is part of, is not available here, or not yet.");

        var expression = new QaoaExpressions(ising, shape, GenericStarts(ising.NumVariables)).Sample(
            GenericAngles(shape.Layers)
        );
        var parameters = Parameters(errorBudget);
        var key = Key(expression, parameters);
        if (Memory.TryGetValue(key, out var known))
            return new(errorBudget, null, known);
        var path = Path.Combine(cacheDirectory!, "estimates", $"{key}.json");
        try
        {
            var machines = Read(path) ?? Ask(expression, parameters, cacheDirectory!);
            Write(path, machines);
            if (Memory.Count >= MemoryCapacity)
                Memory.Clear();
            Memory[key] = machines;
            return new(errorBudget, null, machines);
        }
        catch (QSharpInterruptedException)
        {
            return None($"The estimator did not answer within {MostSeconds} s.");
        }
        catch (QSharpProgramException e)
        {
            return None($"The estimator refused the circuit: {e.Message}");
        }
        catch (QSharpMemoryException e)
        {
            return None($"The estimator needs more than {e.LimitBytes} bytes for this circuit.");
        }
    }

    /// <summary>
    /// No multiples of a quarter turn: those would be Clifford gates, which cost next to nothing, and an optimum's angles
    /// are none.
    /// </summary>
    private static QaoaAngles GenericAngles(int layers) =>
        new(
            [.. Enumerable.Range(0, layers).Select(k => 0.37 + 0.011 * k)],
            [.. Enumerable.Range(0, layers).Select(k => -0.41 + 0.013 * k)]
        );

    /// <summary>Of a warm start: likewise, without looking for the relaxed solution. Other variants take none.</summary>
    private static double[] GenericStarts(int qubits) =>
        [.. Enumerable.Range(0, qubits).Select(k => 1.1 + 0.7 * k / qubits)];

    private static string Parameters(double errorBudget) =>
        new JsonArray([
            .. Models.Select(m => new JsonObject
            {
                ["qubitParams"] = new JsonObject { ["name"] = m.Qubit },
                ["qecScheme"] = new JsonObject { ["name"] = m.Code },
                ["errorBudget"] = errorBudget,
            }),
        ]).ToJsonString();

    private static IReadOnlyList<FaultTolerantMachine> Ask(string expression, string parameters, string cacheDirectory)
    {
        var until = Environment.TickCount64 + (long)(1000 * MostSeconds);
        using var qsharp = new QSharpInstance(cacheDirectory, Xoshiro256.FromSeed(0, "estimates"));
        var json = qsharp.Estimate(
            QSharpProgram.ForSimulator(),
            expression,
            parameters,
            () => Environment.TickCount64 > until
        );
        using var results = JsonDocument.Parse(json);
        return [.. results.RootElement.EnumerateArray().Zip(Models, (r, m) => ToMachine(r, m.Qubit, m.Code))];
    }

    internal static FaultTolerantMachine ToMachine(JsonElement result, string qubit, string code)
    {
        if (!result.TryGetProperty("physicalCounts", out var counts))
            return new(
                qubit,
                code,
                result.TryGetProperty("message", out var message)
                    ? message.GetString()
                    : "The estimator gave no counts.",
                null,
                null,
                null,
                null,
                null
            );
        var breakdown = counts.GetProperty("breakdown");
        return new(
            qubit,
            code,
            null,
            breakdown.GetProperty("algorithmicLogicalQubits").GetInt64(),
            counts.GetProperty("physicalQubits").GetInt64(),
            // The estimator counts nanoseconds.
            1e-9 * counts.GetProperty("runtime").GetDouble(),
            breakdown.GetProperty("numTstates").GetInt64(),
            result.GetProperty("logicalQubit").GetProperty("codeDistance").GetInt32()
        );
    }

    private static string Key(string expression, string parameters)
    {
        var text = new StringBuilder(QSharpToolchain.ModuleHash);
        foreach (var (name, source) in QSharpProgram.ForSimulator().Sources)
            text.Append('\n').Append(name).Append('\n').Append(source);
        text.Append('\n').Append(expression).Append('\n').Append(parameters);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Null when there is no file, or one that was cut short.</summary>
    private static FaultTolerantMachine[]? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<FaultTolerantMachine[]>(File.ReadAllText(path), StrictJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(string path, IReadOnlyList<FaultTolerantMachine> machines)
    {
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(machines, StrictJson.Options));
        File.Move(unfinished, path, overwrite: true);
    }
}
