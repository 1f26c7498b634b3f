using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Callback.Telephony.Twilio;
using Callback.Web.Hosting;
using Callback.Web.Settings;
using Microsoft.Extensions.Logging;

namespace Callback.Chaos.Events;

/// <summary>Requests to the door of a real server that nobody but an intruder, or a provider gone mad, would send. None of them may change what is known of a call.</summary>
internal static class Forgeries
{
    private const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    private const string Token = "a-token-that-only-both-sides-know";

    private static readonly Uri PublicAddress = new("https://calls.example.com/behind/a/proxy");

    /// <summary>What is sent, and the only answer it may get.</summary>
    private static readonly (string Name, HttpStatusCode Answer)[] Kinds =
    [
        ("replayed", HttpStatusCode.NoContent),
        ("replayed-with-a-field-doubled", HttpStatusCode.NoContent),
        ("fields-run-together", HttpStatusCode.NoContent),
        ("call-of-nobody", HttpStatusCode.NoContent),
        ("no-signature", HttpStatusCode.Forbidden),
        ("signature-of-another-token", HttpStatusCode.Forbidden),
        ("signature-with-a-letter-changed", HttpStatusCode.Forbidden),
        ("another-account", HttpStatusCode.Forbidden),
        ("another-status", HttpStatusCode.Forbidden),
        ("another-number", HttpStatusCode.Forbidden),
        ("another-call-id", HttpStatusCode.Forbidden),
        ("another-attempt", HttpStatusCode.Forbidden),
        ("another-shop", HttpStatusCode.Forbidden),
        ("another-kind", HttpStatusCode.Forbidden),
        ("a-field-doubled", HttpStatusCode.Forbidden),
        ("ten-megabytes", HttpStatusCode.RequestEntityTooLarge),
    ];

    public static void Account(CallbackSettings settings)
    {
        var twilio = settings.Telephony.Twilio;
        (twilio.AccountSid, twilio.AuthToken, twilio.PublicAddress) = (AccountSid, Token, PublicAddress);
    }

    /// <param name="each">So many of each kind.</param>
    public static async Task<(int Sent, IReadOnlyList<string> Faults)> RunAsync(Stage stage, EventStorm storm, IReadOnlyList<ToldCall> calls, int each, int seed, CancellationToken ct)
    {
        var before = await storm.HashesAsync(calls, ct);
        var faults = new ConcurrentBag<string>();
        await using var app = Server.Build(stage.Ground, builder => builder.Logging.ClearProviders());
        await app.StartAsync(ct);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };
        await Parallel.ForEachAsync(Enumerable.Range(0, each * Kinds.Length), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (number, stop) =>
        {
            var (name, answer) = Kinds[number % Kinds.Length];
            // A large body is large work for this side only: a few of them say it all.
            if (name == "ten-megabytes" && number / Kinds.Length >= 20)
                return;
            using var request = Make(name, stage.Get<TwilioAddresses>(), storm, calls, new Random(HashCode.Combine(seed, number)));
            var got = await SendAsync(http, request, stop);
            if (got != answer)
                faults.Add($"{name} (seed {seed}, number {number}) was answered {(int)got} instead of {(int)answer}");
        });
        await storm.WorkAsync(ct);
        await app.StopAsync(ct);
        var after = await storm.HashesAsync(calls, ct);
        foreach (var call in calls.Where(call => after[call.AttemptId] != before[call.AttemptId]))
            faults.Add($"{call} was changed by a forged request");
        return ((each * (Kinds.Length - 1)) + Math.Min(each, 20), [.. faults.Order(StringComparer.Ordinal)]);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var got = await http.SendAsync(request, ct);
            return got.StatusCode;
        }
        catch (HttpRequestException) when (request.Headers.TransferEncodingChunked == true)
        {
            // Hung up on in the middle of a body whose length was not told.
            return HttpStatusCode.RequestEntityTooLarge;
        }
    }

    private static HttpRequestMessage Make(string kind, TwilioAddresses addresses, EventStorm storm, IReadOnlyList<ToldCall> calls, Random dice)
    {
        var call = calls[dice.Next(calls.Count)];
        var other = calls.First(one => one != call);
        var form = Form(call, storm, dice.Next(4));
        var good = addresses.Of(storm.Of, call.AttemptId, HookKind.Status);
        return kind switch
        {
            "replayed" => Request(good, form, Sign(good, form)),
            "replayed-with-a-field-doubled" => Request(good, [.. form, form[dice.Next(form.Count)]], Sign(good, form)),
            // The signed text is names and values without a mark between them, so these are signed well and say nothing.
            "fields-run-together" => Request(good, RunTogether(form), Sign(good, form)),
            "call-of-nobody" => Signed(good, Changed(form, "CallSid", $"CA{new string('f', 32)}")),
            "no-signature" => Request(good, form, null),
            "signature-of-another-token" => Request(good, form, Sign(good, form, Token + "x")),
            "signature-with-a-letter-changed" => Request(good, form, OneLetterOff(Sign(good, form), dice)),
            "another-account" => Signed(good, Changed(form, "AccountSid", "AC" + new string('9', 32))),
            "another-status" => Request(good, Changed(form, "CallStatus", dice.Next(2) == 0 ? "failed" : "busy"), Sign(good, form)),
            "another-number" => Request(good, Changed(form, "To", "+8613900139001"), Sign(good, form)),
            "another-call-id" => Request(good, Changed(form, "CallSid", other.CallId), Sign(good, form)),
            "another-attempt" => Signed(Replaced(good, call.AttemptId.ToString("N"), other.AttemptId.ToString("N")), form),
            "another-shop" => Signed(Replaced(good, $"/{storm.Of}/", "/other/"), form),
            "another-kind" => Signed(Replaced(good, "/status", "/amd"), form),
            "a-field-doubled" => Request(good, [.. form, new("CallStatus", "failed")], Sign(good, form)),
            "ten-megabytes" => Large(good, form, chunked: dice.Next(2) == 0),
            _ => throw new ArgumentException(kind),
        };

        HttpRequestMessage Signed(Uri url, IReadOnlyList<KeyValuePair<string, string>> fields) => Request(url, fields, Sign(url, fields));
    }

    private static List<KeyValuePair<string, string>> Form(ToldCall call, EventStorm storm, int place) =>
        [.. call.FormAt(place, storm.GatedAt), new("To", "+8613900139000"), new("AccountSid", AccountSid)];

    private static HttpRequestMessage Request(Uri url, IEnumerable<KeyValuePair<string, string>> form, string? signature)
    {
        // The door stands elsewhere than the provider thinks, as behind a proxy.
        var request = new HttpRequestMessage(HttpMethod.Post, url.AbsolutePath[PublicAddress.AbsolutePath.Length..]) { Content = new FormUrlEncodedContent(form) };
        if (signature is not null)
            request.Headers.Add(TwilioSignature.Header, signature);
        return request;
    }

    private static HttpRequestMessage Large(Uri url, IReadOnlyList<KeyValuePair<string, string>> form, bool chunked)
    {
        List<KeyValuePair<string, string>> fields = [.. form, new("More", new string('x', 10 * 1024 * 1024))];
        var request = Request(url, fields, Sign(url, fields));
        request.Headers.TransferEncodingChunked = chunked;
        // So that the answer is heard before the body is sent, and not as a connection that breaks.
        request.Headers.ExpectContinue = !chunked;
        return request;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Twilio signs with HMAC-SHA1.")]
    private static string Sign(Uri url, IEnumerable<KeyValuePair<string, string>> form, string token = Token) => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.UTF8.GetBytes(token),
        Encoding.UTF8.GetBytes(url.AbsoluteUri + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)))));

    private static List<KeyValuePair<string, string>> Changed(IEnumerable<KeyValuePair<string, string>> form, string name, string value) =>
        [.. form.Select(field => field.Key == name ? new(name, value) : field)];

    private static KeyValuePair<string, string>[] RunTogether(IEnumerable<KeyValuePair<string, string>> form)
    {
        var sorted = form.OrderBy(field => field.Key, StringComparer.Ordinal).ToList();
        var place = sorted.FindIndex(field => field.Key == "CallStatus");
        var (status, next) = (sorted[place], sorted[place + 1]);
        return [.. sorted[..place], new(status.Key, status.Value + next.Key + next.Value), .. sorted[(place + 2)..]];
    }

    private static string OneLetterOff(string signature, Random dice)
    {
        var place = dice.Next(signature.Length - 2);
        return signature[..place] + (signature[place] == 'x' ? 'y' : 'x') + signature[(place + 1)..];
    }

    private static Uri Replaced(Uri url, string part, string by) => new(url.AbsoluteUri.Replace(part, by, StringComparison.Ordinal));
}
