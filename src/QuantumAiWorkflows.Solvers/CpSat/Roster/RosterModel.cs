using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>
/// A roster as a CP-SAT model. Literals 0 to people x days x shifts - 1 say who works what when, in the order (person, day,
/// shift); one more for each person and day says that there is work at all. Whole numbers throughout, so it is exact.
/// </summary>
/// <remarks>
/// Every hard constraint can be left out, or put behind a literal that switches it on: what finding a conflict needs. Their
/// order is always the same.
/// </remarks>
internal sealed class RosterModel
{
    private const int NoGuard = int.MaxValue;

    private readonly RosterProblem _problem;
    private readonly CpModelProto _proto;
    private readonly IReadOnlySet<int>? _active;
    private readonly bool _isGuarded;
    private readonly List<RosterConstraint> _constraints = [];
    private readonly List<int> _guards = [];
    private int _guard = NoGuard;

    private RosterModel(RosterProblem problem, IReadOnlySet<int>? active, bool isGuarded)
    {
        (_problem, _active, _isGuarded) = (problem, active, isGuarded);
        _proto = Model.Model;
        var numPersonDays = problem.Staff.Count * problem.Days;
        for (var k = problem.NumVariables + numPersonDays; k > 0; k--)
            NewInteger(1);
        var literals = new int[problem.Shifts.Count + 1];
        for (var i = 0; i < problem.Staff.Count; i++)
        for (var d = 0; d < problem.Days; d++)
        {
            for (var s = 0; s < problem.Shifts.Count; s++)
                literals[s] = Works(i, d, s);
            literals[^1] = Not(Works(i, d));
            _proto.Constraints.Add(
                new ConstraintProto { ExactlyOne = new BoolArgumentProto { Literals = { literals } } }
            );
        }
        for (var i = 0; i < problem.Staff.Count; i++)
            AddPerson(i);
        AddSuccessions();
    }

    public CpModel Model { get; } = new();

    /// <summary>The hard constraints, those that are left out among them.</summary>
    public IReadOnlyList<RosterConstraint> Constraints => _constraints;

    /// <summary>The literal of each constraint, when they are guarded.</summary>
    public IReadOnlyList<int> Guards => _guards;

    /// <summary>All hard constraints, and the objective with the problem's own offset.</summary>
    public static RosterModel Whole(RosterProblem problem)
    {
        var model = new RosterModel(problem, null, isGuarded: false);
        model.AddCoverAndCosts();
        return model;
    }

    /// <summary>Some of the hard constraints and no objective.</summary>
    /// <param name="active">Indices of the constraints that are to hold; null for all.</param>
    public static RosterModel Hard(RosterProblem problem, IReadOnlySet<int>? active)
    {
        var model = new RosterModel(problem, active, isGuarded: false);
        model.AddHardCover();
        return model;
    }

    /// <summary>Every hard constraint behind a literal of its own, all of these assumed.</summary>
    public static RosterModel Guarded(RosterProblem problem)
    {
        var model = new RosterModel(problem, null, isGuarded: true);
        model.AddHardCover();
        model._proto.Assumptions.Add(model._guards);
        return model;
    }

    /// <summary>Literals in all constraints of <see cref="Whole"/>, a little more than there are: for limits. Cheap.</summary>
    public static long CountTerms(RosterProblem problem)
    {
        var (days, shifts) = ((long)problem.Days, problem.Shifts.Count);
        var perDay = 0L;
        foreach (var person in problem.Staff)
            perDay +=
                4 * shifts
                + 2
                + (person.MaxConsecutiveShifts + 1 ?? 0)
                + 3 * ((person.MinConsecutiveShifts ?? 1) + (person.MinConsecutiveDaysOff ?? 1) - 2);
        var succession = problem.Shifts.Sum(s => s.CannotBeFollowedBy.Count > 0 ? shifts : 0L);
        return days * (perDay + succession * problem.Staff.Count) + (long)problem.Cover.Count * problem.Staff.Count;
    }

    /// <summary>Tells CP-SAT a roster to try first.</summary>
    public void Hint(RosterSolution solution)
    {
        var hint = new PartialVariableAssignment();
        for (var k = 0; k < solution.Shifts.Length; k++)
        for (var s = 0; s < _problem.Shifts.Count; s++)
        {
            hint.Vars.Add(k * _problem.Shifts.Count + s);
            hint.Values.Add(solution.Shifts[k] == s ? 1 : 0);
        }
        _proto.SolutionHint = hint;
    }

    /// <param name="bits">Of the first literals, as CP-SAT gives them.</param>
    public static RosterSolution ToSolution(RosterProblem problem, ReadOnlySpan<sbyte> bits)
    {
        var shifts = new int[problem.Staff.Count * problem.Days];
        for (var k = 0; k < shifts.Length; k++)
            shifts[k] = bits.Slice(k * problem.Shifts.Count, problem.Shifts.Count).IndexOf((sbyte)1);
        return new(shifts);
    }

    private void AddPerson(int i)
    {
        var person = _problem.Staff[i];
        var days = _problem.Days;
        for (var k = 0; k < person.DaysOff.Count; k++)
            if (Enter(RosterConstraint.OfDayOff(i, k)))
                AddClause(Not(Works(i, person.DaysOff[k])));
        for (var s = 0; s < _problem.Shifts.Count; s++)
            if (person.MaxShifts[s] is { } most && Enter(RosterConstraint.OfMaxShifts(i, _problem.Shifts[s].Id)))
                AddSum(Enumerable.Range(0, days).Select(d => Works(i, d, s)), 0, most);
        if (person.MinMinutes is { } least && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MinMinutes)))
            AddMinutes(i, least, long.MaxValue);
        if (person.MaxMinutes is { } longest && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MaxMinutes)))
            AddMinutes(i, 0, longest);
        if (
            person.MaxConsecutiveShifts is { } run
            && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MaxConsecutiveShifts))
        )
            for (var d = 0; d + run < days; d++)
                AddSum(Enumerable.Range(d, run + 1).Select(day => Works(i, day)), 0, run);
        if (
            person.MinConsecutiveShifts is { } work
            && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MinConsecutiveShifts))
        )
            AddShortestRun(work, d => Works(i, d));
        if (
            person.MinConsecutiveDaysOff is { } rest
            && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MinConsecutiveDaysOff))
        )
            AddShortestRun(rest, d => Not(Works(i, d)));
        if (person.MaxWeekends is { } weekends && Enter(RosterConstraint.OfPerson(i, RosterConstraint.MaxWeekends)))
            AddWeekends(i, weekends);
    }

    private void AddMinutes(int i, long low, long high)
    {
        var sum = new LinearConstraintProto { Domain = { low, high } };
        for (var d = 0; d < _problem.Days; d++)
        for (var s = 0; s < _problem.Shifts.Count; s++)
        {
            sum.Vars.Add(Works(i, d, s));
            sum.Coeffs.Add(_problem.Shifts[s].Minutes);
        }
        Add(new ConstraintProto { Linear = sum });
    }

    /// <summary>
    /// A run that begins on a day after the first goes on for the days that it still needs, as far as the horizon reaches:
    /// what begins or ends outside is exempt by that.
    /// </summary>
    private void AddShortestRun(int least, Func<int, int> isIn)
    {
        for (var d = 1; d < _problem.Days; d++)
        for (var later = d + 1; later < Math.Min(d + least, _problem.Days); later++)
            AddClause(isIn(d - 1), Not(isIn(d)), isIn(later));
    }

    private void AddWeekends(int i, int most)
    {
        var worked = new List<int>();
        foreach (var weekend in _problem.Weekends)
        {
            if (weekend.Count == 1)
            {
                worked.Add(Works(i, weekend[0]));
                continue;
            }
            var isWorked = NewInteger(1);
            worked.Add(isWorked);
            foreach (var day in weekend)
                AddClause(Not(Works(i, day)), isWorked);
        }
        AddSum(worked, 0, most);
    }

    private void AddSuccessions()
    {
        var numShifts = _problem.Shifts.Count;
        var forbidden = Enumerable.Range(0, numShifts).Select(_ => new SortedSet<int>()).ToArray();
        for (var s = 0; s < numShifts; s++)
        for (var k = 0; k < _problem.Shifts[s].CannotBeFollowedBy.Count; k++)
        {
            if (!Enter(RosterConstraint.OfSuccession(s, k)))
                continue;
            var follower = _problem.Shifts[s].CannotBeFollowedBy[k];
            forbidden[s].Add(follower);
            if (_isGuarded)
                ForEachSuccession((i, d) => AddClause(Not(Works(i, d, s)), Not(Works(i, d + 1, follower))));
        }
        if (_isGuarded)
            return;
        // Shifts of one day exclude each other, so that all shifts with the same forbidden followers, and these followers, are
        // one clique: a far stronger relaxation than one clause per pair.
        _guard = NoGuard;
        foreach (var followers in forbidden.Where(f => f.Count > 0).DistinctBy(f => string.Join(',', f)))
        {
            var before = Enumerable.Range(0, numShifts).Where(s => forbidden[s].IsSupersetOf(followers)).ToArray();
            ForEachSuccession(
                (i, d) =>
                {
                    var clique = new BoolArgumentProto();
                    clique.Literals.Add(before.Select(s => Works(i, d, s)));
                    clique.Literals.Add(followers.Select(s => Works(i, d + 1, s)));
                    Add(new ConstraintProto { AtMostOne = clique });
                }
            );
        }
    }

    private void ForEachSuccession(Action<int, int> action)
    {
        for (var i = 0; i < _problem.Staff.Count; i++)
        for (var d = 0; d + 1 < _problem.Days; d++)
            action(i, d);
    }

    private void AddHardCover()
    {
        for (var k = 0; k < _problem.Cover.Count; k++)
        {
            var cover = _problem.Cover[k];
            if (cover.WeightUnder is null && Enter(RosterConstraint.OfCover(k, RosterConstraint.CoverUnder)))
                AddSum(Assigned(cover), cover.Required, long.MaxValue);
            if (cover.WeightOver is null && Enter(RosterConstraint.OfCover(k, RosterConstraint.CoverOver)))
                AddSum(Assigned(cover), 0, cover.Required);
        }
    }

    /// <summary>A side that costs nothing needs no variable, one that is hard gets none.</summary>
    private void AddCoverAndCosts()
    {
        var objective = new CpObjectiveProto { ScalingFactor = 1 };
        foreach (var cover in _problem.Cover)
        {
            if (cover is { WeightUnder: 0, WeightOver: 0 })
                continue;
            var sum = new LinearConstraintProto
            {
                Domain =
                {
                    cover.WeightUnder == 0 ? long.MinValue : cover.Required,
                    cover.WeightOver == 0 ? long.MaxValue : cover.Required,
                },
            };
            sum.Vars.Add(Assigned(cover));
            sum.Coeffs.Add(Enumerable.Repeat(1L, _problem.Staff.Count));
            if (cover.WeightUnder is > 0 and var under && cover.Required > 0)
                AddSlack(sum, 1, cover.Required, under);
            if (cover.WeightOver is > 0 and var over && _problem.Staff.Count > cover.Required)
                AddSlack(sum, -1, _problem.Staff.Count - cover.Required, over);
            _guard = NoGuard;
            Add(new ConstraintProto { Linear = sum });
        }
        var coefficients = new long[_problem.NumVariables];
        var offset = 0L;
        for (var i = 0; i < _problem.Staff.Count; i++)
        {
            foreach (var request in _problem.Staff[i].ShiftOnRequests)
            {
                coefficients[Works(i, request.Day, request.Shift)] -= request.Weight;
                offset += request.Weight;
            }
            foreach (var request in _problem.Staff[i].ShiftOffRequests)
                coefficients[Works(i, request.Day, request.Shift)] += request.Weight;
        }
        for (var k = 0; k < coefficients.Length; k++)
            if (coefficients[k] != 0)
            {
                objective.Vars.Add(k);
                objective.Coeffs.Add(coefficients[k]);
            }
        objective.Offset = offset;
        _proto.Objective = objective;

        void AddSlack(LinearConstraintProto sum, int sign, int most, int weight)
        {
            var slack = NewInteger(most);
            sum.Vars.Add(slack);
            sum.Coeffs.Add(sign);
            objective.Vars.Add(slack);
            objective.Coeffs.Add(weight);
        }
    }

    private IEnumerable<int> Assigned(RosterCover cover) =>
        Enumerable.Range(0, _problem.Staff.Count).Select(i => Works(i, cover.Day, cover.Shift));

    /// <summary>Begins a hard constraint; false when it is to be left out.</summary>
    private bool Enter(RosterConstraint constraint)
    {
        _constraints.Add(constraint);
        _guard = NoGuard;
        if (_isGuarded)
            _guards.Add(_guard = NewInteger(1));
        return _active?.Contains(_constraints.Count - 1) ?? true;
    }

    private void AddSum(IEnumerable<int> literals, long low, long high)
    {
        var sum = new LinearConstraintProto { Domain = { low, high } };
        sum.Vars.Add(literals);
        sum.Coeffs.Add(Enumerable.Repeat(1L, sum.Vars.Count));
        Add(new ConstraintProto { Linear = sum });
    }

    private void AddClause(params ReadOnlySpan<int> literals)
    {
        var clause = new BoolArgumentProto();
        foreach (var literal in literals)
            clause.Literals.Add(literal);
        Add(new ConstraintProto { BoolOr = clause });
    }

    private void Add(ConstraintProto constraint)
    {
        if (_guard != NoGuard)
            constraint.EnforcementLiteral.Add(_guard);
        _proto.Constraints.Add(constraint);
    }

    private int Works(int person, int day, int shift) => (person * _problem.Days + day) * _problem.Shifts.Count + shift;

    private int Works(int person, int day) => _problem.NumVariables + person * _problem.Days + day;

    private int NewInteger(int most)
    {
        _proto.Variables.Add(new IntegerVariableProto { Domain = { 0, most } });
        return _proto.Variables.Count - 1;
    }

    /// <summary>CP-SAT writes the negation of variable i as -i - 1.</summary>
    private static int Not(int literal) => -literal - 1;
}
