using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>How much a model of an exact solver would be, before it is built: a budget has to leave time and memory for the search.</summary>
/// <param name="Parts">What the model mostly consists of, such as the literals in its constraints.</param>
/// <param name="Unit">Their name, plural.</param>
/// <param name="MicrosecondsPerPart">Assumed for one that is built and handed to the solver.</param>
/// <param name="BytesPerPart">Assumed for one in the model, its copies and the solver's presolve.</param>
/// <param name="Solver">Id of the solver, for the refusal.</param>
internal readonly record struct ModelSize(
    long Parts,
    string Unit,
    double MicrosecondsPerPart,
    double BytesPerPart,
    string Solver = "cp-sat"
)
{
    /// <summary>A model may take this share of the budget to build; beyond it there is no time left to search.</summary>
    public const double BuildShare = 0.3;

    /// <param name="leastSeconds">Building may take so long in any case: the smallest budgets are for the smallest problems.</param>
    public Applicability Within(SolveBudget budget, double leastSeconds = 1e-3)
    {
        var seconds = Parts * MicrosecondsPerPart * 1e-6;
        var allowed =
            BuildShare * Math.Min(budget.TimeSeconds ?? double.MaxValue, budget.CpuSeconds ?? double.MaxValue);
        if (seconds > Math.Max(allowed, leastSeconds))
            return new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"{Solver} does not fit: building {Parts} {Unit} takes about {seconds:0.###} s, {BuildShare:P0} of the budget are {allowed:0.###} s."
                ),
                seconds,
                allowed,
                "seconds"
            );
        var megabytes = Parts * BytesPerPart * 1e-6;
        if (megabytes > budget.MemoryMegabytes)
            return new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"{Solver} does not fit: {Parts} {Unit} need about {megabytes:0} MB, the budget allows {budget.MemoryMegabytes} MB."
                ),
                megabytes,
                budget.MemoryMegabytes,
                "megabytes"
            );
        return Applicability.Yes;
    }
}
