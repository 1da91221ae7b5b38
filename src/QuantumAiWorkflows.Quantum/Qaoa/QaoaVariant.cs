namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>Which circuit; docs/qaoa.md compares them.</summary>
public enum QaoaVariant
{
    /// <summary>Uniform start, X mixer.</summary>
    Standard,

    /// <summary>Groups of variables of which exactly one is 1: W states, and a mixer that moves the 1 around a ring.</summary>
    XyRing,

    /// <summary>Start and mixer tilted towards a solution of the relaxed problem.</summary>
    WarmStart,

    /// <summary>One angle per term and one per qubit in each layer.</summary>
    MultiAngle,
}
