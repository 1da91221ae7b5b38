namespace QuantumAiWorkflows.Problems.Scheduling;

/// <param name="Capacity">Units that may be in use at the same time; at least 1.</param>
public sealed record ShopResource(string Id, int Capacity);

/// <summary>Its tasks are <see cref="FirstTask"/> and the <see cref="NumTasks"/> - 1 behind it.</summary>
/// <param name="Due">Null: no matter when.</param>
public sealed record ShopJob(string Id, int Release, int? Due, int Weight, int FirstTask, int NumTasks);

/// <param name="After">Indices of the tasks that end before this one starts, ascending.</param>
/// <param name="Modes">At least one of them <see cref="ShopMode.Fits"/>.</param>
public sealed record ShopTask(string Id, int Job, int[] After, ShopMode[] Modes);

/// <param name="Uses">By resource, ascending, amounts above 0.</param>
/// <param name="Fits">False when it needs more of a resource than there is: then no feasible schedule chooses it.</param>
public sealed record ShopMode(string Id, int Duration, ResourceUse[] Uses, bool Fits);

public readonly record struct ResourceUse(int Resource, int Amount);
