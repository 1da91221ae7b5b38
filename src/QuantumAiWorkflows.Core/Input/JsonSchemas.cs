using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

    public static JsonObject Of(Type type)
    {
        var schema = (JsonObject)StrictJson.Options.GetJsonSchemaAsNode(type, Exporter);
        Inline(schema, schema);
        return schema;
    }

    /// <summary>
    /// The exporter writes a type that occurs again as a reference into the document, which would point nowhere once the
    /// schema stands in another one. A record within itself keeps its reference: it has no end.
    /// </summary>
    private static void Inline(JsonNode? node, JsonObject root)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Inline(item, root);
        if (node is not JsonObject schema)
            return;
        if (schema["$ref"] is JsonValue reference && Find(root, reference.GetValue<string>()) is { } target)
        {
            for (JsonNode? outer = schema; outer is not null; outer = outer.Parent)
                if (outer == target)
                    return;
            schema.Remove("$ref");
            foreach (var (name, value) in target)
                schema.TryAdd(name, value?.DeepClone());
        }
        foreach (var (_, value) in schema.ToList())
            Inline(value, root);
    }

    private static JsonObject? Find(JsonNode root, string reference)
    {
        var node = root;
        foreach (var token in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = node is JsonArray items ? items[int.Parse(token, CultureInfo.InvariantCulture)] : node?[Name(token)];
        return node as JsonObject;

        static string Name(string token) =>
            token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }

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
