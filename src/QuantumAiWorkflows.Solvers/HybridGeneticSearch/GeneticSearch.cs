using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>
/// The genetic loop: two parents by tournament, an order crossover of their giant tours, the best split of the child, a local
/// search with penalties, a place in the feasible or the infeasible sub-population.
/// </summary>
internal sealed class GeneticSearch
{
    /// <summary>Local searches whose results decide about the penalties.</summary>
    private const int PenaltyPeriod = 100;

    private const int HopelessPeriod = 20;

    /// <summary>Random plans at a start, in units of the population.</summary>
    private const int Beginnings = 4;

    /// <summary>Of these, so many whatever they cost; more only within a share of the budget that is left.</summary>
    private const int FewestBeginnings = 4;

    private const double ShareOfBeginnings = 0.1;

    /// <summary>A plan that is repaired pays so many times the penalties.</summary>
    private const int RepairFactor = 10;

    /// <summary>The same while no feasible plan is known.</summary>
    private const int FirstRepairFactor = 10_000;

    /// <summary>With time windows one child in so many comes from the order crossover, the others exchange routes.</summary>
    private const int OrderCrossovers = 4;

    private readonly VrpModel _model;
    private readonly HybridGeneticSearchOptions _options;
    private readonly SolveContext _context;
    private readonly Action<Plan> _improved;
    private readonly Xoshiro256 _random;
    private readonly RouteImprovement _improvement;
    private readonly Splitter _splitter;
    private readonly RouteExchange? _exchange;
    private readonly Subpopulation _feasible;
    private readonly Subpopulation _infeasible;
    private readonly Plan _child;
    private readonly bool[] _isTaken;
    private readonly int[] _permutation;
    private Penalties _penalties;
    private long _best = long.MaxValue;
    private int _searched;
    private int _withinCapacity;
    private int _withinWindows;

    /// <param name="improved">Told of every feasible plan better than all before.</param>
    public GeneticSearch(
        VrpModel model,
        HybridGeneticSearchOptions options,
        SolveContext context,
        Action<Plan> improved
    )
    {
        (_model, _options, _context, _improved) = (model, options, context, improved);
        _random = context.CreateRandom("genetic");
        var granularity = options.Granularity ?? (model.HasWindows ? 40 : 20);
        _improvement = new(model, granularity, context, context.CreateRandom("local search"));
        _splitter = new(model);
        _exchange = model.HasWindows ? new(model, _random) : null;
        _feasible = new(model, options);
        _infeasible = new(model, options);
        _child = new(model);
        _isTaken = new bool[model.Places];
        _permutation = [.. Enumerable.Range(1, model.Customers)];
        var perLoad = ((long)model.MaxCost << Penalties.FractionBits) / Math.Max(1, model.MaxDemand);
        _penalties = new(
            Math.Clamp(perLoad, 1 << (Penalties.FractionBits - 3), Penalties.Largest),
            model.HasWindows ? 1 << Penalties.FractionBits : 0
        );
    }

    /// <summary>Until the iterations, or the budget, are spent. An evaluation is one local search.</summary>
    /// <param name="initial">A plan to begin with; null for none.</param>
    public void Run(Plan? initial, long iterations)
    {
        var left = iterations;
        while (left > 0 && !_context.ShouldStop())
        {
            Begin(initial, ref left);
            initial = null;
            for (var since = 0; since < _options.Patience && left > 0 && !_context.ShouldStop(); since++)
            {
                Breed(Pick(), Pick());
                if (Educate(ref left))
                    since = 0;
            }
            _feasible.Clear();
            _infeasible.Clear();
        }
    }

    /// <summary>
    /// Random plans take far longer to improve than children of good ones: with a thousand customers a budget of seconds would
    /// end before the first child, so that only a part of it goes into them. Not where iterations were asked for: a clock beside them must
    /// not change what they find.
    /// </summary>
    private void Begin(Plan? initial, ref long left)
    {
        var share = _context.ShareSpent + (1 - _context.ShareSpent) * ShareOfBeginnings;
        var isHurried = _options.Iterations is null || _context.Budget.Evaluations is not null;
        if (initial is not null)
        {
            _child.CopyFrom(initial);
            Educate(ref left);
        }
        for (var k = 0; k < Beginnings * _options.Population && left > 0; k++)
        {
            if (_context.ShouldStop() || (isHurried && k >= FewestBeginnings && _context.ShareSpent > share))
                return;
            _random.Shuffle<int>(_permutation);
            _permutation.CopyTo(_child.Tour, 0);
            _splitter.Split(_child, _penalties);
            Educate(ref left);
        }
    }

    /// <summary>Improves the child, repairs it in half of the cases where that is needed; true for a new best.</summary>
    private bool Educate(ref long left)
    {
        var isBetter = Improve(_penalties, ref left);
        if (_child.IsFeasible || left <= 0 || _context.ShouldStop())
            return isBetter;
        // Until there is a plan that holds, every child is to become one.
        var isFirst = _best == long.MaxValue;
        if (!isFirst && !_random.NextBoolean())
            return isBetter;
        return Improve(_penalties.Times(isFirst ? FirstRepairFactor : RepairFactor), ref left) || isBetter;
    }

    private bool Improve(Penalties penalties, ref long left)
    {
        var isRepair = penalties != _penalties;
        _improvement.Run(_child, penalties);
        _context.CountEvaluations(1);
        left--;
        if (!isRepair)
            Learn();
        // Of repairs only those that came to something: the others are worse than what is there already.
        if (!isRepair || _child.IsFeasible)
            (_child.IsFeasible ? _feasible : _infeasible).Add(_child, _penalties);
        if (!_child.IsFeasible || _child.Cost >= _best)
            return false;
        _best = _child.Cost;
        _improved(_child);
        return true;
    }

    /// <summary>Penalties follow the share of local searches that end within capacity, and within the windows.</summary>
    private void Learn()
    {
        _searched++;
        _withinCapacity += _child.Excess == 0 ? 1 : 0;
        _withinWindows += _child.Warp == 0 ? 1 : 0;
        if (_searched < PenaltyPeriod)
        {
            if (_searched % HopelessPeriod == 0 && (_withinCapacity == 0 || _withinWindows == 0))
                Raise();
            return;
        }
        _penalties = new(Adapted(_penalties.Excess, _withinCapacity), Adapted(_penalties.Warp, _withinWindows));
        (_searched, _withinCapacity, _withinWindows) = (0, 0, 0);
        _infeasible.Reprice(_penalties);
    }

    /// <summary>Doubles what not one search has met yet: with narrow windows small steps would take longer than most budgets.</summary>
    private void Raise()
    {
        _penalties = new(
            _withinCapacity == 0 ? Math.Min(Penalties.Largest, _penalties.Excess * 2) : _penalties.Excess,
            _withinWindows == 0 ? Math.Min(Penalties.Largest, _penalties.Warp * 2) : _penalties.Warp
        );
        _infeasible.Reprice(_penalties);
    }

    private long Adapted(long penalty, int within)
    {
        var share = (double)within / PenaltyPeriod;
        return share < _options.TargetFeasible - 0.05 ? Math.Min(Penalties.Largest, (penalty * 6 / 5) + 1)
            : share > _options.TargetFeasible + 0.05 ? Math.Max(Math.Min(penalty, 16), penalty * 17 / 20)
            : penalty;
    }

    /// <summary>The fitter of two members drawn from both sub-populations.</summary>
    private Plan Pick()
    {
        var (first, second) = (Draw(), Draw());
        return Fitness(first) <= Fitness(second) ? At(first) : At(second);
    }

    private int Draw() => _random.NextInt32(_feasible.Count + _infeasible.Count);

    private Plan At(int k) => k < _feasible.Count ? _feasible[k] : _infeasible[k - _feasible.Count];

    private double Fitness(int k) =>
        k < _feasible.Count ? _feasible.Fitness(k) : _infeasible.Fitness(k - _feasible.Count);

    private void Breed(Plan first, Plan second)
    {
        if (_exchange is not null && _random.NextInt32(OrderCrossovers) != 0)
        {
            _exchange.Cross(first, second, _child);
            return;
        }
        Cross(first, second);
        _splitter.Split(_child, _penalties);
    }

    /// <summary>Order crossover: a stretch of one giant tour, then the others in the order of the second.</summary>
    private void Cross(Plan first, Plan second)
    {
        var n = _model.Customers;
        var from = _random.NextInt32(n);
        var to = n == 1 ? 0 : (from + 1 + _random.NextInt32(n - 1)) % n;
        Array.Clear(_isTaken);
        var at = from;
        for (; ; at = (at + 1) % n)
        {
            _isTaken[_child.Tour[at] = first.Tour[at]] = true;
            if (at == to)
                break;
        }
        at = (at + 1) % n;
        for (var k = 1; k <= n; k++)
        {
            var customer = second.Tour[(to + k) % n];
            if (_isTaken[customer])
                continue;
            _child.Tour[at] = customer;
            at = (at + 1) % n;
        }
    }
}
