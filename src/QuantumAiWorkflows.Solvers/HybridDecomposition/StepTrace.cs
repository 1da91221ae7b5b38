using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>
/// Keeps the sub-problems of a run within bounds: all of them at first, then every second, every fourth and so on, so that
/// what is kept is spread evenly over the run whatever its length.
/// </summary>
internal sealed class StepTrace(int subProblemSize)
{
    public const int MaxSteps = 1000;

    /// <summary>Free variables of all kept steps together: each is a number and a coefficient in the stored trace.</summary>
    public const int MaxVariables = 20_000;

    private readonly int _capacity = Math.Clamp(MaxVariables / subProblemSize, 2, MaxSteps);
    private readonly List<SubProblemStep> _steps = [];
    private int _every = 1;

    /// <summary>Steps added.</summary>
    public int Total { get; private set; }

    public void Add(SubProblemStep step)
    {
        if (Total++ % _every != 0)
            return;
        if (_steps.Count == _capacity)
        {
            _every *= 2;
            _steps.RemoveAll(s => s.Index % _every != 0);
            if (step.Index % _every != 0)
                return;
        }
        _steps.Add(step);
    }

    public SubProblemTrace ToTrace() => new(Total, _every, [.. _steps]);
}
