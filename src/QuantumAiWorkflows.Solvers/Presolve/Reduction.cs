using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// The order of the reductions: local ones to a fixed point, then roof duality, and local ones again as long as it fixes
/// something; then the parts, of which those of small width are solved outright.
/// </summary>
internal sealed class Reduction
{
    /// <summary>Parts of fewer variables are not worth a run of a solver each.</summary>
    private const int SmallestApart = 16;

    private readonly QuboProblem _problem;
    private readonly IntegerModel _model;
    private readonly Func<bool> _shouldStop;
    private readonly WorkingQubo _qubo;
    private readonly LocalReductions _local;
    private readonly RoofDuality _roof;
    private readonly TreeSolver _trees;
    private readonly List<SkippedStage> _skipped = [];

    public Reduction(QuboProblem problem, IntegerModel model, PresolveLimits limits, Func<bool> shouldStop)
    {
        (_problem, _model, _shouldStop) = (problem, model, shouldStop);
        _qubo = new(model);
        _local = new(_qubo, model.IsExact ? null : Margins(), limits);
        _roof = new(_qubo, limits);
        _trees = new(_qubo, limits);
    }

    public PresolvedQubo Run()
    {
        var isComplete = ReduceVariables();
        var parts = Parts();
        if (isComplete && _model.IsExact)
            // Limits are shared, and the small ones cost least of them.
            parts = [.. parts.Where(part => _shouldStop() || !_trees.TrySolve(part, _shouldStop))];
        parts = Join(parts);
        return PresolvedQubo.Made(_problem, _qubo, _model, parts, Metrics(isComplete, parts));
    }

    /// <summary>False when it was stopped.</summary>
    private bool ReduceVariables()
    {
        do
        {
            if (!_local.Run(_shouldStop))
                return false;
        } while (_model.IsExact && _qubo.NumLeft > 0 && _roof.Run(_shouldStop));
        return !_shouldStop();
    }

    /// <summary>
    /// What rounding can make wrong in a row, twice: a coefficient as posed is off by half a unit, which as bits is up to one
    /// and a half for every interaction of spins and one for the variable itself.
    /// </summary>
    private long[] Margins() => Array.ConvertAll(_qubo.Degree, degree => 2 * (1 + 3L * degree));

    /// <summary>Connected components of what is left: smallest first, and in each the variables ascending.</summary>
    private List<int[]> Parts()
    {
        var isSeen = new bool[_qubo.NumVariables];
        var (parts, open) = (new List<int[]>(), new Stack<int>());
        for (var root = 0; root < isSeen.Length; root++)
        {
            if (!_qubo.IsLeft(root) || isSeen[root])
                continue;
            var part = new List<int>();
            isSeen[root] = true;
            open.Push(root);
            while (open.TryPop(out var i))
            {
                part.Add(i);
                for (var half = _qubo.First(i); half >= 0; half = _qubo.Next(half))
                    if (!isSeen[_qubo.End(half)])
                    {
                        isSeen[_qubo.End(half)] = true;
                        open.Push(_qubo.End(half));
                    }
            }
            part.Sort();
            parts.Add([.. part]);
        }
        return [.. parts.OrderBy(p => p.Length)];
    }

    private static List<int[]> Join(List<int[]> parts)
    {
        int[] small = [.. parts.Where(p => p.Length < SmallestApart).SelectMany(p => p).Order()];
        var apart = parts.Where(p => p.Length >= SmallestApart);
        return small.Length > 0 ? [small, .. apart] : [.. apart];
    }

    private PresolveMetrics Metrics(bool isComplete, List<int[]> parts)
    {
        const string NotWhole = "the coefficients are not whole, nor over a common scale";
        Skip("degreeTwo", _model.IsExact ? _local.DegreeTwoSkipped : NotWhole);
        Skip("roofDuality", _model.IsExact ? _roof.Skipped : NotWhole);
        Skip("width", _model.IsExact ? _trees.Skipped : NotWhole);
        Skip("all", isComplete ? null : "stopped by a limit of the run");
        return new()
        {
            Exact = _model.IsExact,
            Variables = _problem.NumVariables,
            Interactions = _problem.NumInteractions,
            VariablesLeft = _qubo.NumLeft,
            InteractionsLeft = _qubo.NumPairs,
            Removed = new(
                _local.Isolated,
                _local.Dominance,
                _local.DegreeOne,
                _local.DegreeTwo,
                _roof.Strong,
                _roof.Weak,
                _trees.Variables
            ),
            Components = parts.Count,
            LargestComponent = parts.Count == 0 ? 0 : parts.Max(p => p.Length),
            ComponentsSolved = _trees.Solved,
            Width = _trees.Width,
            Skipped = _skipped,
        };
    }

    private void Skip(string stage, string? reason)
    {
        if (reason is not null && _qubo.NumVariables > 0)
            _skipped.Add(new(stage, reason));
    }
}
