namespace QuantumAiWorkflows.Input;

/// <summary>
/// On a member of type JsonElement that may have one of several shapes, each of another JSON kind: an array or an object,
/// say. <see cref="StrictJson"/> checks the shape that was given, <see cref="JsonSchemas"/> publishes all.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnyOfAttribute(params Type[] types) : Attribute
{
    public IReadOnlyList<Type> Types { get; } = types;
}
