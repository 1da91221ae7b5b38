namespace QuantumAiWorkflows.Learning.Models;

/// <summary>What a model says of test rows.</summary>
internal abstract record Prediction
{
    /// <param name="Probabilities">[row][class], of every class of the table; classes that training rows lack have 0.</param>
    public sealed record OfClasses(double[][] Probabilities) : Prediction;

    /// <param name="Values">Per row, in the target's unit.</param>
    public sealed record OfNumbers(double[] Values) : Prediction;
}
