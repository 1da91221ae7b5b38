using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// Correlations from the state of a circuit with several layers, where it has few enough qubits; those of one layer in
/// closed form before. The circuit comes from Q# and is compiled for every round, because every round has another model.
/// </summary>
/// <param name="before">For graphs beyond the limit.</param>
internal sealed class CircuitCorrelations(
    int layers,
    int maxQubits,
    ClosedFormCorrelations before,
    SolveContext context
) : ICorrelationSource
{
    private const string ExecutionPath = "qsharp-qir";

    /// <summary>Of the search for the angles of one round; the best of them count, however few there were.</summary>
    public const int EvaluationsPerRound = 120;

    private bool _hasBegun;

    /// <summary>Of a round: the engine, and the correlations of all products of spins.</summary>
    public static long BytesNeeded(int qubits) =>
        QirEngine.BytesNeeded(qubits, QaoaPrecision.Double, isSymmetric: false, withGradient: true, threads: 1)
        + ((long)sizeof(double) << qubits);

    public RoundPrice Price => _hasBegun ? new(EvaluationsPerRound, null, 0) : before.Price;

    public Correlations? Of(IsingGraph graph)
    {
        if (graph.Count > maxQubits)
            return before.Of(graph);
        _hasBegun = true;
        try
        {
            var (circuit, _) = QaoaCompiler.Compile(
                new QaoaExpressions(ToTerms(graph)),
                layers,
                context.CacheDirectory!,
                context.ShouldStop,
                // Every round has another model, which nobody will ask for again.
                keepsFile: false
            );
            using var engine = new QirEngine(circuit);
            return Search(engine, new(circuit.Qubits, circuit.Cost)) is { } angles ? Read(graph, engine, angles) : null;
        }
        catch (QSharpInterruptedException)
        {
            return null;
        }
    }

    /// <summary>Walks downhill from the likeliest schedule with exact slopes.</summary>
    private QaoaAngles? Search(QirEngine engine, AngleSchedule schedule)
    {
        var (best, lowest) = ((QaoaAngles?)null, double.PositiveInfinity);
        var left = EvaluationsPerRound;
        var start = AngleSchedule.Starts(layers).First();
        if (!schedule.HasSlopes)
            return MayEvaluate(1) ? schedule.ToAngles(start) : null;

        var objective = AngleObjective.Of(new(), engine, schedule.Deviation);
        var (gammaSlopes, betaSlopes) = (new double[layers], new double[layers]);
        Bfgs.Minimize(
            start,
            AngleSearch.SlopeTolerance,
            (point, slopes) =>
            {
                if (!MayEvaluate(objective.EvaluationsPerGradient))
                    return null;
                var angles = schedule.ToAngles(point);
                var cost = objective.Gradient(angles, gammaSlopes, betaSlopes);
                schedule.ToSlopes(gammaSlopes, betaSlopes, schedule.Deviation, slopes);
                if (cost < lowest)
                    (best, lowest) = (angles, cost);
                return cost / schedule.Deviation;
            }
        );
        return best;

        bool MayEvaluate(int count)
        {
            // One evaluation stays for the run's end.
            if (left < count || context.EvaluationsLeft <= count || context.ShouldStop())
                return false;
            left -= count;
            context.CountEvaluations(count);
            return true;
        }
    }

    private static Correlations Read(IsingGraph graph, QirEngine engine, QaoaAngles angles)
    {
        var cost = engine.Prepare(angles);
        var spectrum = new double[1 << graph.Count];
        for (var z = 0; z < spectrum.Length; z++)
            spectrum[z] = engine.Probability(z);
        // Of probabilities: the mean of every product of spins, at the index of the qubits in it.
        WalshHadamard.Transform(spectrum);

        var (single, pair) = (new double[graph.Count], new double[graph.Column.Length]);
        for (var i = 0; i < single.Length; i++)
        {
            single[i] = spectrum[1 << i];
            for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
                if (graph.Column[e] > i)
                    pair[e] = spectrum[(1 << i) | (1 << graph.Column[e])];
        }
        return new(single, pair) { Source = new(ExecutionPath, angles, cost) };
    }

    private static QuboTerms ToTerms(IsingGraph graph)
    {
        var (row, column, value) = (new List<int>(), new List<int>(), new List<double>());
        for (var i = 0; i < graph.Count; i++)
        for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
            if (graph.Column[e] > i)
            {
                row.Add(i);
                column.Add(graph.Column[e]);
                value.Add(graph.Weight[e]);
            }
        return new(0, graph.Fields, [.. row], [.. column], [.. value]);
    }
}
