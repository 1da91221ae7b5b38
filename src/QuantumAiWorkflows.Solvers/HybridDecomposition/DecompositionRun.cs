using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>One run: rounds of sub-problems, each from a start of its own.</summary>
internal sealed class DecompositionRun<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Sub-problems in succession without any answer after which the sub-solver is taken to have none.</summary>
    private const int MaxFruitless = 3;

    private readonly QuboProblem _problem;
    private readonly HybridDecompositionOptions _options;
    private readonly SolveContext _context;
    private readonly LocalFields<T> _fields;
    private readonly VariableTurns<T> _turns;
    private readonly Polisher<T> _polisher;
    private readonly Xoshiro256 _starts;
    private readonly Incumbent _incumbent;
    private readonly SampleSet _samples;
    private readonly SubRunTotals _totals;
    private readonly StepTrace _trace;
    private readonly SolverInfo? _callee;
    private readonly int _patience;

    private readonly sbyte[] _bits;
    private readonly sbyte[] _lifted;

    /// <summary>Of <see cref="_bits"/>, as a minimization.</summary>
    private double _energy;

    private int _round;
    private int _fruitless;
    private string? _reason;

    /// <summary>The best answer is one that the sub-solver gave; not a start, and not what polishing made of one.</summary>
    private bool _isBestSolved;

    public DecompositionRun(
        QuboProblem problem,
        HybridDecompositionOptions options,
        SolveContext context,
        LocalFields<T> fields
    )
    {
        (_problem, _options, _context, _fields) = (problem, options, context, fields);
        var size = Math.Min(options.SubProblemSize, problem.NumVariables);
        _callee = context.InfoOf(options.SubSolver);
        _turns = new(fields, options.Selection, size, context.CreateRandom("turns"));
        _polisher = new(fields, options.Polish, context);
        _starts = context.CreateRandom("starts");
        _incumbent = new(problem, context);
        _samples = new(problem);
        _totals = new(size);
        _trace = new(size);
        _patience = options.Patience ?? Math.Max(3, 2 * ((problem.NumVariables + size - 1) / size));
        _bits = new sbyte[problem.NumVariables];
        _lifted = new sbyte[problem.NumVariables];
    }

    public SolveOutcome Execute(int rounds)
    {
        while (_round < rounds && !_context.ShouldStop() && _fruitless < MaxFruitless)
        {
            _round++;
            Start();
            for (var idle = 0; idle < _patience && HasBudget() && _fruitless < MaxFruitless; )
                idle = Step() ? 0 : idle + 1;
        }
        if (_context.Shots is { } drawn && drawn == _context.Budget.Shots)
            _context.RequestStop(StoppedBy.Shots);

        var totals = _totals.ToDecomposition(_round, _options.SubSolver, _callee);
        // A start alone is no answer of the sub-solver's; but the budget's end is none of its faults.
        var outcome =
            _totals.Answers == 0 && _reason is not null && _context.StoppedBy is null
                ? new SolveOutcome.NothingFound($"{_options.SubSolver} solved no sub-problem: {_reason}")
                : _incumbent.ToOutcome();
        return outcome with
        {
            Samples = _samples.ToList(),
            Ran = Ran(),
            Decomposition = totals,
            SubProblems = _trace.ToTrace(),
        };
    }

    /// <summary>
    /// What the sub-solver's runs were, and quantum only when the answer is one of theirs: a start that nothing bettered, or
    /// what classical steps between the sub-problems led to, did not come out of a circuit.
    /// </summary>
    private Paradigm Ran() =>
        _totals.Paradigm is Paradigm.Quantum && (!_isBestSolved || _options.Polish != Polish.None)
            ? Paradigm.Classical
            : _totals.Paradigm ?? Paradigm.Classical;

    private void Start()
    {
        if (_round > 1)
            Perturb();
        else if (_incumbent.TryGet(out var initial))
            _problem.ToBits(initial).CopyTo(_bits, 0);
        else
            _starts.FillBits(_bits);
        _context.CountEvaluations(1);
        Score(isSolved: false);
        _fields.Reset(_bits);
        PolishBits();
    }

    private void Perturb()
    {
        if (_incumbent.TryGet(out var best))
            _problem.ToBits(best).CopyTo(_bits, 0);
        var flips = 1 + _starts.NextInt32(Math.Max(1, _bits.Length / 4));
        for (var k = 0; k < flips; k++)
            _bits[_starts.NextInt32(_bits.Length)] ^= 1;
    }

    /// <summary>False, with the reason set on the context, when no budget is left for another sub-problem.</summary>
    private bool HasBudget()
    {
        // One of the evaluations scores the sub-solver's answer.
        if (_context.EvaluationsLeft < 2)
            _context.RequestStop(StoppedBy.Evaluations);
        if (_context.ShotsLeft == 0)
            _context.RequestStop(StoppedBy.Shots);
        return !_context.ShouldStop();
    }

    /// <summary>Solves one sub-problem; true when the energy is lower than before.</summary>
    private bool Step()
    {
        var began = _context.ElapsedSeconds;
        var clamped = ClampedQubo.Of(_problem.Model, _turns.Next(), _bits, _energy);
        var sub = clamped.ToProblem(_problem.Model);
        var before = _energy;
        var budget = Budget();
        // A solver may end before a clock does, because what is left is too little for it: then it is for the run, too.
        var left = (Time: _context.StopTimeSeconds - began, Cpu: _context.StopCpuSeconds - _context.CpuSeconds);
        var run = _context.SolveSubProblem(_options.SubSolver, sub, _options.SubOptions, budget);
        if (
            (run.StoppedBy == StoppedBy.Time && !(budget.TimeSeconds < left.Time))
            || (run.StoppedBy == StoppedBy.Cpu && !(budget.CpuSeconds < left.Cpu))
        )
            _context.RequestStop(run.StoppedBy);
        _context.CountEvaluations(1);
        var answer = (run.Outcome as SolveOutcome.Found)?.Best as QuboSolution;
        var (accepted, found) = (false, (double?)null);
        if (answer is not null)
        {
            AddSamples(clamped, sub, run.Outcome);
            // Both by the sub-problem's own sum: then equal answers have equal energies, whatever sums round to.
            var there = sub.Terms.Evaluate(Free(clamped));
            found = sub.Terms.Evaluate(answer.Values);
            if (accepted = found <= there)
                Put(clamped, answer.Values);
        }
        _fruitless = answer is null ? _fruitless + 1 : 0;
        _reason = (run.Outcome as SolveOutcome.NothingFound)?.Reason ?? _reason;
        var isLower = _energy < before;
        _totals.Add(run, accepted, isLower);
        if (accepted)
            PolishBits();
        _trace.Add(
            new()
            {
                Index = _trace.Total,
                Round = _round,
                Clamped = clamped,
                ObjectiveBefore = _problem.ToOwnSense(before),
                ObjectiveFound = found is { } energy ? _problem.ToOwnSense(energy) : null,
                Accepted = accepted,
                ObjectiveAfter = _problem.ToOwnSense(_energy),
                ElapsedSeconds = began,
                Seconds = run.WallSeconds,
                Evaluations = run.Evaluations,
                Shots = run.Shots,
                Qubits = run.Outcome.Quantum?.Qubits,
                CircuitDepth = run.Outcome.Quantum?.CircuitDepth,
                TwoQubitGates = run.Outcome.Quantum?.TwoQubitGates,
                StoppedBy = run.StoppedBy,
                Reason = (run.Outcome as SolveOutcome.NothingFound)?.Reason,
            }
        );
        return _energy < before;
    }

    private SolveBudget Budget()
    {
        var wanted = _options.SubBudget;
        // A sampler's evaluations are its shots: bounding both would draw fewer than another solver's circuit does.
        var evaluations = _callee is { Task: SolverTask.Sampling, CountsShots: true }
            ? long.MaxValue
            : wanted.Evaluations ?? long.MaxValue;
        evaluations = Math.Min(
            evaluations,
            _context.EvaluationsLeft == long.MaxValue ? long.MaxValue : _context.EvaluationsLeft - 1
        );
        return new()
        {
            Evaluations = evaluations == long.MaxValue ? null : evaluations,
            Shots = wanted.Shots,
            CpuSeconds = wanted.Fraction * _context.StopCpuSeconds,
            TimeSeconds = wanted.Fraction * _context.StopTimeSeconds,
        };
    }

    private sbyte[] Free(ClampedQubo clamped) => [.. clamped.Variables.Select(i => _bits[i])];

    private void Put(ClampedQubo clamped, sbyte[] values)
    {
        var changed = false;
        for (var a = 0; a < values.Length; a++)
            if (_bits[clamped.Variables[a]] != values[a])
            {
                _bits[clamped.Variables[a]] = values[a];
                _fields.Flip(clamped.Variables[a]);
                changed = true;
            }
        if (changed)
            Score(isSolved: true);
    }

    private void PolishBits()
    {
        if (_polisher.Improve(_bits))
            Score(isSolved: false);
    }

    private void Score(bool isSolved)
    {
        var best = _incumbent.Minimized;
        _energy = _incumbent.Offer(_bits);
        if (_incumbent.Minimized < best)
            _isBestSolved = isSolved;
    }

    /// <summary>The sub-solver's samples as answers to the whole problem.</summary>
    private void AddSamples(ClampedQubo clamped, QuboProblem sub, SolveOutcome outcome)
    {
        _bits.CopyTo(_lifted, 0);
        foreach (var sample in outcome.Samples)
        {
            var values = ((QuboSolution)sample.Solution).Values;
            for (var a = 0; a < values.Length; a++)
                _lifted[clamped.Variables[a]] = values[a];
            _samples.Add(_lifted, sub.Terms.Evaluate(values), sample.Occurrences);
        }
    }
}
