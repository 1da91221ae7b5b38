using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>One run: sweeps, changes of clusters, exchanges, and descents from what is new and low.</summary>
/// <param name="polish">For descents, in the model's own numbers.</param>
internal sealed class TemperingRun<T>(
    QuboProblem problem,
    ParallelTemperingOptions options,
    ReplicaFields<T> fields,
    Ladder ladder,
    AnnealedState polish,
    SolveContext context
)
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>Updates and changes of fields between two looks at the budget: at most about a millisecond.</summary>
    private const int PollWork = 1 << 20;

    /// <summary>Rounds after which the coldest replica of every set gives a sample.</summary>
    private const int RoundsPerSample = 50;

    /// <summary>Sweeps in which every replica cools from the hottest temperature to its own.</summary>
    private const int WarmUp = 100;

    private readonly int _rungs = ladder.Temperatures.Count;
    private readonly Incumbent _incumbent = new(problem, context);
    private readonly SampleSet _samples = new(problem);
    private readonly Xoshiro256 _exchanges = context.CreateRandom("exchanges");
    private readonly ClusterMoves<T> _clusters = new(fields, context.CreateRandom("clusters"));
    private readonly ClusterUse _use = new(
        options.Replicas == 1 ? ClusterMoveUse.Off : options.ClusterMoves,
        ladder.Temperatures.Count
    );
    private readonly int[] _partners = [.. Enumerable.Range(0, options.Replicas)];
    private readonly float[] _temperatures = new float[fields.Lanes];
    private readonly long[] _energies = new long[fields.Lanes];
    private readonly sbyte[] _bits = new sbyte[fields.Count];
    private RandomLanes _random = new(context.CreateRandom("metropolis"));
    private long _lowest = long.MaxValue;
    private long _sampled;

    private int Replicas => _rungs * options.Replicas;

    private long SweepCost => fields.Count * (long)Replicas;

    /// <param name="rounds">Null: until the budget ends.</param>
    public SolveOutcome Execute(long? rounds)
    {
        var isWarm = Start();
        for (var round = 0L; !(round >= rounds) && !context.ShouldStop(); round++)
        {
            if (!isWarm)
                isWarm = CoolIn();
            else
                for (var k = 0; k < options.SweepsPerExchange && CanSweep(); k++)
                    if (!Sweep(1))
                        break;
            fields.Energies(_energies);
            ChangeClusters();
            ladder.Exchange(_energies, _exchanges);
            if (ladder.IsFixed)
                _use.Decide();
            KeepLowest();
            if ((round + 1) % RoundsPerSample == 0)
                Sample();
            if (!CanSweep())
                break;
        }
        if (_sampled == 0)
            Sample();
        return _incumbent.ToOutcome() with { Samples = _samples.ToList() };
    }

    /// <summary>Random assignments; the coldest replicas have the initial solution if there is one. True if so: it is not heated.</summary>
    private bool Start()
    {
        var starts = context.CreateRandom("starts");
        var hasInitial = _incumbent.TryGet(out var initial);
        for (var lane = 0; lane < Replicas && (lane == 0 || !context.ShouldStop()); lane++)
        {
            if (hasInitial && lane % _rungs == 0)
                problem.ToBits(initial!).CopyTo(_bits, 0);
            else
                starts.FillBits(_bits);
            fields.Load(lane, _bits);
        }
        return hasInitial;
    }

    private bool CoolIn()
    {
        for (var k = 1; k <= WarmUp && CanSweep(); k++)
            if (!Sweep(Math.Pow(ladder.Temperatures[0] / ladder.Temperatures[^1], k / (double)WarmUp)))
                break;
        return true;
    }

    /// <summary>A sweep and a descent must fit, or it is the end of the evaluations.</summary>
    private bool CanSweep()
    {
        if (context.EvaluationsLeft > SweepCost + 2L * fields.Count)
            return true;
        context.RequestStop(StoppedBy.Evaluations);
        return false;
    }

    /// <summary>One sweep of all replicas; false when the budget ended within it.</summary>
    /// <param name="cooling">No replica is colder than this times the hottest temperature; 1 for no such limit.</param>
    private bool Sweep(double cooling)
    {
        for (var lane = 0; lane < Replicas; lane++)
            _temperatures[lane] = (float)(
                cooling == 1
                    ? ladder.TemperatureOf(lane)
                    : Math.Max(cooling * ladder.Temperatures[^1], ladder.TemperatureOf(lane))
            );
        var block = (int)Math.Max(1, PollWork / (fields.Lanes * (8L + fields.MeanDegree)));
        for (var first = 0; first < fields.Count; first += block)
        {
            var end = Math.Min(first + block, fields.Count);
            ReplicaSweep.Run(fields, first, end, _temperatures, ref _random);
            context.CountEvaluations((end - first) * (long)Replicas);
            if (context.ShouldStop())
                return false;
        }
        return true;
    }

    /// <summary>At every temperature one cluster each between its replicas, which are paired at random.</summary>
    private void ChangeClusters()
    {
        for (var rung = 0; rung < _rungs; rung++)
        {
            if (!_use.At(rung) || context.ShouldStop())
                continue;
            _exchanges.Shuffle<int>(_partners);
            for (var k = 0; k + 1 < _partners.Length; k += 2)
            {
                var (a, b) = (ladder.LaneAt(_partners[k], rung), ladder.LaneAt(_partners[k + 1], rung));
                _use.Saw(rung, _clusters.Move(a, b, _energies));
            }
        }
    }

    /// <summary>Descends from the lowest replica when none was as low before.</summary>
    private void KeepLowest()
    {
        var lowest = 0;
        for (var lane = 1; lane < Replicas; lane++)
            if (_energies[lane] < _energies[lowest])
                lowest = lane;
        if (_energies[lowest] >= _lowest || context.EvaluationsLeft == 0)
            return;
        fields.CopyBits(lowest, _bits);
        Descend();
        _incumbent.Offer(_bits);
        _lowest = Math.Min(_energies[lowest], fields.Energy(_bits));
    }

    private void Sample()
    {
        for (var set = 0; set < options.Replicas && context.EvaluationsLeft > 0 && context.ShotsLeft > 0; set++)
        {
            if (set > 0 && context.ShouldStop())
                break;
            fields.CopyBits(ladder.LaneAt(set, 0), _bits);
            Descend();
            _samples.Add(_bits, _incumbent.Offer(_bits));
            _sampled++;
            if (context.Budget.Shots is not null)
                context.CountShots(1);
        }
        if (context.Shots is { } drawn && drawn == context.Budget.Shots)
            context.RequestStop(StoppedBy.Shots);
    }

    /// <summary>
    /// To a local minimum, or as far as the evaluations go, which leaves one for the score: that is counted here, too.
    /// </summary>
    private void Descend()
    {
        polish.Reset(_bits);
        while (context.EvaluationsLeft > fields.Count)
        {
            context.CountEvaluations(fields.Count);
            if (polish.Descend() == 0)
                break;
        }
        polish.CopyBits(_bits);
        context.CountEvaluations(1);
    }
}
