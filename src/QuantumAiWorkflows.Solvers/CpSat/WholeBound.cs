namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>Objectives of CP-SAT's models are whole, and so is a bound on them.</summary>
internal static class WholeBound
{
    /// <summary>
    /// The least whole number that a bound in doubles allows. CP-SAT divides objectives by their common divisor and gives the bound back
    /// multiplied: -407464943255.9999 is -407464943256, so the slack is some units in the last place, and 1e-6 for small ones.
    /// </summary>
    public static double Of(double bound) => Math.Ceiling(bound - Math.Max(1e-6, Math.ScaleB(Math.Abs(bound), -50)));
}
