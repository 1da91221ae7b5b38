using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.PathRelinking;

/// <summary>
/// A small population of elite answers, each the end of a tabu search. Two of them are taken, and a path of single flips is
/// walked from one towards the other; the best assignment of its middle third is where the next tabu search begins. What it ends
/// at replaces the worst elite when it is better and new. When every pair has been relinked in both directions and nothing new
/// came in, the population has converged: the best answer is kept and the others are drawn afresh.
/// </summary>
/// <remarks>
/// After Y. Wang, Z. Lü, F. Glover and J.-K. Hao, "Path relinking for unconstrained binary quadratic programming", European
/// Journal of Operational Research 223(3), 2012, whose two ways to choose a path, greedy and random, are both used, half and
/// half; the tabu search is that of the solver <c>tabu</c>. The path does what a perturbation does in the iterated tabu
/// search of G. Palubeckis, Informatica 17(2), 2006, but keeps what the two answers have in common, which for dense problems is
/// most of the best answer.
/// Measured on dense instances of one family, in steps of tabu search. With 3000 variables iterated tabu search (perturbations by one of
/// the five least changes, up to a quarter of the variables, with 5000 also a twentieth) is as good: both take 0.3 million to the best
/// value known, in the median. With 5000, after 12 million steps or more, it missed that value by 470 to 1497 in four runs, path relinking by 0 to 470
/// in nine. Patience from 2n to 20n, and 20 elites instead of 10, differed no more than seeds do: 5n was quicker on an instance of 4000
/// variables, 10n on two of 5000.
/// </remarks>
public sealed class PathRelinkingSolver : QuboSolver<PathRelinkingOptions>
{
    private const int DefaultPopulations = 5;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "path-relinking",
            Version = "1.1.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Memetic tabu search: paths between elite answers, and tabu search from the best point in the middle of each.",
            Deterministic = true,
            DeterministicWhen = "under populations or evaluations; not under time or CPU budgets",
            Evaluation =
                "one single-variable energy change looked at (a step of tabu search is n of them, a step of a path at most 1000), or one start scored; an evaluations budget is never exceeded, and at most n are left",
            Limits =
                "memory only: n² bytes where couplings are whole, fit a byte and density is at least 0.04 (2n² or 4n² for larger ones), else as tabu; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "a step flips one variable: O(n) on dense problems, in n / 16 vector additions; on sparse ones O(degree + n / 128) vectors; and the n/100 barred variables are looked at",
            Strengths =
            [
                "dense QUBO problems of hundreds to thousands of variables: the best known value mostly within a second",
                "few parameters, none of them a temperature: wide ranges of coefficients do no harm",
            ],
            Weaknesses =
            [
                "sparse problems of thousands of variables, such as ±1 Max-Cut on grids, where annealing gets further",
                "proves nothing",
            ],
            Sources =
            [
                "Y. Wang, Z. Lü, F. Glover, J.-K. Hao, Path relinking for unconstrained binary quadratic programming, European Journal of Operational Research 223(3), 2012",
                "G. Palubeckis, Iterated tabu search for the unconstrained binary quadratic optimization problem, Informatica 17(2), 2006",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, PathRelinkingOptions options, SolveContext context)
    {
        var incumbent = new Incumbent(problem, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        var random = context.CreateRandom("path-relinking");
        var moves = FlipMoves.Of(problem, context.Budget.MemoryMegabytes);
        var search = new TabuSearch(moves, options.Tenure, context, random);
        var run = new Run(problem, options, context, incumbent, moves, search, random);
        var populations = options.Populations ?? (EndsByBudget(context.Budget) ? int.MaxValue : DefaultPopulations);
        var number = 0;
        do run.Evolve();
        while (++number < populations && !run.IsOver);
        return incumbent.ToOutcome();
    }

    private sealed class Run(
        QuboProblem problem,
        PathRelinkingOptions options,
        SolveContext context,
        Incumbent incumbent,
        FlipMoves moves,
        TabuSearch search,
        Xoshiro256 random
    )
    {
        private readonly Relinking _relinking = new(moves, context, random);
        private readonly ElitePopulation _elites = new(options.Population);
        private readonly int _patience = options.Patience ?? Math.Clamp(10 * moves.Count, 500, 100_000);
        private readonly sbyte[] _start = new sbyte[moves.Count];
        private readonly sbyte[] _best = new sbyte[moves.Count];
        private readonly sbyte[] _elite = new sbyte[moves.Count];
        private readonly bool _isSymmetric = SpinSymmetry.Holds(problem.Model);
        private double _bestEnergy = double.PositiveInfinity;

        /// <summary>True when the budget is spent, or too little is left of it for a step.</summary>
        public bool IsOver
        {
            get
            {
                if (context.EvaluationsLeft <= moves.Count)
                    context.RequestStop(StoppedBy.Evaluations);
                return context.ShouldStop();
            }
        }

        public void Evolve()
        {
            _elites.Clear();
            Begin();
            while (!IsOver && _elites.TryTakePair(random, out var from, out var to))
                if (_relinking.Walk(from, to, IsGreedy()))
                    Search();
        }

        private void Begin()
        {
            if (double.IsFinite(_bestEnergy))
                Offer(_best, _bestEnergy);
            // Of a small problem there may not be as many distinct local optima as the population has room for.
            for (var starts = 0; starts < 2 * options.Population && !_elites.IsFull; starts++)
            {
                if (context.Evaluations > 0 && IsOver)
                    return;
                if (context.Evaluations == 0 && incumbent.TryGet(out var initial))
                    problem.ToBits(initial).CopyTo(_start);
                else
                    random.FillBits(_start);
                // So that a run of one evaluation has an answer.
                if (context.Evaluations == 0)
                    incumbent.Offer(_start);
                context.CountEvaluations(1);
                moves.MoveTo(_start);
                Search();
            }
        }

        private void Search()
        {
            search.Run(_patience);
            Offer(search.Best, search.BestEnergy);
            // A score takes as long as thousands of steps: only what may be better, rounding considered, is scored.
            if (search.BestEnergy >= _bestEnergy + moves.Drift * moves.Count)
                return;
            incumbent.Offer(search.Best);
            if (search.BestEnergy >= _bestEnergy)
                return;
            _bestEnergy = search.BestEnergy;
            search.Best.CopyTo(_best);
        }

        /// <summary>Where flipping all bits changes nothing, an answer and its complement are one: that whose first bit is 0.</summary>
        private void Offer(ReadOnlySpan<sbyte> bits, double energy)
        {
            bits.CopyTo(_elite);
            if (_isSymmetric && _elite is [1, ..])
                foreach (ref var bit in _elite.AsSpan())
                    bit ^= 1;
            _elites.Offer(_elite, energy);
        }

        private bool IsGreedy() =>
            options.Path switch
            {
                RelinkingPath.Greedy => true,
                RelinkingPath.Random => false,
                _ => random.NextBoolean(),
            };
    }
}
