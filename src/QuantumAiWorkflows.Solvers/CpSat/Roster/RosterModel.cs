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
internal sealed partial class RosterModel
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
