using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Callback.Web.Tests.Fakes;

/// <summary>Twilio's published description of its API, as far as answers go: types, patterns, lengths, choices, dates, and no field that is not described.</summary>
internal sealed class TwilioDescription(JsonObject root)
{
    private const string Rfc2822 = "ddd, dd MMM yyyy HH:mm:ss zzz";

    public static TwilioDescription Load()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var file = Path.Combine(here.FullName, "shared", "twilio", "twilio_api_v2010.json");
            if (File.Exists(file))
                return new(JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        }
        throw new FileNotFoundException("shared/twilio/twilio_api_v2010.json stands beside the repository.");
    }

    /// <summary>What is wrong with an answer; nothing if it is as described.</summary>
    public IReadOnlyList<string> Faults(string method, string path, int status, JsonNode? answer)
    {
        var response = root["paths"]?[path]?[method.ToLowerInvariant()]?["responses"]?[status.ToString(CultureInfo.InvariantCulture)];
        if (response is null)
            return [$"{method} {path} has no answer {status}"];
        return [.. Check("", response["content"]!["application/json"]!["schema"]!, answer)];
    }

    private IEnumerable<string> Check(string at, JsonNode schema, JsonNode? value)
    {
        if ((string?)schema["$ref"] is { } reference)
            schema = root["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]!;
        if (value is null)
            // Choices stand behind a reference, where "nullable" cannot be said: Twilio's own examples leave them null.
            return (bool?)schema["nullable"] == true || schema["enum"] is not null ? [] : [$"{at} is null"];
        return (string?)schema["type"] switch
        {
            "object" => CheckObject(at, schema, value),
            "array" => value is JsonArray items ? items.SelectMany((item, nth) => Check($"{at}/{nth}", schema["items"]!, item)) : [$"{at} is no array"],
            "string" => value is JsonValue text && text.TryGetValue<string>(out var read) ? CheckText(at, schema, read) : [$"{at} is no text"],
            "integer" => value is JsonValue number && number.TryGetValue<long>(out _) ? [] : [$"{at} is no whole number"],
            "number" => value is JsonValue amount && amount.TryGetValue<double>(out _) ? [] : [$"{at} is no number"],
            "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _) ? [] : [$"{at} is neither true nor false"],
            _ => [],
        };
    }

    private IEnumerable<string> CheckObject(string at, JsonNode schema, JsonNode value)
    {
        if (value is not JsonObject fields)
            return [$"{at} is no object"];
        if (schema["properties"] is not JsonObject described)
            return [];
        return fields.SelectMany(field => described[field.Key] is { } shape ? Check($"{at}/{field.Key}", shape, field.Value) : [$"{at}/{field.Key} is not described"])
            .Concat(described.Where(field => !fields.ContainsKey(field.Key) && schema["required"]?.AsArray().Any(name => (string?)name == field.Key) == true).Select(field => $"{at}/{field.Key} is missing"));
    }

    private static IEnumerable<string> CheckText(string at, JsonNode schema, string value)
    {
        if (schema["enum"] is JsonArray choices && choices.All(choice => (string?)choice != value))
            yield return $"{at} {value} is none of {choices.ToJsonString()}";
        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(value, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            yield return $"{at} {value} is not of the pattern {pattern}";
        else if (value.Length < ((int?)schema["minLength"] ?? 0) || value.Length > ((int?)schema["maxLength"] ?? int.MaxValue))
            yield return $"{at} has a wrong length";
        if ((string?)schema["format"] == "date-time-rfc-2822"
            && !DateTimeOffset.TryParseExact(value.Replace("+0000", "+00:00", StringComparison.Ordinal), Rfc2822, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return $"{at} {value} is no date of RFC 2822";
    }
}
