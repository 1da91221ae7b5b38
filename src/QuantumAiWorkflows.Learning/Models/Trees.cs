using Microsoft.ML.Trainers.FastTree;

namespace QuantumAiWorkflows.Learning.Models;

/// <summary>The one shape of all tree ensembles: small trees and many, leaves that grow with the rows.</summary>
internal static class Trees
{
    public const int Count = 40;

    public static T Shape<T>(T options, int rows)
        where T : BoostedTreeOptions
    {
        options.NumberOfTrees = Count;
        options.NumberOfLeaves = 8;
        options.MinimumExampleCountPerLeaf = Math.Clamp(rows / 20, 2, 10);
        options.LearningRate = 0.2;
        options.NumberOfThreads = 1;
        options.Seed = 1;
        options.FeatureSelectionSeed = 1;
        return options;
    }
}
