using System.Security.Cryptography;
using System.Text;
using TwilioFake.Network;

namespace TwilioFake.Rest;

/// <summary>What all resources share: who may ask, and the form that came.</summary>
internal static class Api
{
    private static readonly string[] Whole = ["Timeout", "TimeLimit", "MachineDetectionTimeout", "MachineDetectionSpeechThreshold", "MachineDetectionSilenceTimeout"];
    private static readonly string[] CallEvents = ["initiated", "ringing", "answered", "completed"];

    public static Form FormOf(HttpContext http) => (Form)http.Items[typeof(Form)]!;

    /// <summary>Reads the form once, before anything else looks at the request. A body that is not a form has no parameters.</summary>
    public static async Task<Form> ReadAsync(HttpContext http)
    {
        var form = new Form([]);
        if (http.Request.HasFormContentType)
        {
            var read = await http.Request.ReadFormAsync(http.RequestAborted);
            form = new Form(read.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))));
        }
        http.Items[typeof(Form)] = form;
        return form;
    }

    /// <summary>Account SID and token, or an API key and its secret.</summary>
    public static bool Knows(FakeTwilioOptions options, string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.Ordinal) != true)
            return false;
        var given = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization["Basic ".Length..], given, out var length))
            return false;
        return Same(given.AsSpan(0, length), $"{options.AccountSid}:{options.AuthToken}") || Same(given.AsSpan(0, length), $"{options.ApiKey}:{options.ApiSecret}");
    }

    public static IResult? WrongParameters(Form asked, int leastTimeout)
    {
        foreach (var key in Whole)
        {
            if (asked[key] is { } text && asked.Number(key) is null)
                return Answers.Refused(20001, $"{key} is not a whole number: {text}");
        }
        if (asked.Number("Timeout") is { } timeout && (timeout < leastTimeout || timeout > 600))
            return Answers.Refused(20001, $"Timeout is not in {leastTimeout} to 600: {timeout}");
        if (asked.All("StatusCallbackEvent").FirstOrDefault(name => !CallEvents.Contains(name)) is { } unknown)
            return Answers.Refused(21626, $"Invalid StatusCallbackEvent: {unknown}");
        if (asked["StatusCallback"] is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Contains('_', StringComparison.Ordinal)))
            return Answers.Refused(21609, $"Invalid StatusCallback: {url}");
        if (asked["SendDigits"] is { } digits && (digits.Length > 32 || digits.Any(key => !"0123456789ABCD#*,wW".Contains(key, StringComparison.Ordinal))))
            return Answers.Refused(13225, $"Invalid SendDigits: {digits}");
        return asked["MachineDetection"] is { } mode and not ("Enable" or "DetectMessageEnd") ? Answers.Refused(20001, $"Invalid MachineDetection: {mode}") : null;
    }

    private static bool Same(ReadOnlySpan<byte> given, string wanted) => CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(wanted));
}
