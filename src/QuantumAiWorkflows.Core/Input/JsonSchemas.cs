using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace QuantumAiWorkflows.Input;

/// <summary>JSON schemas of the records that <see cref="StrictJson"/> reads: types, ranges, defaults and help texts.</summary>
public static class JsonSchemas
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Annotate,
    };

    public static JsonObject Of(Type type) => (JsonObject)StrictJson.Options.GetJsonSchemaAsNode(type, Exporter);

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode node)
    {
        var provider = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        var attributes = provider.GetCustomAttributes(inherit: true);
        // A member that takes any JSON has the schema true, which has no room for a description.
        if (node is not JsonObject schema)
        {
            if (!attributes.Any(a => a is DescriptionAttribute or AnyOfAttribute))
                return node;
            schema = [];
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema["additionalProperties"] = false;
            AddDefaults(schema, context.TypeInfo);
        }
        foreach (var attribute in attributes)
            Add(schema, attribute);
        return schema;
    }

    private static void Add(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute description:
                schema.Insert(0, "description", description.Description);
                break;
            case RangeAttribute range:
                var (low, high) = StrictJson.Bounds(range);
                schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = low;
                schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = high;
                break;
            case LengthAttribute length:
                var what =
                    schema.ContainsKey("items") ? "Items"
                    : schema.ContainsKey("additionalProperties") ? "Properties"
                    : "Length";
                schema[$"min{what}"] = length.MinimumLength;
                schema[$"max{what}"] = length.MaximumLength;
                break;
            case AnyOfAttribute shapes:
                schema["anyOf"] = new JsonArray([
                    .. shapes.Types.Select(t => StrictJson.Options.GetJsonSchemaAsNode(t, Exporter)),
                ]);
                break;
        }
    }

    /// <summary>A record that can be made without arguments carries its defaults in a fresh instance.</summary>
    private static void AddDefaults(JsonObject schema, JsonTypeInfo type)
    {
        if (type.Type.GetConstructor(Type.EmptyTypes) is null || schema["properties"] is not JsonObject properties)
            return;
        var fresh = Activator.CreateInstance(type.Type)!;
        foreach (var property in type.Properties)
            if (
                !property.IsRequired
                && properties[property.Name] is JsonObject description
                && property.Get?.Invoke(fresh) is { } value
            )
                description["default"] = JsonSerializer.SerializeToNode(
                    value,
                    property.PropertyType,
                    StrictJson.Options
                );
    }
}
