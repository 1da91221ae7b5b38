using System.Numerics;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>The classical steps between sub-problems, over all variables.</summary>
internal sealed class Polisher<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Steps of a tabu search without a new best after which it ends.</summary>
    private const int TabuPatience = 100;

    private readonly LocalFields<T> _fields;
    private readonly Polish _polish;
    private readonly SolveContext _context;
    private readonly TabuSearch? _tabu;

    public Polisher(LocalFields<T> fields, Polish polish, SolveContext context)
    {
        (_fields, _polish, _context) = (fields, polish, context);
        if (polish == Polish.Tabu)
            _tabu = new(new FieldMoves<T>(fields), null, context, context.CreateRandom("polish"));
    }

    /// <summary>
    /// Leads <paramref name="bits"/>, which the fields are at, to bits that are not worse, as far as the evaluations go;
    /// true when they are others. The fields follow.
    /// </summary>
    public bool Improve(sbyte[] bits) =>
        _polish switch
        {
            Polish.Descent => Descend(bits),
            Polish.Tabu => Search(bits),
            _ => false,
        };

    private bool Descend(sbyte[] bits)
    {
        var flips = 0;
        while (_context.EvaluationsLeft > _fields.Count && !_context.ShouldStop())
        {
            _context.CountEvaluations(_fields.Count);
            var more = MetropolisSweep.Descend(_fields);
            if (more == 0)
                break;
            flips += more;
        }
        if (flips > 0)
            _fields.CopyBits(bits);
        return flips > 0;
    }

    private bool Search(sbyte[] bits)
    {
        if (_context.EvaluationsLeft <= _fields.Count)
            return false;
        _tabu!.Run(bits, TabuPatience);
        var changed = !_tabu.Best.SequenceEqual(bits);
        _tabu.Best.CopyTo(bits);
        _fields.Reset(bits);
        return changed;
    }
}
