using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Genetic;

/// <summary>One run: a first population from random starts, then child after child, and afresh when that leads nowhere.</summary>
internal sealed class Generations<T>
    where T : unmanaged, INumber<T>
{
    private const int DefaultChildren = 500;

    private readonly QuboProblem _problem;
    private readonly GeneticOptions _options;
    private readonly SolveContext _context;
    private readonly LocalFields<T> _fields;
    private readonly Xoshiro256 _random;
    private readonly Incumbent _incumbent;
    private readonly Upbringing<T> _upbringing;
    private readonly Population _population;
    private readonly sbyte[] _bits;

    public Generations(QuboProblem problem, GeneticOptions options, SolveContext context, LocalFields<T> fields)
    {
        (_problem, _options, _context, _fields) = (problem, options, context, fields);
        _random = context.CreateRandom("genetic");
        _incumbent = new(problem, context);
        var patience = options.Patience ?? Math.Clamp(fields.Count, 100, 5000);
        _upbringing = new(fields, patience, context, _random);
        _population = new(
            options.Population,
            Math.Max(1, (int)(options.Distance * fields.Count)),
            SpinSymmetry.Holds(problem.Model)
        );
        _bits = new sbyte[fields.Count];
    }

    /// <param name="untilBudget">Whether a budget ends the run where no number of children does.</param>
    public SolveOutcome Run(bool untilBudget)
    {
        var children = _options.Children ?? (untilBudget ? int.MaxValue : DefaultChildren);
        var stagnation = _options.Stagnation ?? 4 * _options.Population;
        var (homeless, founders) = (0, 0);
        for (var child = 0; child < children && !_context.ShouldStop(); child++)
        {
            // Too little left for a step: another child would not grow up.
            if (child > 0 && _context.EvaluationsLeft <= _fields.Count)
            {
                _context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            var isFounder = founders < _options.Population || _population.Count < 2;
            if (isFounder)
                Found(founders++);
            else if (_population.Cross(_bits, _random) <= FewDifferences)
                Mutate(_bits.Length / 4);
            if (Grow() || isFounder)
                homeless = 0;
            else if (++homeless == stagnation)
            {
                _population.KeepBest(_bits);
                (homeless, founders) = (0, 1);
            }
        }
        return _incumbent.ToOutcome();
    }

    /// <summary>Parents that differ in no more have children that their search leads back to them.</summary>
    private const int FewDifferences = 4;

    private void Found(int number)
    {
        if (number == 0 && _incumbent.TryGet(out var initial))
            _problem.ToBits(initial).CopyTo(_bits, 0);
        else
            _random.FillBits(_bits);
    }

    private void Mutate(int flips)
    {
        for (var k = 0; k <= flips; k++)
            _bits[_random.NextInt32(_bits.Length)] ^= 1;
    }

    /// <returns>Whether it found a place.</returns>
    private bool Grow()
    {
        _upbringing.Run(_bits);
        _context.CountEvaluations(1);
        return _population.Add(_bits, _incumbent.Offer(_bits));
    }
}
