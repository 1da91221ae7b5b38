using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.Presolve;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>One run: the parts of a problem one after the other, small ones first, and their answers put together.</summary>
internal sealed class AutoRun
{
    private readonly IReadOnlyDictionary<string, ISolver> _members;
    private readonly QuboProblem _problem;
    private readonly AutoOptions _options;
    private readonly SolveContext _context;
    private readonly Incumbent _incumbent;
    private readonly Parts _parts;

    /// <summary>The best answer of every part so far.</summary>
    private readonly QuboSolution[] _answers;

    /// <summary>By size, the smallest first: what a small part leaves of its share goes to the larger ones.</summary>
    private readonly int[] _order;

    private readonly PartRun?[] _runs;
    private readonly Joint _joint;
    private readonly ClockShares _clocks;

    public AutoRun(
        IReadOnlyDictionary<string, ISolver> members,
        QuboProblem problem,
        AutoOptions options,
        SolveContext context,
        Incumbent incumbent,
        double? seconds
    )
    {
        (_members, _problem, _options, _context, _incumbent) = (members, problem, options, context, incumbent);
        _parts = Parts.Of(problem, context, seconds);
        var remainders = _parts.Remainders;
        _answers = [.. _parts.Starts(incumbent.Best)];
        _order = [.. Enumerable.Range(0, remainders.Count).OrderBy(k => Weight(remainders[k])).ThenBy(k => k)];
        _runs = new PartRun?[remainders.Count];
        _joint = new(remainders.Sum(Weight), Offer);
        _clocks = new(context);
    }

    private void Offer() => _incumbent.Offer(_problem.ToBits(_parts.Lift(_answers)));

    public SolveOutcome Execute()
    {
        // Something to show, and the whole answer where the presolve left nothing.
        _context.CountEvaluations(1);
        Offer();
        var weightLeft = (double)_joint.Size;
        var partsLeft = _order.Length;
        foreach (var k in _order)
        {
            if (_context.ShouldStop())
                break;
            Solve(k, k == _order[^1] ? 1 : Weight(_parts.Remainders[k]) / weightLeft, partsLeft--);
            weightLeft -= Weight(_parts.Remainders[k]);
            _joint.End(Weight(_parts.Remainders[k]));
        }
        _joint.Flush();

        var best = _incumbent.Best!;
        var isProven = _runs.All(r => r is { IsProven: true }) && _parts.AreExact;
        var largest = _order.Length == 0 ? null : _runs[_order[^1]];
        return new SolveOutcome.Found(
            best,
            isProven ? _problem.Evaluate(best).Objective : _parts.Bound([.. _runs.Select(r => r?.Bound)]),
            isProven
        )
        {
            Samples = SamplesOf(largest),
            Ran = largest?.Paradigm ?? Paradigm.Classical,
            Scale = _runs.Max(r => r?.Scale),
            Presolve = _parts.Metrics,
            Auto = Metrics(),
        };
    }

    /// <param name="share">Of what is left of the budget.</param>
    /// <param name="partsLeft">With this one.</param>
    private void Solve(int k, double share, int partsLeft)
    {
        var isLast = share == 1;
        var (cpu, time) = isLast ? (null, null) : _clocks.Give(share, partsLeft);
        var context = isLast
            ? _context
            : _context.Part(
                _context.Budget with
                {
                    Evaluations = _context.Budget.Evaluations is null
                        ? null
                        : Math.Max(1, (long)(share * _context.EvaluationsLeft)),
                },
                cpu,
                time,
                (_, _) => { },
                _context.SeedOf(FormattableString.Invariant($"part {k}"))
            );
        _runs[k] = new(_members, _parts.Remainders[k], _options, context, _answers[k], Improve);
        _runs[k]!.Solve();
        _clocks.Took();

        void Improve(QuboSolution answer)
        {
            _answers[k] = answer;
            _joint.Improved(Weight(_parts.Remainders[k]));
        }
    }

    /// <summary>Those of the largest part, the others at their best.</summary>
    private List<Sample> SamplesOf(PartRun? run)
    {
        if (run is null)
            return [];
        var answers = _answers.ToArray();
        return
        [
            .. run.Samples.Select(s =>
            {
                answers[_order[^1]] = (QuboSolution)s.Solution;
                return new Sample(_parts.Lift(answers), s.Occurrences);
            }),
        ];
    }

    private AutoMetrics Metrics()
    {
        var parts = _order.Reverse().Take(AutoMetrics.MaxListed).Select(k => _runs[k]?.ToPart()).OfType<AutoPart>();
        AutoPart[] listed = [.. parts];
        var largest = _order.Length > 0 && _runs[_order[^1]] is not null ? listed[0] : null;
        return new()
        {
            Chosen = largest?.Chosen,
            Sentence = Sentence(largest),
            NumParts = _order.Length,
            Parts = listed,
        };
    }

    private string Sentence(AutoPart? largest) =>
        _order.Length == 0 ? "The presolve removed every variable: nothing was left to solve."
        : largest?.Chosen is not { } chosen ? "The run was stopped before a solver was chosen."
        : FormattableString.Invariant(
            $"{chosen} for {What()} of {largest.Features.NumVariables} variables, density {largest.Features.Density:G3}: {largest.Reason}."
        );

    private string What() => _order.Length == 1 ? "a part" : $"the largest of {_order.Length} parts";

    private static long Weight(QuboProblem part) => part.NumVariables + part.NumInteractions;
}
