using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Input;

/// <summary>The part of <see cref="StrictJson"/> that looks at one value: its kind, and what its type takes.</summary>
internal static class JsonScalars
{
    public static bool IsFiniteNumber(JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var value) && double.IsFinite(value);

    public static void Check(JsonElement element, Type type, string pointer, FaultList faults)
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
        else if (target == typeof(DateOnly))
        {
            if (!Expect(element, JsonValueKind.String, "a string", pointer, faults))
                return;
            if (
                !DateOnly.TryParseExact(
                    element.GetString(),
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                )
            )
                faults.Add(FaultCode.WrongType, pointer, "Expected a date such as 2026-11-30.", Echo(element));
        }
        else if (target.IsEnum)
        {
            var names = Names(target);
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
        else if (target != typeof(double) && target != typeof(int) && target != typeof(long))
            throw new NotSupportedException($"No check for a member of type {target}.");
        else if (Expect(element, JsonValueKind.Number, "a number", pointer, faults))
            CheckNumber(element, target, pointer, faults);
    }

    /// <summary>An enum's values as they are written on the wire.</summary>
    private static string[] Names(Type type) =>
        [
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f =>
                    f.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                    ?? JsonNamingPolicy.CamelCase.ConvertName(f.Name)
                ),
        ];

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

    public static bool Expect(JsonElement element, JsonValueKind kind, string name, string pointer, FaultList faults)
    {
        if (element.ValueKind == kind)
            return true;
        WrongType(element, name, pointer, faults);
        return false;
    }

    public static void WrongType(JsonElement element, string expected, string pointer, FaultList faults) =>
        faults.Add(
            FaultCode.WrongType,
            pointer,
            $"Expected {expected}, got {NameOf(element.ValueKind)}.",
            Echo(element)
        );

    public static string NameOf(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };

    /// <summary>A short scalar as it was sent; a number too long to repeat becomes the beginning of its text.</summary>
    private static JsonNode? Echo(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null => null,
            JsonValueKind.String => Short(element.GetString()!),
            _ when Short(element.GetRawText()) is var raw && raw != element.GetRawText() => raw,
            _ => JsonValue.Create(element.Clone()),
        };

    public static string Short(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
