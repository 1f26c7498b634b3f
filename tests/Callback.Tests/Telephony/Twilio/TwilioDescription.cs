using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>
/// Twilio's own OpenAPI description, and what a request does against it: path, verb, parameters that are unknown, missing, repeated or of the wrong form.
/// A few rules that the description only tells in prose stand in <see cref="Prose"/>.
/// </summary>
internal sealed partial class TwilioDescription
{
    private static readonly Lazy<TwilioDescription> Loaded = new(() => new(File.ReadAllBytes(Find("twilio_api_v2010.json"))));

    private readonly JsonElement root;
    private readonly List<(Regex Path, JsonElement Item)> paths;

    private TwilioDescription(byte[] json)
    {
        root = JsonDocument.Parse(json).RootElement;
        paths =
        [
            .. root.GetProperty("paths").EnumerateObject()
                // What is spelt out goes before what is left open.
                .OrderBy(path => path.Name.Count(letter => letter == '{')).ThenByDescending(path => path.Name.Length)
                .Select(path => (new Regex("^" + Placeholder().Replace(Regex.Escape(path.Name), "(?<$1>[^/]+)") + "$", RegexOptions.ExplicitCapture), path.Value)),
        ];
    }

    public static TwilioDescription Load() => Loaded.Value;

    /// <summary>Twilio's material stands beside the repository, in shared/twilio.</summary>
    public static string Find(string name)
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var file = Path.Combine(here.FullName, "shared", "twilio", name);
            if (File.Exists(file))
                return file;
        }
        throw new FileNotFoundException($"shared/twilio/{name} stands beside the repository.");
    }

    /// <returns>What is wrong with the request, in words; nothing: it is as described.</returns>
    public IReadOnlyList<string> Faults(WireRequest request)
    {
        // The description knows a recording only as JSON; its sound has the same address with another ending.
        var path = Sound().Replace(request.Path, ".json");
        var (pattern, item) = paths.FirstOrDefault(known => known.Path.IsMatch(path));
        if (pattern is null)
            return [$"no path {request.Path}"];
        if (!item.TryGetProperty(request.Verb.ToLowerInvariant(), out var operation))
            return [$"no {request.Verb} {request.Path}"];
        List<string> faults = [];
        if (!request.Headers.GetValueOrDefault("Authorization", "").StartsWith("Basic ", StringComparison.Ordinal))
            faults.Add("not signed in");
        var match = pattern.Match(path);
        var described = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [];
        foreach (var parameter in described.Where(parameter => Text(parameter, "in") == "path"))
            faults.AddRange(Judge(Text(parameter, "name")!, WebUtility.UrlDecode(match.Groups[Text(parameter, "name")!].Value), parameter.GetProperty("schema")));
        var queries = described.Where(parameter => Text(parameter, "in") == "query").ToDictionary(parameter => Text(parameter, "name")!, parameter => parameter.GetProperty("schema"));
        faults.AddRange(Judge(request.Query, queries, []));
        faults.AddRange(JudgeBody(request, operation));
        return faults;
    }

    private IEnumerable<string> JudgeBody(WireRequest request, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return request.Body.Length > 0 ? ["a body that is not expected"] : [];
        var type = request.Headers.GetValueOrDefault("Content-Type", "");
        if (!body.GetProperty("content").TryGetProperty(type, out var content))
            return [$"a body of type '{type}'"];
        var schema = content.GetProperty("schema");
        var fields = schema.GetProperty("properties").EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return [.. Judge(request.Form, fields, required), .. Prose(request.Form)];
    }

    private IEnumerable<string> Judge(IReadOnlyList<KeyValuePair<string, string>> given, Dictionary<string, JsonElement> described, IEnumerable<string> required)
    {
        foreach (var name in required.Where(name => given.All(field => field.Key != name)))
            yield return $"{name} is missing";
        foreach (var field in given.GroupBy(field => field.Key, field => field.Value))
        {
            if (!described.TryGetValue(field.Key, out var schema))
            {
                yield return $"{field.Key} is unknown";
                continue;
            }
            var many = Text(schema, "type") == "array";
            if (!many && field.Count() > 1)
                yield return $"{field.Key} is repeated";
            foreach (var fault in field.SelectMany(value => Judge(field.Key, value, many ? schema.GetProperty("items") : schema)))
                yield return fault;
        }
    }

    private IEnumerable<string> Judge(string name, string value, JsonElement schema)
    {
        if (Text(schema, "$ref") is { } reference)
            schema = root.GetProperty("components").GetProperty("schemas").GetProperty(reference.Split('/')[^1]);
        var number = double.NaN;
        if (Text(schema, "type") == "integer" && (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) || double.IsNaN(number = whole)))
            yield return $"{name} is no integer";
        if (Text(schema, "type") == "boolean" && value is not ("true" or "false"))
            yield return $"{name} is neither true nor false";
        if (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(word => word.GetString() != value))
            yield return $"{name} is none of its words";
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!))
            yield return $"{name} has another form";
        if (schema.TryGetProperty("minLength", out var shortest) && value.Length < shortest.GetInt32())
            yield return $"{name} is too short";
        if (schema.TryGetProperty("maxLength", out var longest) && value.Length > longest.GetInt32())
            yield return $"{name} is too long";
        if ((schema.TryGetProperty("minimum", out var least) && number < least.GetDouble()) || (schema.TryGetProperty("maximum", out var most) && number > most.GetDouble()))
            yield return $"{name} is out of range";
        if (!HasFormat(value, Text(schema, "format")))
            yield return $"{name} is no {Text(schema, "format")}";
    }

    private static bool HasFormat(string value, string? format) => format switch
    {
        "endpoint" => Endpoint().IsMatch(value),
        "phone-number" => PhoneNumber().IsMatch(value),
        "uri" => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
        "twiml" => IsTwiml(value),
        _ => true,
    };

    private static bool IsTwiml(string value)
    {
        try
        {
            return value.Length <= 4000 && XDocument.Parse(value).Root!.Name == "Response";
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Prose(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        foreach (var (name, value) in form)
        {
            var holds = name switch
            {
                "StatusCallbackEvent" => value is "initiated" or "ringing" or "answered" or "completed",
                "RecordingStatusCallbackEvent" => value.Split(' ').All(word => word is "in-progress" or "completed" or "absent"),
                "RecordingChannels" => value is "mono" or "dual",
                "MachineDetection" => value is "Enable" or "DetectMessageEnd",
                "Timeout" => int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 5 and <= 600,
                "SendDigits" => Digits().IsMatch(value),
                "Beep" => value is "true" or "false" or "onEnter" or "onExit",
                "PauseBehavior" => value is "skip" or "silence",
                _ => true,
            };
            if (!holds)
                yield return $"{name} is nothing Twilio knows";
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"\\{(\w+)}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<=/Recordings/[^/]+)\.(wav|mp3)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Sound();

    [GeneratedRegex(@"^(\+[1-9]\d{6,14}|sip:[^@\s]+@\S+|client:[A-Za-z0-9_]{1,121})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex("^[0-9A-D#*wW]{1,32}$")]
    private static partial Regex Digits();
}
