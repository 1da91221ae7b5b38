using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace QuantumAiWorkflows.Input;

/// <summary>
/// Reads client JSON into records and reports every fault with its pointer. The record is the only description of the
/// shape: its properties, <c>required</c>, nullability, <see cref="RangeAttribute"/> and <see cref="LengthAttribute"/>
/// are checked here, and <see cref="JsonSchemas"/> publishes the same ones. Deserializing alone stops at the first
/// fault and names a path only sometimes.
/// </summary>
public static class StrictJson
{
    /// <summary>Nesting allowed in a request body.</summary>
    public const int MaxDepth = 16;

    /// <summary>camelCase, enums as camelCase strings, numbers only as numbers; the wire format of the whole product.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    private static readonly ConcurrentDictionary<Type, Dictionary<string, Member>> Members = new();

    private sealed record Member(
        JsonPropertyInfo Property,
        RangeAttribute? Range,
        LengthAttribute? Length,
        AnyOfAttribute? AnyOf
    );

    /// <summary>Parses bytes; on a syntax fault returns null and adds the line and column.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, FaultList faults)
    {
        // The parser looks into strings only when they are asked for, and would throw then.
        if (!Utf8.IsValid(utf8.Span))
        {
            faults.Add(new Fault(FaultCode.Syntax, "The body is not UTF-8."));
            return null;
        }
        try
        {
            var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (JsonText.HasOnlyText(document, utf8.Span))
                return document;
            document.Dispose();
            faults.Add(new Fault(FaultCode.Syntax, "A string holds half of an escaped surrogate pair."));
            return null;
        }
        catch (JsonException e)
        {
            // "Expected depth to be zero" is how the parser says that the body ends too early.
            var tooDeep = e.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            faults.Add(
                new Fault(
                    tooDeep ? FaultCode.TooDeep : FaultCode.Syntax,
                    tooDeep
                        ? $"The body is nested deeper than {MaxDepth} levels."
                        : "The body is not JSON (numbers such as NaN and Infinity are not)."
                )
                {
                    Line = e.LineNumber + 1,
                    Column = e.BytePositionInLine + 1,
                    Limit = tooDeep ? MaxDepth : null,
                }
            );
            return null;
        }
    }

    /// <summary>Reads <paramref name="element"/> as <typeparamref name="T"/>; null when any fault was added.</summary>
    public static T? Read<T>(JsonElement element, string pointer, FaultList faults)
        where T : class => (T?)Read(typeof(T), element, pointer, faults);

    /// <inheritdoc cref="Read{T}"/>
    public static object? Read(Type type, JsonElement element, string pointer, FaultList faults)
    {
        var before = faults.Count;
        var typeInfo = Options.GetTypeInfo(type);
        if (faults.IsFull)
            return null;
        Walk(element, typeInfo, pointer, faults);
        return faults.Count == before ? element.Deserialize(typeInfo) : null;
    }

    /// <summary>
    /// Appends one token to a pointer, escaped as RFC 6901 says. A name that no one would give stays out, so that a reply
    /// is not as long as a hostile request: the pointer then names the parent.
    /// </summary>
    public static string Append(string pointer, string token) =>
        token.Length > 200
            ? pointer
            : $"{pointer}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static void Walk(JsonElement element, JsonTypeInfo type, string pointer, FaultList faults)
    {
        if (
            faults.IsFull
            || (element.ValueKind == JsonValueKind.Null && Nullable.GetUnderlyingType(type.Type) is not null)
        )
            return;

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                if (JsonScalars.Expect(element, JsonValueKind.Object, "an object", pointer, faults))
                    WalkObject(element, type, pointer, faults);
                break;
            case JsonTypeInfoKind.Dictionary:
                if (JsonScalars.Expect(element, JsonValueKind.Object, "an object", pointer, faults))
                    WalkDictionary(element, Options.GetTypeInfo(type.ElementType!), pointer, faults);
                break;
            case JsonTypeInfoKind.Enumerable:
                if (JsonScalars.Expect(element, JsonValueKind.Array, "an array", pointer, faults))
                    WalkArray(element, Options.GetTypeInfo(type.ElementType!), pointer, faults);
                break;
            default:
                JsonScalars.Check(element, type.Type, pointer, faults);
                break;
        }
    }

    private static void WalkObject(JsonElement element, JsonTypeInfo type, string pointer, FaultList faults)
    {
        var members = Members.GetOrAdd(type.Type, static (_, t) => Describe(t), type);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in element.EnumerateObject())
        {
            var at = Append(pointer, item.Name);
            if (!seen.Add(item.Name))
                faults.Add(FaultCode.DuplicateMember, at, $"Member \"{JsonScalars.Short(item.Name)}\" is given twice.");
            else if (!members.TryGetValue(item.Name, out var member))
                faults.Add(
                    FaultCode.UnknownMember,
                    at,
                    $"Unknown member \"{JsonScalars.Short(item.Name)}\"; known are {string.Join(", ", members.Keys)}."
                );
            else if (item.Value.ValueKind == JsonValueKind.Null)
            {
                if (!member.Property.IsSetNullable)
                    faults.Add(FaultCode.WrongType, at, $"Member \"{item.Name}\" must not be null.");
            }
            else
            {
                var before = faults.Count;
                if (member.AnyOf is { } shapes)
                    WalkAnyOf(item.Value, shapes, at, faults);
                else
                    Walk(item.Value, Options.GetTypeInfo(member.Property.PropertyType), at, faults);
                if (faults.Count == before)
                    CheckRange(item.Value, member, at, faults);
            }
        }

        foreach (var (name, member) in members)
            if (member.Property.IsRequired && !seen.Contains(name))
                faults.Add(FaultCode.MissingMember, Append(pointer, name), $"Member \"{name}\" is missing.");
    }

    /// <summary>An array, an object or a scalar: at most one of the alternatives is of the given kind.</summary>
    private static void WalkAnyOf(JsonElement element, AnyOfAttribute shapes, string pointer, FaultList faults)
    {
        var types = shapes.Types.Select(Options.GetTypeInfo).ToList();
        var kinds = types.Select(t =>
            t.Kind switch
            {
                JsonTypeInfoKind.Enumerable => JsonValueKind.Array,
                JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => JsonValueKind.Object,
                _ => t.Type == typeof(string) ? JsonValueKind.String : JsonValueKind.Number,
            }
        );
        var match = kinds.ToList().IndexOf(element.ValueKind);
        if (match >= 0)
            Walk(element, types[match], pointer, faults);
        else
            JsonScalars.WrongType(element, string.Join(" or ", kinds.Select(JsonScalars.NameOf)), pointer, faults);
    }

    private static void WalkDictionary(JsonElement element, JsonTypeInfo valueType, string pointer, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in element.EnumerateObject())
        {
            var name = item.Name;
            if (!seen.Add(name))
                faults.Add(
                    FaultCode.DuplicateMember,
                    Append(pointer, name),
                    $"Member \"{JsonScalars.Short(name)}\" is given twice."
                );
            else if (!IsSound(item.Value, valueType.Type))
                Walk(item.Value, valueType, Append(pointer, name), faults);
        }
    }

    private static void WalkArray(JsonElement element, JsonTypeInfo itemType, string pointer, FaultList faults)
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (!IsSound(item, itemType.Type))
                Walk(item, itemType, $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}", faults);
            index++;
        }
    }

    /// <summary>
    /// True when there is nothing to say about numbers or rows of numbers. There may be millions of them, and a pointer
    /// costs an allocation, so it is made only for the ones that are then walked.
    /// </summary>
    private static bool IsSound(JsonElement item, Type type)
    {
        if (type == typeof(double))
            return JsonScalars.IsFiniteNumber(item);
        if (type == typeof(int))
            return item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _);
        if (type != typeof(double[]) || item.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var number in item.EnumerateArray())
            if (!JsonScalars.IsFiniteNumber(number))
                return false;
        return true;
    }

    private static void CheckRange(JsonElement element, Member member, string pointer, FaultList faults)
    {
        if (member.Range is { } range && element.ValueKind == JsonValueKind.Number)
        {
            var value = element.GetDouble();
            var (low, high) = Bounds(range);
            var (left, right) = (range.MinimumIsExclusive ? "<" : "<=", range.MaximumIsExclusive ? "<" : "<=");
            if (
                value < low
                || value > high
                || (range.MinimumIsExclusive && value == low)
                || (range.MaximumIsExclusive && value == high)
            )
                faults.Add(
                    FaultCode.OutOfRange,
                    pointer,
                    $"Expected {JsonScalars.Text(low)} {left} {member.Property.Name} {right} {JsonScalars.Text(high)}, got {JsonScalars.Text(value)}.",
                    value,
                    value <= low ? low : high
                );
        }

        if (member.Length is not { } length)
            return;
        var size = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!.Length,
            JsonValueKind.Array => element.GetArrayLength(),
            JsonValueKind.Object => element.GetPropertyCount(),
            _ => length.MinimumLength,
        };
        if (size == 0 && length.MinimumLength > 0)
            faults.Add(FaultCode.Empty, pointer, $"Member \"{member.Property.Name}\" must not be empty.", size, 1);
        else if (size < length.MinimumLength || size > length.MaximumLength)
            faults.Add(
                FaultCode.OverLimit,
                pointer,
                $"Expected {length.MinimumLength} to {length.MaximumLength} items, members or characters in \"{member.Property.Name}\", got {size}.",
                size,
                size > length.MaximumLength ? length.MaximumLength : length.MinimumLength
            );
    }

    internal static (double Low, double High) Bounds(RangeAttribute range) =>
        (
            Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture)
        );

    private static Dictionary<string, Member> Describe(JsonTypeInfo type) =>
        type
            .Properties.Where(p => p.Set is not null)
            .ToDictionary(
                p => p.Name,
                p => new Member(
                    p,
                    Attribute<RangeAttribute>(p),
                    Attribute<LengthAttribute>(p),
                    Attribute<AnyOfAttribute>(p)
                ),
                StringComparer.Ordinal
            );

    private static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute =>
        (T?)property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).FirstOrDefault();

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
