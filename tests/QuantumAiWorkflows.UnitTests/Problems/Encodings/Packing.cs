using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.UnitTests.Problems.Encodings;

/// <summary>
/// A family that stands in for the product's: items with values and weights into sacks of one capacity, pairs of items that are
/// worth more or less together, and crates, up to three, that each cost 2 and let a sack take 3 more in the first sack.
/// </summary>
public sealed class PackingProblem : Problem
{
    public required double[] Values { get; init; }
    public required double[] Weights { get; init; }
    public required int Sacks { get; init; }
    public required double Capacity { get; init; }
    public double Together { get; init; }
    public int MaxCrates { get; init; } = 3;
    public bool CoversOptimum { get; init; } = true;

    public const double CrateCost = 2;
    public const double CrateRoom = 3;

    public int Items => Values.Length;
    public override ProblemFamily Family => PackingFamily.Instance;
    public override Sense Sense => Sense.Maximize;
    public override int NumVariables => Items * Sacks + 1;
    public override long NumInteractions => Items;
    public override JsonObject Summary => new() { ["items"] = Items };

    public static PackingProblem Random(long seed, int items, int sacks)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "packing");
        return new()
        {
            Values = [.. Enumerable.Range(0, items).Select(_ => 1.0 + random.NextInt32(9))],
            Weights = [.. Enumerable.Range(0, items).Select(_ => 1.0 + random.NextInt32(5))],
            Sacks = sacks,
            Capacity = 2 + random.NextInt32(6),
            Together = random.NextInt32(7) - 3,
            MaxCrates = random.NextInt32(4),
        };
    }

    public override Evaluation Evaluate(Solution solution)
    {
        var packed = (Packing)solution;
        var objective = -CrateCost * packed.Crates;
        for (var i = 0; i < Items; i++)
            if (packed.Sack[i] >= 0)
                objective += Values[i] + (i > 0 && packed.Sack[i - 1] == packed.Sack[i] ? Together : 0);
        var violations = new List<Violation>();
        for (var s = 0; s < Sacks; s++)
        {
            var over =
                Enumerable.Range(0, Items).Where(i => packed.Sack[i] == s).Sum(i => Weights[i])
                - Capacity
                - (s == 0 ? CrateRoom * packed.Crates : 0);
            if (over > 1e-9)
                violations.Add(new("capacity", $"/sacks/{s}", over, "weight"));
        }
        return new(objective, violations);
    }

    public override EncodingResult Encode(EncodingRequest request)
    {
        var model = new ConstrainedModel(Sense);
        for (var i = 0; i < Items; i++)
        for (var s = 0; s < Sacks; s++)
            model.AddObjective(model.AddBinary($"item {i} in sack {s}"), Values[i]);
        var crates = model.AddInteger("crates", 0, MaxCrates);
        model.AddObjective(crates, -CrateCost);
        for (var i = 0; i < Items; i++)
        {
            model.AddConstraint(
                "one-sack",
                $"one-sack[{i}]",
                $"/items/{i}",
                [.. Enumerable.Range(0, Sacks).Select(s => (i * Sacks + s, 1.0))],
                Relation.AtMost,
                1
            );
            for (var s = 0; i > 0 && s < Sacks; s++)
                model.AddObjective((i - 1) * Sacks + s, i * Sacks + s, Together);
        }
        for (var s = 0; s < Sacks; s++)
            model.AddConstraint(
                "capacity",
                $"capacity[{s}]",
                $"/sacks/{s}",
                [
                    .. Enumerable.Range(0, Items).Select(i => (i * Sacks + s, Weights[i])),
                    (crates, s == 0 ? -CrateRoom : 0),
                ],
                Relation.AtMost,
                Capacity
            );
        return QuboEncoder.Encode(this, new(model, Decode, ToValues, Repair, CoversOptimum), request);
    }

    private Packing Decode(IReadOnlyList<long> values) =>
        new(
            [
                .. Enumerable
                    .Range(0, Items)
                    .Select(i => Enumerable.Range(0, Sacks).FirstOrDefault(s => values[i * Sacks + s] == 1, -1)),
            ],
            values[^1]
        );

    private long[] ToValues(Solution solution)
    {
        var packed = (Packing)solution;
        var values = new long[NumVariables];
        for (var i = 0; i < Items; i++)
            if (packed.Sack[i] >= 0)
                values[i * Sacks + packed.Sack[i]] = 1;
        values[^1] = packed.Crates;
        return values;
    }

    /// <summary>Takes the last item out of any sack that is too full.</summary>
    private Packing Repair(Solution solution)
    {
        var packed = (Packing)solution;
        var sack = packed.Sack.ToArray();
        for (var i = Items - 1; i >= 0 && !Evaluate(packed with { Sack = sack }).IsFeasible; i--)
            sack[i] = -1;
        return packed with { Sack = sack };
    }

    public override JsonObject SolutionToJson(Solution solution) => [];

    public override Solution? ReadSolution(JsonElement element, string pointer, FaultList faults) => null;

    protected override byte[] WriteCanonical() => [.. "{}"u8];
}

/// <param name="Sack">Of every item; -1 for none.</param>
public sealed record Packing(int[] Sack, long Crates) : Solution
{
    public override int CompareTo(Solution? other) =>
        other is Packing o
            ? Sack.AsSpan().SequenceCompareTo(o.Sack) is var order and not 0
                ? order
                : Crates.CompareTo(o.Crates)
            : 1;

    public bool Equals(Packing? other) => other is not null && CompareTo(other) == 0;

    public override int GetHashCode() => HashCode.Combine(Sack.Sum(), Crates);
}

public sealed class PackingFamily : ProblemFamily
{
    public static PackingFamily Instance { get; } = new();

    public override string Id => "packing";
    public override string Title => "Packing";
    public override string EvaluatorVersion => "1";
    public override bool IsEncodable => true;
    public override Type InputType => typeof(object);
    public override IReadOnlyList<string> ClassicalSolvers { get; } = ["none"];
    public override JsonObject SolutionSchema => [];
    public override JsonObject Example => [];

    public override Problem? Read(JsonElement element, string pointer, FaultList faults) => null;

    public override Problem ReadCanonical(JsonElement element) => throw new NotSupportedException();
}
