using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// One run: rounds of correlations and eliminations down to the core, and its exact solution. After the first round, and
/// whenever half of the variables are gone, the rest is eliminated at once on a copy, so that a run has an answer early.
/// </summary>
internal sealed class RecursiveQaoaRun
{
    /// <summary>Rounds that a record keeps; the first ones, where most is decided.</summary>
    public const int MaxRounds = 1000;

    private const int MaxDefaultCore = 16;

    private readonly QuboProblem _problem;
    private readonly SolveContext _context;
    private readonly ICorrelationSource _source;
    private readonly bool _isClassical;
    private readonly RoundPace _pace;
    private readonly Eliminator _eliminator;
    private readonly int _coreSize;
    private readonly ReducedIsing _model;

    /// <summary>2 to this power makes the largest coefficient of order 1: no square then leaves a double's range.</summary>
    private readonly int _exponent;

    private readonly double _offset;
    private readonly List<EliminationRound> _rounds = [];
    private int _roundCount;
    private (QaoaExpectation Source, double Expectation)? _first;

    /// <summary>The correlations at hand, of a graph that the model had in the last round.</summary>
    private (IsingGraph Graph, int[] Variables, Correlations Correlations)? _last;

    private QuboSolution? _best;
    private double _bestObjective;

    public RecursiveQaoaRun(
        QuboProblem problem,
        RecursiveQaoaOptions options,
        ICorrelationSource source,
        SolveContext context
    )
    {
        (_problem, _context, _source) = (problem, context, source);
        _isClassical = options.Correlations is CorrelationSource.Random or CorrelationSource.Coefficients;
        _pace = new(options.EliminationsPerRound, context);
        _eliminator = new(context.CreateRandom("ties"));
        _coreSize = options.CoreSize ?? Math.Min(MaxDefaultCore, (problem.NumVariables + 1) / 2);

        var ising = problem.Model.ToIsing();
        _offset = ising.Offset;
        var largest = ising.Linear.Concat(ising.Value).Select(Math.Abs).Append(0).Max();
        _exponent = largest == 0 ? 0 : Math.Clamp(-Math.ILogB(largest), -1000, 1000);
        _model = ReducedIsing.From(
            ising with
            {
                Linear = Array.ConvertAll(ising.Linear, Scaled),
                Value = Array.ConvertAll(ising.Value, Scaled),
            }
        );

        double Scaled(double coefficient) => Math.ScaleB(coefficient, _exponent);
    }

    public SolveOutcome Execute()
    {
        if (_context.ShouldStop())
            return new SolveOutcome.NothingFound("The run was stopped before the first round.");
        using (_context.Stage("eliminate"))
            Recurse();
        var isCut = _model.Count > _coreSize;
        using (_context.Stage("core"))
            Complete(_model);
        _context.CountEvaluations(1);
        // Asked only now: a recursion that came to its end was not stopped by the evaluations that it took.
        if (isCut)
            _context.ShouldStop();
        return new SolveOutcome.Found(_best!)
        {
            Quantum = _isClassical ? null : Metrics(),
            // Without correlations there was no quantum step, whatever was asked for.
            Ran = _isClassical || _first is null ? Paradigm.Classical : null,
        };
    }

    private void Recurse()
    {
        var answeredAt = int.MaxValue;
        var eliminationSeconds = 0.0;
        while (_model.Count > _coreSize && !_context.ShouldStop() && _context.EvaluationsLeft > 1)
        {
            var began = _context.ElapsedSeconds;
            var (graph, variables) = _model.ToGraph();
            if (graph.Pairs == 0 || _source.Of(graph) is not { } correlations)
                return;
            var correlated = _context.ElapsedSeconds;
            _last = (graph, variables, correlations);
            if (_model.Count <= answeredAt / 2)
            {
                answeredAt = _model.Count;
                Complete(_model.Clone());
            }
            var price = _source.Price;
            var count = _pace.Next(
                _model.Count - _coreSize,
                price,
                (price.Seconds ?? correlated - began) + eliminationSeconds
            );
            correlated = _context.ElapsedSeconds;
            var offset = _model.Offset;
            var done = _eliminator.Eliminate(_model, graph, variables, correlations, count, chains: false);
            if (done.Count == 0)
                return;
            Record(graph, correlations, offset, done);
            eliminationSeconds = _context.ElapsedSeconds - correlated;
        }
    }

    /// <summary>
    /// Brings a model down to the core at once, by correlations at hand and then by coefficients, solves the core and
    /// offers the answer.
    /// </summary>
    private void Complete(ReducedIsing model)
    {
        if (_last is var (known, numbers, correlations) && model.Count > _coreSize)
            _eliminator.Eliminate(model, known, numbers, correlations, model.Count - _coreSize, chains: true);
        var coefficients = new CoefficientCorrelations();
        while (model.Count > _coreSize)
        {
            var (graph, variables) = model.ToGraph();
            var count = model.Count - _coreSize;
            var done = _eliminator.Eliminate(model, graph, variables, coefficients.Of(graph), count, chains: true);
            if (done.Count > 0)
                continue;
            // Nothing but free variables is left: any spin is as good.
            foreach (var free in variables.Take(count))
                model.Fix(free, 1);
        }
        var spins = IsingCore.Minimum(model.ToGraph().Graph, _context.ShouldStop);
        Offer(_problem.FromBits(model.ToBits(spins)));
    }

    private void Offer(QuboSolution solution)
    {
        var objective = _problem.Evaluate(solution).Objective;
        if (_best is not null && !_problem.IsBetter(objective, _bestObjective))
            return;
        (_best, _bestObjective) = (solution, objective);
        _context.Report(solution);
    }

    private void Record(IsingGraph graph, Correlations correlations, double offset, List<Elimination> done)
    {
        _roundCount++;
        if (correlations.Source is not { } source)
            return;
        var expectation = Unscaled(source.Cost + offset);
        _first ??= (source, expectation);
        if (_rounds.Count == MaxRounds)
            return;
        var strongest = done[0];
        _rounds.Add(
            new()
            {
                Variables = graph.Count,
                Interactions = graph.Pairs,
                Eliminated = done.Count,
                Strongest = strongest.Second is { } second ? [strongest.First, second] : [strongest.First],
                Correlation = strongest.Correlation,
                ExecutionPath = source.ExecutionPath,
                Angles = Angles(source),
                Expectation = expectation,
            }
        );
    }

    private QuantumMetrics? Metrics()
    {
        if (_first is not var (source, expectation))
            return null;
        var isClosedForm = source.ExecutionPath == ClosedFormCorrelations.ExecutionPath;
        return new()
        {
            ExecutionPath = source.ExecutionPath,
            Variant = isClosedForm ? null : "standard",
            EvidenceLevel = isClosedForm ? EvidenceLevel.ClosedForm : EvidenceLevel.IdealSimulator,
            Qubits = _problem.NumVariables,
            Expectation = expectation,
            Angles = Angles(source),
            Rounds = _rounds,
            RoundCount = _roundCount,
        };
    }

    private double Unscaled(double energy) => _problem.ToOwnSense(_offset + Math.ScaleB(energy, -_exponent));

    /// <summary>Gammas per unit of the problem's own objective; of subnormal coefficients they would be infinite.</summary>
    private LayerAngles Angles(QaoaExpectation source) =>
        new(
            [.. source.Angles.Gammas.Select(g => Math.Min(Math.ScaleB(g, _exponent), double.MaxValue))],
            source.Angles.Betas
        );
}
