using System.ComponentModel;

namespace QuantumAiWorkflows.Solvers.Auto;

public sealed record AutoOptions
{
    [Description(
        "Let the candidates of the rule race for the rest of the budget, by counts and within about a tenth of it. False: the rule's first candidate has all of it."
    )]
    public bool Race { get; init; } = true;

    [Description(
        "Have cp-sat prove the optimum of parts that are small or sparse enough, with up to four fifths of what is left. False: heuristics only, beyond what presolve and enumeration prove by themselves."
    )]
    public bool Proof { get; init; } = true;
}
