namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>How large an encoding may become: checked with the number before anything of that size is allocated.</summary>
public static class EncodingLimits
{
    /// <summary>Far more than QUBO solvers make much of when most variables carry penalties.</summary>
    public const int MaxVariables = 50_000;

    /// <summary>Products of two variables over objective and all constraints, before equal ones are added up; less than 1 GB is allocated on the way, some 100 MB stay.</summary>
    public const long MaxProducts = 3_000_000;

    /// <summary>A refusal with the number; null when it is within the limit.</summary>
    public static EncodingResult.Refused? CheckVariables(long needed) =>
        needed <= MaxVariables
            ? null
            : new(
                $"The encoding needs {needed} binary variables; the limit is {MaxVariables}.",
                needed,
                MaxVariables,
                "variable"
            );

    /// <inheritdoc cref="CheckVariables"/>
    public static EncodingResult.Refused? CheckProducts(long needed) =>
        needed <= MaxProducts
            ? null
            : new(
                $"The encoding needs {needed} products of two variables; the limit is {MaxProducts}.",
                needed,
                MaxProducts,
                "interaction"
            );
}
