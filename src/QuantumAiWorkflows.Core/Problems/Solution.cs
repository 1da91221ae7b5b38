namespace QuantumAiWorkflows.Problems;

/// <summary>
/// An answer to a problem: decisions only, everything computed from them is the referee's. Each family has its own;
/// <see cref="Problem.SolutionToJson"/> writes what stands in <c>result.solution</c>. The order is total, so that equal
/// objectives still list in one order.
/// </summary>
public abstract record Solution : IComparable<Solution>
{
    public abstract int CompareTo(Solution? other);

    public static bool operator <(Solution left, Solution right) => left.CompareTo(right) < 0;

    public static bool operator >(Solution left, Solution right) => left.CompareTo(right) > 0;

    public static bool operator <=(Solution left, Solution right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Solution left, Solution right) => left.CompareTo(right) >= 0;
}
