using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;

/// <summary>
/// Reads of one run: slices from random assignments, sweeps under a falling field, then a descent from every distinct
/// slice in the model's own numbers. A read's sample is its best slice.
/// </summary>
internal sealed class AnnealingRead<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Vector additions between two looks at the budget: at most some tenths of a millisecond.</summary>
    private const double PollAdditions = 1 << 18;

    private readonly QuboProblem _problem;
    private readonly LocalFields<T> _model;
    private readonly SlicedFields _slices;
    private readonly FieldSchedule _schedule;
    private readonly SolveContext _context;
    private readonly Incumbent _incumbent;
    private readonly SampleSet _samples;
    private readonly Xoshiro256 _starts;
    private readonly sbyte[] _bits;
    private readonly sbyte[] _best;
    private readonly int _block;
    private RandomLanes _random;

    public AnnealingRead(
        QuboProblem problem,
        LocalFields<T> model,
        int slices,
        FieldSchedule schedule,
        SolveContext context
    )
    {
        (_problem, _model, _schedule, _context) = (problem, model, schedule, context);
        _slices = SlicedFields.From(model, slices);
        _incumbent = new(problem, context);
        _samples = new(problem);
        _starts = context.CreateRandom("starts");
        _random = new(context.CreateRandom("metropolis"));
        _bits = new sbyte[model.Count];
        _best = new sbyte[model.Count];
        var perVariable = (model.Column.Length / (double)model.Count + 32) * slices / 8;
        _block = (int)Math.Clamp(PollAdditions / perVariable, 8, model.Count + 8) / 8 * 8;
    }

    private long SweepCost => 2L * _model.Count * _slices.Slices;

    public SolveOutcome ToOutcome() => _incumbent.ToOutcome() with { Samples = _samples.ToList() };

    public void Run(int sweeps, bool isFirst)
    {
        var loaded = 0;
        // The fields of a slice take a pass over all couplings, so many slices of a dense model take seconds.
        for (; loaded < _slices.Slices && (loaded == 0 || !_context.ShouldStop()); loaded++)
        {
            if (isFirst && _incumbent.TryGet(out var initial))
                _problem.ToBits(initial).CopyTo(_bits, 0);
            else
                _starts.FillBits(_bits);
            _model.Reset(_bits);
            _slices.Load(_model, loaded);
        }
        if (loaded == _slices.Slices)
            Sweep(sweeps);
        Finish(loaded);
    }

    /// <summary>As many sweeps as the evaluations allow, with room for one pass of descent and a score in every slice.</summary>
    private void Sweep(int sweeps)
    {
        var reserve = _slices.Slices * (_model.Count + 1L);
        var left = _context.EvaluationsLeft;
        var affordable = Math.Max((left - reserve) / SweepCost, left > SweepCost ? 1 : 0);
        sweeps = (int)Math.Min(sweeps, affordable);
        var unit = _slices.Scale / _model.Scale;
        for (var k = 0; k < sweeps; k++)
        {
            var sweep = _schedule.Sweep(k, sweeps, _slices.Slices, unit);
            for (var first = 0; first < _model.Count; first += _block)
            {
                var end = Math.Min(first + _block, _model.Count);
                sweep.Run(_slices, first, end, ref _random);
                _context.CountEvaluations(2L * (end - first) * _slices.Slices);
                if (_context.ShouldStop())
                    return;
            }
        }
    }

    /// <summary>At least one slice is scored, whatever ended the sweeps, as long as an evaluation is left.</summary>
    /// <param name="slices">Those that were loaded.</param>
    private void Finish(int slices)
    {
        var best = double.PositiveInfinity;
        var seen = new HashSet<QuboSolution>();
        for (var slice = 0; slice < slices && _context.EvaluationsLeft > 0; slice++)
        {
            if (slice > 0 && _context.ShouldStop())
                break;
            _slices.CopyBits(slice, _bits);
            // At the end of a read most slices agree.
            if (!seen.Add(_problem.FromBits(_bits)))
                continue;
            _model.Reset(_bits);
            Descend();
            _model.CopyBits(_bits);
            _context.CountEvaluations(1);
            var score = _incumbent.Offer(_bits);
            if (score < best)
            {
                best = score;
                _bits.CopyTo(_best, 0);
            }
        }
        if (best < double.PositiveInfinity)
            _samples.Add(_best, best);
    }

    /// <summary>To a local minimum, or as far as the evaluations go. Every pass but the last lowers the energy.</summary>
    private void Descend()
    {
        while (_context.EvaluationsLeft > _model.Count)
        {
            _context.CountEvaluations(_model.Count);
            if (MetropolisSweep.Descend(_model) == 0)
                return;
        }
    }
}
