using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>
/// Rows of redundancies, computed when they are first asked for and kept as memory allows: all of 5,000 features would be 200 MB,
/// and a search meets few of them. The oldest goes first; whoever holds a row keeps it.
/// </summary>
internal sealed class RedundancyRows
{
    private const double DefaultMegabytes = 256;

    private readonly FeatureSelectionProblem _problem;
    private readonly double[]?[] _rows;
    private readonly Queue<int> _order = new();
    private readonly int _capacity;

    public RedundancyRows(FeatureSelectionProblem problem, SolveContext context)
    {
        _problem = problem;
        _rows = new double[]?[problem.NumVariables];
        var megabytes = context.Budget.MemoryMegabytes / 4.0 ?? DefaultMegabytes;
        _capacity = Math.Max(2, (int)Math.Min(megabytes * 1e6 / 8 / problem.NumVariables, problem.NumVariables));
    }

    /// <summary>Redundancies of one feature with all.</summary>
    public double[] this[int feature]
    {
        get
        {
            if (_rows[feature] is { } known)
                return known;
            if (_order.Count == _capacity)
                _rows[_order.Dequeue()] = null;
            var row = new double[_problem.NumVariables];
            // Without weight nobody needs the numbers.
            if (_problem.PairWeight != 0)
                _problem.Scores.FillRow(feature, row);
            _rows[feature] = row;
            _order.Enqueue(feature);
            return row;
        }
    }
}
