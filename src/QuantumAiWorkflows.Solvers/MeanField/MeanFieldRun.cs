using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.MeanField;

/// <summary>
/// Batches of one run: <see cref="SpinLanes.Lanes"/> starts from random means cool side by side; then each is rounded to
/// the signs of its means and ended by descent.
/// </summary>
internal sealed class MeanFieldRun<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Means of the starts lie within this of 0.</summary>
    private const float Spread = 0.1f;

    /// <summary>Couplings in 16 lanes between two looks at the budget: some tenths of a millisecond.</summary>
    private const long PollWork = 1 << 18;

    private readonly LocalFields<T> _fields;
    private readonly SpinLanes _lanes;
    private readonly MeanFieldOptions _options;
    private readonly SolveContext _context;
    private readonly Incumbent _incumbent;
    private readonly Xoshiro256 _starts;
    private readonly float[] _means;
    private readonly sbyte[] _bits;
    private readonly int _block;
    private RandomLanes _noise;

    public MeanFieldRun(LocalFields<T> fields, QuboProblem problem, MeanFieldOptions options, SolveContext context)
    {
        (_fields, _options, _context) = (fields, options, context);
        _lanes = SpinLanes.From(fields);
        _incumbent = new(problem, context);
        _starts = context.CreateRandom("starts");
        _noise = new(context.CreateRandom("noise"));
        _means = new float[fields.Count * (long)SpinLanes.Lanes];
        _bits = new sbyte[fields.Count];
        _block = (int)Math.Clamp(PollWork * fields.Count / (_lanes.Couplings + fields.Count), 1, fields.Count);
    }

    public SolveOutcome ToOutcome() => _incumbent.ToOutcome();

    /// <param name="sweeps">Of every start; fewer where the evaluations do not suffice.</param>
    /// <param name="starts">At most <see cref="SpinLanes.Lanes"/>; fewer where not even a sweep of each can be paid.</param>
    public void Run(int sweeps, int starts)
    {
        starts = (int)Math.Clamp(_context.EvaluationsLeft / (3L * _fields.Count + 1), 1, starts);
        foreach (ref var mean in _means.AsSpan())
            mean = Spread * (float)(2 * _starts.NextDouble() - 1);
        Cool(Affordable(sweeps, starts), starts);
        for (var lane = 0; lane < starts && (lane == 0 || !_context.ShouldStop()); lane++)
            if (_context.EvaluationsLeft > 0)
                Round(lane, starts - lane);
    }

    private void Cool(int sweeps, int starts)
    {
        for (var k = 0; k < sweeps; k++)
        {
            var share = sweeps == 1 ? 1 : k / (sweeps - 1.0);
            var fall = Math.Pow(_options.Cold / _options.Hot, share);
            var sweep = MeanFieldSweep.Of(_options.Hot * fall, _options.Noise * fall, _options.Damping);
            for (var i = 0; i < _fields.Count; i += _block)
            {
                var end = Math.Min(i + _block, _fields.Count);
                sweep.Run(_lanes, _means, i, end, ref _noise);
                _context.CountEvaluations((long)(end - i) * starts);
                if (_context.ShouldStop())
                    return;
            }
        }
    }

    /// <param name="lane">The start to round.</param>
    /// <param name="unfinished">Starts that an evaluation must be left for, this one included.</param>
    private void Round(int lane, int unfinished)
    {
        SpinLanes.CopyBits(_means, lane, _bits);
        _fields.Reset(_bits);
        OneFlipDescent.Run(_fields, _context, unfinished);
        _fields.CopyBits(_bits);
        _context.CountEvaluations(1);
        _incumbent.Offer(_bits);
    }

    /// <summary>Sweeps that leave room for a pass of descent and a score of each start.</summary>
    private int Affordable(int sweeps, int starts)
    {
        var perStart = (_context.EvaluationsLeft / starts - 1) / _fields.Count;
        return (int)Math.Min(sweeps, perStart > 1 ? perStart - 1 : perStart);
    }
}
