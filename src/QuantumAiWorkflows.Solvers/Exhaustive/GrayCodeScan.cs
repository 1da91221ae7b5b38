using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Exhaustive;

/// <summary>
/// Visits every assignment once: the lowest <see cref="BlockVariables"/> variables as one block at a time, the others in
/// Gray code order, so that one of them changes from block to block (Gray, US patent 2632058, 1953). O(2^n) with O(n)
/// per block.
/// </summary>
internal sealed class GrayCodeScan
{
    /// <summary>16 KB of pair energies: they stay in the first-level cache.</summary>
    public const int BlockVariables = 11;

    /// <summary>Blocks after which fields and energy are computed afresh, which bounds the drift of their sums.</summary>
    private const int RefreshPeriod = 256;

    /// <summary>Blocks between two looks at the budget: about 130,000 states.</summary>
    private const int PollPeriod = 64;

    private readonly BinaryModel _model;
    private readonly SolveContext _context;
    private readonly Incumbent _incumbent;
    private readonly int _low;
    private readonly double[] _couplings;
    private readonly double[] _pairs;
    private readonly double[] _sums;

    /// <summary>Energy change per variable when it is set, given the high variables; the low ones count as 0.</summary>
    private readonly double[] _fields;

    /// <summary>The current high variables; the low ones are 0 but while a state is offered.</summary>
    private readonly sbyte[] _bits;

    private readonly double _tolerance;
    private double _base;

    public GrayCodeScan(QuboProblem problem, SolveContext context, Incumbent incumbent)
    {
        _model = problem.Model;
        _context = context;
        _incumbent = incumbent;
        var n = problem.NumVariables;
        _low = Math.Min(n, BlockVariables);
        _couplings = new double[n * n];
        var terms = _model.Terms;
        for (var k = 0; k < terms.Value.Length; k++)
            _couplings[terms.Row[k] * n + terms.Column[k]] = _couplings[terms.Column[k] * n + terms.Row[k]] =
                terms.Value[k];
        _pairs = new double[1 << _low];
        _sums = new double[1 << _low];
        _fields = new double[n];
        _bits = new sbyte[n];
        _tolerance = IntegerModel.SumsAreExact(problem) ? 0 : Tolerance(problem);
    }

    /// <summary>Scans until the end or until the context stops it; true when every assignment was seen.</summary>
    public bool Run()
    {
        LowBlock.PairEnergies(_couplings, _fields.Length, _pairs);
        Refresh();
        var blocks = 1L << (_fields.Length - _low);
        for (var block = 0L; ; )
        {
            if (block % PollPeriod == 0 && _context.ShouldStop())
                return false;
            var states = (int)Math.Min(_pairs.Length, _context.EvaluationsLeft);
            if (states < _pairs.Length || MayImprove(LowBlock.Minimum(_pairs, _fields.AsSpan(0, _low)) + _base))
                Offer(states);
            _context.CountEvaluations(states);
            if (states < _pairs.Length)
                return !_context.ShouldStop(); // true now: the evaluations are spent
            if (++block == blocks)
                return true;

            Flip(_low + BitOperations.TrailingZeroCount(block));
            if (block % RefreshPeriod == 0 && _tolerance > 0)
                Refresh();
        }
    }

    /// <summary>
    /// Where sums are exact only strictly better energies matter. Elsewhere every state that rounding could have made
    /// look worse than it is gets its exact score: problems with very many such ties take correspondingly longer.
    /// </summary>
    private bool MayImprove(double energy) =>
        _tolerance == 0 ? energy < _incumbent.Minimized : energy <= _incumbent.Minimized + _tolerance;

    /// <summary>Offers the states of this block that may improve, the first <paramref name="states"/> of them.</summary>
    private void Offer(int states)
    {
        LowBlock.SubsetSums(_fields.AsSpan(0, _low), _sums);
        for (var s = 0; s < states; s++)
        {
            if (!MayImprove(_pairs[s] + _sums[s] + _base))
                continue;
            for (var i = 0; i < _low; i++)
                _bits[i] = (sbyte)((s >> i) & 1);
            _incumbent.Offer(_bits);
        }
        _bits.AsSpan(0, _low).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Flip(int high)
    {
        var sign = 1 - 2 * _bits[high];
        _bits[high] ^= 1;
        _base += sign * _fields[high];
        var row = _couplings.AsSpan(high * _fields.Length, _fields.Length);
        for (var j = 0; j < row.Length; j++)
            _fields[j] += sign * row[j];
    }

    private void Refresh()
    {
        _base = _model.Energy(_bits);
        _model.Terms.Linear.CopyTo(_fields, 0);
        for (var i = _low; i < _bits.Length; i++)
            if (_bits[i] == 1)
                for (var j = 0; j < _fields.Length; j++)
                    _fields[j] += _couplings[i * _fields.Length + j];
    }

    /// <summary>
    /// Bound on the difference between a block's energy and the problem's own score: every addition on either way errs by
    /// at most 2^-53 of the largest partial sum, which the sum of magnitudes bounds.
    /// </summary>
    private static double Tolerance(QuboProblem problem)
    {
        var magnitude = Math.Max(Magnitude(problem.Terms), Magnitude(problem.Model.Terms));
        var additions = 2.0 * (problem.Terms.Value.Length + problem.NumVariables) + RefreshPeriod + 64;
        return Math.Min(double.MaxValue, 4 * additions * Math.ScaleB(magnitude, -53));

        static double Magnitude(QuboTerms terms) =>
            Math.Abs(terms.Offset) + terms.Linear.Sum(Math.Abs) + terms.Value.Sum(Math.Abs);
    }
}
