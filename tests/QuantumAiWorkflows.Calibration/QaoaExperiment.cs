using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// How good the angles of <c>qaoa</c>'s default search are: on 3-regular graphs of 16 vertices at 5 and 8 layers, beside
/// random starts that are each optimized.
/// </summary>
internal sealed class QaoaExperiment(int graphs, int restarts)
{
    private const double LargestLack = 0.003;

    private readonly string _cache = Path.Combine(Path.GetTempPath(), "qaiw-calibration-qsharp");
    private readonly List<string> _missed = [];

    public IReadOnlyList<string> Missed => _missed;

    public void Run()
    {
        QSharpModule.Compile(_cache);
        var problems = Enumerable.Range(1, graphs).Select(seed => (Seed: seed, Problem: Graph(seed))).ToArray();

        Table.Heading($"qaoa on Max-Cut of 3-regular graphs, n = 16, seeds 1 to {graphs}, default options");
        var rows = new List<string[]>();
        var (five, eight) = (new List<double>(), new List<double>());
        foreach (var (seed, problem) in problems)
        {
            var shallow = Solve(problem, """{"layers":5}""");
            var deep = Solve(problem, """{"layers":8}""");
            five.Add(shallow.ApproximationRatio!.Value);
            eight.Add(deep.ApproximationRatio!.Value);
            var random = BestOfRandom(problem);
            Expect(five[^1] > random - LargestLack, $"graph {seed}: {five[^1]} against {random} of random starts");
            Expect(
                shallow.GroundStateEnhancement >= 100,
                $"graph {seed}: hits {shallow.GroundStateEnhancement} times chance"
            );
            rows.Add([
                $"{seed}",
                Digits(five[^1]),
                Digits(random),
                Count(shallow),
                Times(shallow),
                Digits(eight[^1]),
                Count(deep),
            ]);
        }
        rows.Add(["mean", Digits(five.Average()), "", "", "", Digits(eight.Average()), ""]);
        Table.Write(
            [
                "seed",
                "ratio, p = 5",
                $"best of {restarts} random starts",
                "evaluations",
                "hits over chance",
                "ratio, p = 8",
                "evaluations",
            ],
            rows
        );
        Expect(five.Average() >= 0.94, $"mean ratio {five.Average()} at p = 5");
        Expect(eight.Average() >= 0.965, $"mean ratio {eight.Average()} at p = 8");
    }

    /// <summary>
    /// Of random starts, each optimized to its end, and of the default search's own phases, which are part of every run:
    /// the comparison can only be too strict.
    /// </summary>
    private double BestOfRandom(QuboProblem problem)
    {
        var quantum = Solve(
            problem,
            $$"""{"layers":5,"restarts":{{restarts}},"maxEvaluations":{{1000 * (restarts + 3)}}}"""
        );
        return quantum.ApproximationRatio!.Value;
    }

    private QuantumMetrics Solve(QuboProblem problem, string options)
    {
        var solver = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");
        using var json = JsonDocument.Parse(options.Replace("}", ",\"crossCheckQubits\":0}", StringComparison.Ordinal));
        var faults = new FaultList();
        var read = solver.ReadOptions(json.RootElement, "", faults);
        var context = new SolveContext(new() { Evaluations = 10_000_000 }, seed: 1) { CacheDirectory = _cache };
        return solver.Solve(problem, read!, context).Quantum!;
    }

    private static QuboProblem Graph(long seed)
    {
        using var parameters = JsonDocument.Parse("""{"numVariables":16,"degree":3}""");
        return (QuboProblem)
            ProblemGenerators.Find("max-cut-regular")!.Generate(parameters.RootElement, seed, "", new FaultList())!;
    }

    private void Expect(bool holds, string what)
    {
        if (!holds)
            _missed.Add(what);
    }

    private static string Digits(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Times(QuantumMetrics quantum) =>
        quantum.GroundStateEnhancement!.Value.ToString("F0", CultureInfo.InvariantCulture);

    private static string Count(QuantumMetrics quantum) => $"{quantum.EvaluationsByPhase!.Values.Sum()}";
}
