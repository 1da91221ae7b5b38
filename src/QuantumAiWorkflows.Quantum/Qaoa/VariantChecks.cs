using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>What options must be to each other and to the problem.</summary>
internal static class VariantChecks
{
    /// <summary>
    /// Sums of costs that single precision takes: slopes are products of two costs and two amplitudes, and those of 30
    /// qubits are still numbers of seven digits there.
    /// </summary>
    private const double SmallestSingle = 1e-12;
    private const double LargestSingle = 1e15;

    /// <returns>Null when they fit.</returns>
    public static Applicability.BadOptions? Check(QaoaOptions options, QuboProblem problem)
    {
        var variables = problem.NumVariables;
        var faults = new List<Fault>();
        if (options.Variant == QaoaVariant.XyRing)
        {
            if (options is { Groups: not null, GroupsOf: not null })
                Add(FaultCode.NotApplicable, "/groupsOf", "Give groups, or groupsOf to take them from an encoding.");
            else if (options.Groups is null && (problem.Groups.Count > 0 || options.GroupsOf is not null))
                EncodedGroups.Check(options, problem, faults);
            else
                CheckGroups(options.Groups, variables, faults);
        }
        else if (options.Groups is not null)
            Add(FaultCode.NotApplicable, "/groups", "Only the variant xyRing has groups.");
        else if (options.GroupsOf is not null)
            Add(FaultCode.NotApplicable, "/groupsOf", "Only the variant xyRing has groups.");

        if (options.Variant == QaoaVariant.MultiAngle && options.ExecutionPath == QaoaExecutionPath.QSharpSimulator)
            Add(
                FaultCode.NotApplicable,
                "/executionPath",
                "The variant multiAngle needs slopes, which only the path qsharp-qir gives.",
                "qsharp-simulator"
            );
        if (options is { ExecutionPath: QaoaExecutionPath.QSharpSimulator, Optimizer: QaoaOptimizer.Bfgs })
            Add(
                FaultCode.NotApplicable,
                "/optimizer",
                "The optimizer bfgs needs slopes, which only the path qsharp-qir gives; nelderMead and spsa need none.",
                "bfgs"
            );
        var isBlocked =
            options is { Variant: QaoaVariant.Standard, ExecutionPath: not QaoaExecutionPath.QSharpSimulator };
        if (options.Precision == QaoaPrecision.Single && !isBlocked)
            Add(
                FaultCode.NotApplicable,
                "/precision",
                "Single precision is there for the variant standard on the path qsharp-qir.",
                "single"
            );
        else if (options.Precision == QaoaPrecision.Single)
        {
            var ising = problem.Model.ToIsing();
            var sum = ising.Linear.Concat(ising.Value).Sum(Math.Abs);
            if (sum is not 0 and (< SmallestSingle or > LargestSingle))
                Add(
                    FaultCode.NotApplicable,
                    "/precision",
                    FormattableString.Invariant(
                        $"Single precision takes costs from {SmallestSingle} to {LargestSingle}; the Ising form's coefficients sum up to {sum:G3}."
                    ),
                    "single"
                );
        }
        return faults.Count == 0 ? null : new(faults);

        void Add(FaultCode code, string pointer, string detail, JsonNode? value = null) =>
            faults.Add(new Fault(code, detail) { Pointer = pointer, Value = value });
    }

    private static void CheckGroups(int[][]? groups, int variables, List<Fault> faults)
    {
        if (groups is null)
        {
            faults.Add(
                new Fault(FaultCode.Empty, "The variant xyRing needs groups of variables.") { Pointer = "/groups" }
            );
            return;
        }

        var places = new Dictionary<int, string>();
        for (var g = 0; g < groups.Length; g++)
        {
            if (groups[g].Length < 2)
                faults.Add(
                    new Fault(FaultCode.OutOfRange, $"A group needs 2 variables or more, got {groups[g].Length}.")
                    {
                        Pointer = $"/groups/{g}",
                        Value = groups[g].Length,
                        Limit = 2,
                    }
                );
            for (var k = 0; k < groups[g].Length; k++)
            {
                var (variable, place) = (groups[g][k], $"/groups/{g}/{k}");
                if (variable < 0 || variable >= variables)
                    faults.Add(
                        new Fault(
                            FaultCode.IndexOutOfRange,
                            $"Expected a variable from 0 to {variables - 1}, got {variable}."
                        )
                        {
                            Pointer = place,
                            Value = variable,
                            Limit = variable < 0 ? 0 : variables - 1,
                        }
                    );
                else if (!places.TryAdd(variable, place))
                    faults.Add(
                        new Fault(
                            FaultCode.DuplicateEntry,
                            $"Variable {variable} is in a group already, at {places[variable]}."
                        )
                        {
                            Pointer = place,
                            Value = variable,
                        }
                    );
            }
        }
    }
}
