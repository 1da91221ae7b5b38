using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Work;

/// <summary>
/// JSON that travels as the bytes it is stored as: a problem's canonical bytes are hashed, so nothing on their way may
/// write them anew.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The parsed value; only on the side that read it.</summary>
    public JsonElement Element { get; init; }

    private sealed class RawJsonConverter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new() { Element = JsonElement.ParseValue(ref reader) };

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Bytes.Span, skipInputValidation: true);
    }
}
