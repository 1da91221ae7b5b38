using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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

    private sealed record Member(JsonPropertyInfo Property, RangeAttribute? Range, LengthAttribute? Length);

    /// <summary>Parses bytes; on a syntax fault returns null and adds the line and column.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, FaultList faults)
    {
        try
        {
            // Depth is checked while walking, so that the fault can name the place.
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            var tooDeep = e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase);
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
        var before = faults.Items.Count;
        var typeInfo = Options.GetTypeInfo(type);
        Walk(element, typeInfo, pointer, faults);
        return faults.Items.Count == before ? element.Deserialize(typeInfo) : null;
    }

    /// <summary>Appends one token to a pointer, escaped as RFC 6901 says.</summary>
    public static string Append(string pointer, string token) =>
        $"{pointer}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static void Walk(JsonElement element, JsonTypeInfo type, string pointer, FaultList faults)
    {
        if (faults.IsFull)
            return;

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                if (Expect(element, JsonValueKind.Object, "an object", pointer, faults))
                    WalkObject(element, type, pointer, faults);
                break;
            case JsonTypeInfoKind.Dictionary:
                if (Expect(element, JsonValueKind.Object, "an object", pointer, faults))
                    WalkDictionary(element, Options.GetTypeInfo(type.ElementType!), pointer, faults);
                break;
            case JsonTypeInfoKind.Enumerable:
                if (Expect(element, JsonValueKind.Array, "an array", pointer, faults))
                    WalkArray(element, Options.GetTypeInfo(type.ElementType!), pointer, faults);
                break;
            default:
                CheckScalar(element, type.Type, faults, pointer);
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
                faults.Add(FaultCode.DuplicateMember, at, $"Member \"{Short(item.Name)}\" is given twice.");
            else if (!members.TryGetValue(item.Name, out var member))
                faults.Add(
                    FaultCode.UnknownMember,
                    at,
                    $"Unknown member \"{Short(item.Name)}\"; known are {string.Join(", ", members.Keys)}."
                );
            else if (item.Value.ValueKind == JsonValueKind.Null)
            {
                if (!member.Property.IsSetNullable)
                    faults.Add(FaultCode.WrongType, at, $"Member \"{item.Name}\" must not be null.");
            }
            else
            {
                var before = faults.Items.Count;
                Walk(item.Value, Options.GetTypeInfo(member.Property.PropertyType), at, faults);
                if (faults.Items.Count == before)
                    CheckRange(item.Value, member, at, faults);
            }
        }

        foreach (var (name, member) in members)
            if (member.Property.IsRequired && !seen.Contains(name))
                faults.Add(FaultCode.MissingMember, Append(pointer, name), $"Member \"{name}\" is missing.");
    }

    private static void WalkDictionary(JsonElement element, JsonTypeInfo valueType, string pointer, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in element.EnumerateObject())
        {
            if (!seen.Add(item.Name))
                faults.Add(
                    FaultCode.DuplicateMember,
                    Append(pointer, item.Name),
                    $"Member \"{Short(item.Name)}\" is given twice."
                );
            Walk(item.Value, valueType, Append(pointer, item.Name), faults);
        }
    }

    private static void WalkArray(JsonElement element, JsonTypeInfo itemType, string pointer, FaultList faults)
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            // A pointer costs an allocation, so plain numbers, of which there may be millions, get one only when needed.
            if (itemType.Type != typeof(double) || !IsFiniteNumber(item))
                Walk(item, itemType, $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}", faults);
            index++;
        }
    }

    private static bool IsFiniteNumber(JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var value) && double.IsFinite(value);

    private static void CheckScalar(JsonElement element, Type type, FaultList faults, string pointer)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(target))
            return;
        if (target == typeof(bool))
        {
            if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                WrongType(element, "true or false", pointer, faults);
        }
        else if (target == typeof(string) || target == typeof(Guid))
        {
            if (Expect(element, JsonValueKind.String, "a string", pointer, faults) && target == typeof(Guid))
                if (!element.TryGetGuid(out _))
                    faults.Add(FaultCode.WrongType, pointer, "Expected a UUID.", Echo(element));
        }
        else if (target.IsEnum)
        {
            var names = Enum.GetNames(target).Select(name => EnumName(target, name)).ToArray();
            if (!Expect(element, JsonValueKind.String, "a string", pointer, faults))
                return;
            if (!names.Contains(element.GetString(), StringComparer.Ordinal))
                faults.Add(
                    FaultCode.UnknownValue,
                    pointer,
                    $"Expected one of {string.Join(", ", names)}, got \"{Short(element.GetString()!)}\".",
                    Echo(element)
                );
        }
        else if (Expect(element, JsonValueKind.Number, "a number", pointer, faults))
            CheckNumber(element, target, pointer, faults);
    }

    /// <summary>As the converter writes it: the name that an attribute gives, or else camelCase.</summary>
    private static string EnumName(Type type, string name) =>
        type.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.CamelCase.ConvertName(name);

    private static void CheckNumber(JsonElement element, Type target, string pointer, FaultList faults)
    {
        if (target == typeof(double))
        {
            if (!IsFiniteNumber(element))
                faults.Add(
                    FaultCode.NotFinite,
                    pointer,
                    $"{Short(element.GetRawText())} is beyond the range of a double (1.8e308).",
                    Short(element.GetRawText())
                );
            return;
        }

        if (!element.TryGetDouble(out var value) || value != Math.Floor(value))
        {
            faults.Add(
                FaultCode.WrongType,
                pointer,
                $"Expected a whole number, got {Short(element.GetRawText())}.",
                Echo(element)
            );
            return;
        }

        var fits = target == typeof(int) ? element.TryGetInt32(out _) : element.TryGetInt64(out _);
        if (!fits)
            faults.Add(
                FaultCode.OutOfRange,
                pointer,
                $"{Short(element.GetRawText())} does not fit; write it as a plain integer of at most "
                    + (target == typeof(int) ? "2147483647." : "9223372036854775807."),
                Short(element.GetRawText())
            );
    }

    private static void CheckRange(JsonElement element, Member member, string pointer, FaultList faults)
    {
        if (member.Range is { } range && element.ValueKind == JsonValueKind.Number)
        {
            var value = element.GetDouble();
            var (low, high) = Bounds(range);
            if (value < low || value > high || (range.MinimumIsExclusive && value == low))
                faults.Add(
                    FaultCode.OutOfRange,
                    pointer,
                    $"Expected {Text(low)} {(range.MinimumIsExclusive ? "<" : "<=")} {member.Property.Name} <= {Text(high)}, got {Text(value)}.",
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
            _ => length.MinimumLength,
        };
        if (size == 0 && length.MinimumLength > 0)
            faults.Add(FaultCode.Empty, pointer, $"Member \"{member.Property.Name}\" must not be empty.", size, 1);
        else if (size < length.MinimumLength || size > length.MaximumLength)
            faults.Add(
                FaultCode.OverLimit,
                pointer,
                $"Expected {length.MinimumLength} to {length.MaximumLength} items or characters in \"{member.Property.Name}\", got {size}.",
                size,
                size > length.MaximumLength ? length.MaximumLength : length.MinimumLength
            );
    }

    internal static (double Low, double High) Bounds(RangeAttribute range) =>
        (
            Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture)
        );

    private static bool Expect(JsonElement element, JsonValueKind kind, string name, string pointer, FaultList faults)
    {
        if (element.ValueKind == kind)
            return true;
        WrongType(element, name, pointer, faults);
        return false;
    }

    private static void WrongType(JsonElement element, string expected, string pointer, FaultList faults) =>
        faults.Add(FaultCode.WrongType, pointer, $"Expected {expected}, got {Name(element.ValueKind)}.", Echo(element));

    private static string Name(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };

    private static JsonNode? Echo(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null
        : element.ValueKind == JsonValueKind.String ? Short(element.GetString()!)
        : Short(element.GetRawText());

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static Dictionary<string, Member> Describe(JsonTypeInfo type) =>
        type
            .Properties.Where(p => p.Set is not null)
            .ToDictionary(
                p => p.Name,
                p => new Member(
                    p,
                    (RangeAttribute?)
                        p.AttributeProvider?.GetCustomAttributes(typeof(RangeAttribute), true).FirstOrDefault(),
                    (LengthAttribute?)
                        p.AttributeProvider?.GetCustomAttributes(typeof(LengthAttribute), true).FirstOrDefault()
                ),
                StringComparer.Ordinal
            );

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
