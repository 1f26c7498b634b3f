using System.Collections.Frozen;
using System.Net;
using System.Text.Json;

namespace Callback.Telephony.Twilio;

/// <summary>Which answers and faults say for certain that nothing was done.</summary>
internal static class TwilioRefusals
{
    /// <summary>Twilio's numbers that have a sentence of their own (Texts, <c>problem.twilio-refused-…</c>).</summary>
    public static readonly FrozenSet<int> Known =
        [13227, 20003, 20005, 20404, 20429, 21201, 21205, 21210, 21211, 21212, 21214, 21215, 21216, 21217, 21219, 21220, 32205];

    /// <summary>
    /// Statuses by which a request was turned away before anything was done. The other 4xx may come from something in between that has passed the request on
    /// (408, 499), or say that something was done already (409).
    /// </summary>
    private static readonly FrozenSet<int> TurnedAway = [400, 401, 403, 404, 405, 406, 411, 413, 414, 415, 422, 429];

    /// <returns>Null: the answer does not prove it.</returns>
    public static TwilioRefusal? Of(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        if (!TurnedAway.Contains((int)status))
            return null;
        var number = NumberIn(body);
        var known = number is { } given && Known.Contains(given) ? number : status switch
        {
            // Said with another number, or by something before Twilio that does not write its JSON.
            HttpStatusCode.Unauthorized => 20003,
            HttpStatusCode.NotFound => 20404,
            HttpStatusCode.TooManyRequests => 20429,
            _ => null,
        };
        return new(known is null ? "twilio-refused" : $"twilio-refused-{known}", number, (int)status, retryAfter);
    }

    /// <summary>No connection came about, so not a byte was sent.</summary>
    public static bool NeverConnected(HttpRequestException fault) => fault.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static int? NumberIn(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
