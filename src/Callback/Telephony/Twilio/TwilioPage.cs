using System.Text.Json;

namespace Callback.Telephony.Twilio;

/// <summary>One page of a list, and the relative address of the one that follows.</summary>
internal sealed record TwilioPage<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <exception cref="FormatException">There is no such list in it.</exception>
    public static TwilioPage<T> Of(JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (!json.TryGetProperty(name, out var items) || items.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{name} is missing");
        var next = json.TryGetProperty("next_page_uri", out var uri) && uri.ValueKind == JsonValueKind.String ? uri.GetString() : null;
        return new([.. items.EnumerateArray().Select(read)], next);
    }
}
