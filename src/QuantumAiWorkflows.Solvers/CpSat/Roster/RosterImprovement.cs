using Google.OrTools.Sat;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solvers.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>
/// Large neighbourhoods: a few people are rostered anew, to the optimum as far as the time for it goes, while everybody else
/// stays as they are (Shaw, "Using constraint programming and local search methods to solve vehicle routing problems", CP 1998;
/// Della Croce and Salassa, "A variable neighborhood search based matheuristic for nurse rostering problems", Annals of
/// Operations Research 218, 2014). Everybody alone first; then as many people as can be solved in time.
/// </summary>
internal sealed class RosterImprovement(
    RosterProblem problem,
    RosterQuestions questions,
    SolveContext context,
    BestRoster best
)
{
    /// <summary>Deterministic seconds for one neighbourhood.</summary>
    private const double NeighbourhoodSeconds = 0.1;

    /// <summary>Neighbourhoods in a row without a gain for each person, after which a round leaves its time to the whole model.</summary>
    private const int PatiencePerPerson = 3;

    private readonly Xoshiro256 _random = context.CreateRandom("neighbourhoods");
    private readonly int[] _order = [.. Enumerable.Range(0, problem.Staff.Count)];
    private bool _isFirst = true;
    private int _size = Math.Min(2, problem.Staff.Count);

    /// <param name="seconds">Deterministic seconds.</param>
    /// <param name="bound">On the objective; reaching it ends the round.</param>
    public void Run(double seconds, double? bound)
    {
        if (_isFirst)
            foreach (var person in _order)
                if (!questions.IsOver)
                    seconds -= Renew([person], bound).Seconds;
        _isFirst = false;
        for (var idle = 0; seconds > 0 && idle < PatiencePerPerson * _order.Length && !questions.IsOver; )
        {
            if (best.Objective <= bound)
                return;
            _random.Shuffle<int>(_order);
            var (isBetter, isSolved, spent) = Renew([.. _order.AsSpan(0, _size)], bound);
            seconds -= spent;
            idle = isBetter ? 0 : idle + 1;
            _size = Math.Clamp(isSolved ? _size + 1 : _size - 1, Math.Min(2, _order.Length), _order.Length);
        }
    }

    private (bool IsBetter, bool IsSolved, double Seconds) Renew(int[] people, double? bound)
    {
        var roster = best.Solution!;
        var part = problem.PartOf(people, roster);
        var model = RosterModel.Whole(part);
        model.Hint(new([.. people.SelectMany(i => roster.Of(problem, i).ToArray())]));
        var (status, response) = questions.Ask(model.Model, NeighbourhoodSeconds);
        var isBetter = false;
        if (status is CpSolverStatus.Optimal or CpSolverStatus.Feasible && context.EvaluationsLeft > 0)
        {
            context.CountEvaluations(1);
            var renewed = (int[])roster.Shifts.Clone();
            var own = RosterModel.ToSolution(
                part,
                [.. response.Solution.Take(part.NumVariables).Select(v => (sbyte)v)]
            );
            for (var k = 0; k < people.Length; k++)
                own.Of(part, k).CopyTo(renewed.AsSpan(people[k] * problem.Days));
            var before = best.Objective;
            best.Offer(new(renewed), bound);
            isBetter = best.Objective < before;
        }
        return (isBetter, status == CpSolverStatus.Optimal, response.DeterministicTime);
    }
}
