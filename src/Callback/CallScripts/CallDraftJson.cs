using System.Text.Json;
using System.Text.Json.Serialization;

namespace Callback.CallScripts;

/// <summary>The one spelling of a draft as JSON, for the database, the page and the API: camel case, enums as text, nulls left out.</summary>
public static class CallDraftJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(CallDraft draft) => JsonSerializer.Serialize(draft, Options);

    /// <exception cref="JsonException">The text is no draft.</exception>
    public static CallDraft Read(string json) => JsonSerializer.Deserialize<CallDraft>(json, Options) ?? CallDraft.Empty;
}
