using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.FeatureSelection;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>
/// Feature selection as a CP-SAT model with whole coefficients: variables 0 to n - 1 are the features, one more for each pair with a
/// weight is its product. A product that costs is only kept from being too small, one that pays from being too large.
/// </summary>
/// <remarks>
/// For k features exactly, those beside a chosen one are k - 1, so its products add up to that many (the reformulation of Adams and
/// Sherali, "A tight linearization and an algorithm for zero-one quadratic programming problems", Management Science 32, 1986): without
/// these rows the relaxation knows next to nothing of the products.
/// </remarks>
internal sealed class SelectionModel
{
    /// <summary>Coefficients of an answer add up to less than 2^40, those of the whole model to far less than 2^63.</summary>
    private const int Bits = 40;

    /// <summary>So that the scale is a double, even for scores next to the smallest and the largest of them.</summary>
    private const int MaxPower = 1000;

    private readonly FeatureSelectionProblem _problem;
    private readonly long[] _linear;
    private readonly Dictionary<(int, int), long> _pairs = [];
    private readonly int _power;

    public SelectionModel(FeatureSelectionProblem problem)
    {
        _problem = problem;
        var (n, magnitude) = (problem.NumVariables, problem.Magnitude);
        _power = magnitude > 0 ? Math.Clamp(Bits - 1 - Math.ILogB(magnitude), -MaxPower, MaxPower) : 0;
        _linear = new long[n];
        IsExact = true;
        // Minimized: relevance is a negative cost.
        for (var i = 0; i < n; i++)
            _linear[i] = Whole(-problem.Scores.Relevance[i]);
        var weight = problem.PairWeight;
        var row = new double[n];
        for (var i = 0; i < n && weight != 0; i++)
        {
            if (problem.Constraints.Excluded[i])
                continue;
            problem.Scores.FillRow(i, row);
            for (var j = 0; j < i; j++)
            {
                var cost = weight * row[j];
                IsExact &= Math.FusedMultiplyAdd(weight, row[j], -cost) == 0;
                if (!problem.Constraints.Excluded[j] && Whole(cost) is not 0 and var whole)
                    _pairs.Add((j, i), whole);
            }
        }
    }

    /// <summary>True when no coefficient was rounded, so that a proof about the model is one about the problem.</summary>
    public bool IsExact { get; private set; }

    /// <summary>The factor between the problem's unit and the model's; null when there is none.</summary>
    public double? Scale => _power == 0 ? null : Math.ScaleB(1, _power);

    /// <summary>The model's objective of a subset.</summary>
    public long Energy(IReadOnlyList<int> features)
    {
        var energy = features.Sum(f => _linear[f]);
        for (var a = 0; a < features.Count; a++)
        for (var b = 0; b < a; b++)
            energy += _pairs.GetValueOrDefault((features[b], features[a]));
        return energy;
    }

    /// <summary>A bound on the model as one on the problem, which maximizes: widened by what rounding may have cost.</summary>
    public double? ToOwnBound(double minimized)
    {
        var k = (double)_problem.Constraints.Size;
        // Half a unit for each coefficient of an answer, and what sums of doubles lose.
        var rounding = IsExact ? 0 : Math.ScaleB(0.5 * (k + k * (k - 1) / 2), -_power) + 1e-12 * _problem.Magnitude;
        var bound = -Math.ScaleB(WholeBound.Of(minimized), -_power) + rounding;
        return double.IsFinite(bound) ? bound : null;
    }

    public CpModel Build()
    {
        var model = new CpModel();
        var proto = model.Model;
        var rules = _problem.Constraints;
        var n = _linear.Length;
        var objective = new CpObjectiveProto { Offset = 0, ScalingFactor = 1 };
        for (var i = 0; i < n; i++)
        {
            var bit = new IntegerVariableProto();
            bit.Domain.Add(rules.Required[i] ? 1 : 0);
            bit.Domain.Add(rules.Excluded[i] ? 0 : 1);
            proto.Variables.Add(bit);
            Term(objective, i, _linear[i]);
        }
        var all = Enumerable.Range(0, n).ToList();
        AddSum(proto, all, rules.IsExact ? rules.Size : 0, rules.Size);
        foreach (var group in rules.Groups)
            AddSum(proto, group.Features, group.AtLeast, group.AtMost);
        if (rules.Costs is { } costs)
            AddSum(proto, all, 0, rules.Budget, costs);
        AddProducts(proto, objective);
        proto.Objective = objective;
        return model;
    }

    /// <summary>Leaves out one subset of <paramref name="count"/> features: another one differs from it in a feature at least.</summary>
    public static void Forbid(CpModel model, IReadOnlyList<int> features, int count)
    {
        var chosen = features.ToHashSet();
        AddClause(model.Model, [.. Enumerable.Range(0, count).Select(i => chosen.Contains(i) ? Not(i) : i)]);
    }

    private void AddProducts(CpModelProto proto, CpObjectiveProto objective)
    {
        var rules = _problem.Constraints;
        var products = new List<int>[_linear.Length];
        var partners = new HashSet<int>[_linear.Length];
        for (var i = 0; i < products.Length; i++)
            (products[i], partners[i]) = ([], []);
        // In order, so that equal problems make equal models.
        foreach (var ((x, y), cost) in _pairs.OrderBy(p => p.Key))
        {
            var product = proto.Variables.Count;
            proto.Variables.Add(new IntegerVariableProto { Domain = { 0, 1 } });
            Term(objective, product, cost);
            if (cost > 0)
                AddClause(proto, product, Not(x), Not(y));
            else
            {
                AddClause(proto, Not(product), x);
                AddClause(proto, Not(product), y);
            }
            foreach (var (one, other) in ((int, int)[])[(x, y), (y, x)])
            {
                products[one].Add(product);
                partners[one].Add(other);
            }
        }
        if (!rules.IsExact || rules.Size < 2)
            return;
        for (var i = 0; i < products.Length; i++)
        {
            if (products[i].Count == 0)
                continue;
            // Σ products + Σ features without a product with i >= (k - 1)·x_i.
            var linear = new LinearConstraintProto { Domain = { 0, long.MaxValue } };
            foreach (var product in products[i])
                Term(linear, product, 1);
            for (var j = 0; j < products.Length; j++)
                if (j != i && !partners[i].Contains(j) && !rules.Excluded[j])
                    Term(linear, j, 1);
            Term(linear, i, 1 - rules.Size);
            proto.Constraints.Add(new ConstraintProto { Linear = linear });
        }
    }

    private static void AddSum(
        CpModelProto proto,
        IReadOnlyList<int> variables,
        long low,
        long high,
        long[]? weights = null
    )
    {
        var linear = new LinearConstraintProto { Domain = { low, high } };
        foreach (var variable in variables)
            Term(linear, variable, weights?[variable] ?? 1);
        proto.Constraints.Add(new ConstraintProto { Linear = linear });
    }

    private static void AddClause(CpModelProto proto, params ReadOnlySpan<int> literals)
    {
        var clause = new BoolArgumentProto();
        foreach (var literal in literals)
            clause.Literals.Add(literal);
        proto.Constraints.Add(new ConstraintProto { BoolOr = clause });
    }

    private static void Term(LinearConstraintProto linear, int variable, long coefficient)
    {
        if (coefficient == 0)
            return;
        linear.Vars.Add(variable);
        linear.Coeffs.Add(coefficient);
    }

    private static void Term(CpObjectiveProto objective, int variable, long coefficient)
    {
        if (coefficient == 0)
            return;
        objective.Vars.Add(variable);
        objective.Coeffs.Add(coefficient);
    }

    private long Whole(double coefficient)
    {
        var scaled = Math.ScaleB(coefficient, _power);
        var whole = Math.Round(scaled);
        IsExact &= whole == scaled;
        return (long)whole;
    }

    /// <summary>CP-SAT writes the negation of variable i as -i - 1.</summary>
    private static int Not(int variable) => -variable - 1;
}
