namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>How large an encoding may become: checked with the number before anything of that size is allocated.</summary>
public static class EncodingLimits
{
    /// <summary>No QUBO solver here makes much of more when most of them carry penalties.</summary>
    public const int MaxVariables = 50_000;

    /// <summary>Products of two variables over objective and all constraints, before equal ones are added up; some 100 MB.</summary>
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
