using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace QuantumAiWorkflows.Input;

/// <summary>JSON schemas of the records that <see cref="StrictJson"/> reads: types, ranges, defaults and help texts.</summary>
public static class JsonSchemas
{
    /// <summary>A fresh instance has nulls in its required members, which the wire options refuse to write.</summary>
    private static readonly JsonSerializerOptions Unchecked = new(StrictJson.Options)
    {
        RespectNullableAnnotations = false,
    };

    public static JsonObject Of(Type type)
    {
        var exporter = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Annotate,
        };
        var schema = (JsonObject)StrictJson.Options.GetJsonSchemaAsNode(type, exporter);
        AddDefaults(schema, type);
        return schema;
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;

        if (context.TypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object)
            schema["additionalProperties"] = false;
        var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        foreach (var attribute in attributes.GetCustomAttributes(inherit: true))
            switch (attribute)
            {
                case DescriptionAttribute description:
                    schema.Insert(0, "description", description.Description);
                    break;
                case RangeAttribute range:
                    var (low, high) = StrictJson.Bounds(range);
                    schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = low;
                    schema["maximum"] = high;
                    break;
            }
        return schema;
    }

    /// <summary>A record that can be made without arguments carries its defaults in a fresh instance.</summary>
    private static void AddDefaults(JsonObject schema, Type type)
    {
        if (type.GetConstructor(Type.EmptyTypes) is null || schema["properties"] is not JsonObject properties)
            return;
        var defaults = JsonSerializer.SerializeToNode(Activator.CreateInstance(type), type, Unchecked)!;
        var required = schema["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var (name, property) in properties)
            if (property is JsonObject description && !required.Contains(name) && defaults[name] is { } value)
                description["default"] = value.DeepClone();
    }
}
