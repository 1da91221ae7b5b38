using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedBifurcation;

/// <summary>
/// Trajectories of one run. Each begins with random positions and momenta within <see cref="Spread"/> of 0, feels a pump
/// that rises from 0 to 1, and ends with a descent from the signs of its positions.
/// </summary>
/// <remarks>Fixed blocks, one thread: the bits of a trajectory depend on the seed and on its number of steps alone.</remarks>
internal sealed class Trajectories<T>
    where T : unmanaged, INumber<T>
{
    private const float Spread = 0.1f;

    private const double LargestTimeStep = 1;

    /// <summary>Couplings in 16 lanes between two looks at the budget: some tenths of a millisecond.</summary>
    private const long PollWork = 1 << 18;

    /// <summary>Oscillators moved between two looks at the budget: some microseconds, and as many again where most signs change.</summary>
    private const int PollOscillators = 1 << 12;

    private readonly LocalFields<T> _fields;
    private readonly SolveContext _context;
    private readonly Incumbent _incumbent;
    private readonly Xoshiro256 _starts;
    private readonly SpinLanes? _lanes;
    private readonly double _coupling;
    private readonly double _timeStep;
    private readonly float[] _position;
    private readonly float[] _momentum;
    private readonly int[] _changed;
    private readonly sbyte[] _bits;
    private readonly int _block;
    private readonly int _period;

    public Trajectories(
        LocalFields<T> fields,
        QuboProblem problem,
        SimulatedBifurcationOptions options,
        SolveContext context
    )
    {
        (_fields, _context) = (fields, context);
        _incumbent = new(problem, context);
        _starts = context.CreateRandom("starts");
        _bits = new sbyte[fields.Count];
        fields.Reset([]);
        var unit = SpinLanes.RootMeanSquareField(fields);
        _coupling = options.Coupling ?? 0.5;
        _timeStep = options.TimeStep ?? Stability.TimeStep(fields, _coupling, unit, LargestTimeStep, context);
        if (options.Variant == BifurcationVariant.Ballistic)
        {
            _lanes = SpinLanes.From(fields);
            _position = new float[fields.Count * (long)SpinLanes.Lanes];
            _changed = [];
            _block = (int)Math.Clamp(PollWork * fields.Count / (_lanes.Couplings + fields.Count), 1, fields.Count);
        }
        else
        {
            // The force on a spin is half of its field in bits.
            _coupling /= 2 * unit;
            _position = new float[fields.Padded];
            _changed = new int[fields.Padded];
            _block = fields.Count;
        }
        _period = Math.Max(1, PollOscillators / fields.Count);
        _momentum = new float[_position.Length];
    }

    /// <summary>Trajectories that a call of <see cref="Run"/> computes.</summary>
    public int Batch => _lanes is null ? 1 : SpinLanes.Lanes;

    /// <param name="steps">Of each; fewer where the evaluations do not suffice.</param>
    /// <param name="wanted">Trajectories, at most <see cref="Batch"/>.</param>
    public void Run(int steps, int wanted)
    {
        if (_lanes is null)
            RunDiscrete(steps);
        else
            RunBallistic(steps, wanted, _lanes);
    }

    public SolveOutcome ToOutcome() => _incumbent.ToOutcome();

    private void RunDiscrete(int steps)
    {
        Draw();
        // Padding stands at the wall, where its field keeps it.
        _position.AsSpan(_fields.Count).Fill(-1);
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] = (sbyte)(float.IsNegative(_position[i]) ? 0 : 1);
        _fields.Reset(_bits);
        steps = Affordable(steps, 1);
        for (var k = 0; k < steps && (k % _period != 0 || !_context.ShouldStop()); k++)
        {
            var step = DiscreteStep.Of(_timeStep, Pump(k, steps), _coupling);
            var count = step.Run(_fields, _position, _momentum, _changed);
            foreach (var i in _changed.AsSpan(0, count))
                _fields.Flip(i);
            _context.CountEvaluations(_fields.Count);
        }
        Finish();
    }

    private void RunBallistic(int steps, int wanted, SpinLanes lanes)
    {
        // Lanes beyond what is wanted, or can be paid, move along but are not looked at.
        wanted = (int)Math.Clamp(_context.EvaluationsLeft / (3L * _fields.Count + 1), 1, wanted);
        Draw();
        steps = Affordable(steps, wanted);
        for (var k = 0; k < steps && !_context.ShouldStop(); k++)
        {
            var step = BallisticStep.Of(_timeStep, Pump(k, steps), _coupling);
            for (var i = 0; i < _fields.Count && !_context.ShouldStop(); i += _block)
                step.Accelerate(lanes, _position, _momentum, i, Math.Min(i + _block, _fields.Count));
            step.Move(_position, _momentum);
            _context.CountEvaluations((long)_fields.Count * wanted);
        }
        for (var lane = 0; lane < wanted && (lane == 0 || !_context.ShouldStop()); lane++)
        {
            SpinLanes.CopyBits(_position, lane, _bits);
            _fields.Reset(_bits);
            Finish(wanted - lane);
        }
    }

    private static double Pump(int k, int steps) => (k + 1.0) / steps;

    private void Draw()
    {
        foreach (ref var x in _position.AsSpan())
            x = Spread * (float)(2 * _starts.NextDouble() - 1);
        foreach (ref var y in _momentum.AsSpan())
            y = Spread * (float)(2 * _starts.NextDouble() - 1);
    }

    /// <summary>Steps that leave room for a pass of descent and a score of each trajectory.</summary>
    private int Affordable(int steps, int trajectories)
    {
        var perTrajectory = (_context.EvaluationsLeft / trajectories - 1) / _fields.Count;
        return (int)Math.Min(steps, perTrajectory > 1 ? perTrajectory - 1 : perTrajectory);
    }

    /// <param name="unfinished">Trajectories that an evaluation must be left for, this one included.</param>
    private void Finish(int unfinished = 1)
    {
        if (_context.EvaluationsLeft == 0)
            return;
        OneFlipDescent.Run(_fields, _context, unfinished);
        _fields.CopyBits(_bits);
        _context.CountEvaluations(1);
        _incumbent.Offer(_bits);
    }
}
