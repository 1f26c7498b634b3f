using System.Net.Sockets;
using TwilioFake.Network;

namespace TwilioFake.Webhooks;

/// <summary>Makes the signed requests to the customer's server and writes each down.</summary>
internal sealed class Postman : IDisposable
{
    // A webhook waits at most 15 s for its answer, so no request can outlive its listing.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });
    private readonly World world;
    private readonly List<SentWebhook> sent = [];

    public Postman(World world) => this.world = world;

    public IReadOnlyList<SentWebhook> Sent
    {
        get
        {
            lock (sent)
                return [.. sent];
        }
    }

    /// <summary>Delivers with the retries that its address asks for.</summary>
    public async Task<Delivery> DeliverAsync(Webhook webhook, int firstTry, string token, CancellationToken ct)
    {
        var how = Overrides.Of(webhook.Url);
        var clock = TimeProvider.System.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            var left = how.Total - TimeProvider.System.GetElapsedTime(clock);
            var delivery = left > TimeSpan.Zero ? await TryAsync(webhook, how, token, left < how.Read ? left : how.Read, ct) : new Delivery(null, "time-out", "");
            Note(webhook, firstTry + tries, delivery);
            if (tries >= how.Retries || left <= TimeSpan.Zero || !how.Again(delivery.Status, delivery.Failure))
                return delivery;
        }
    }

    /// <summary>Writes down a webhook that was lost on purpose.</summary>
    public void Lost(Webhook webhook) => Note(webhook, 1, new Delivery(null, "lost", ""));

    public void Clear()
    {
        lock (sent)
            sent.Clear();
    }

    public void Dispose() => http.Dispose();

    /// <summary>One request, without a note: also for webhooks that a test makes up.</summary>
    public async Task<HttpResponseMessage> SendAsync(string url, string method, IReadOnlyList<KeyValuePair<string, string>> form, string signature, string idempotency, CancellationToken ct)
    {
        var get = method == "GET";
        using var body = new FormUrlEncodedContent(form);
        var address = get ? url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + await body.ReadAsStringAsync(ct) : url;
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = get ? null : body };
        request.Headers.Add("X-Twilio-Signature", signature);
        request.Headers.Add("I-Twilio-Idempotency-Token", idempotency);
        request.Headers.Add("User-Agent", "TwilioProxy/1.1");
        return await http.SendAsync(request, ct);
    }

    private async Task<Delivery> TryAsync(Webhook webhook, Overrides how, string token, TimeSpan limit, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit);
        try
        {
            var signature = await SignAsync(webhook, how.Url, token);
            using var response = await SendAsync(how.Url, webhook.Method, webhook.Form, signature, webhook.Token, late.Token);
            return new Delivery((int)response.StatusCode, null, await response.Content.ReadAsStringAsync(late.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Delivery(null, "time-out", "");
        }
        catch (HttpRequestException failure)
        {
            return new Delivery(null, failure.InnerException is SocketException ? "connect" : "reset", "");
        }
    }

    /// <summary>A GET is signed with its parameters in the address, a POST with them in the form.</summary>
    private static async Task<string> SignAsync(Webhook webhook, string url, string token)
    {
        if (webhook.Method != "GET")
            return Signature.Of(token, url, webhook.Form);
        using var query = new FormUrlEncodedContent(webhook.Form);
        return Signature.Of(token, url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + await query.ReadAsStringAsync(), []);
    }

    private void Note(Webhook webhook, int nth, Delivery delivery)
    {
        lock (sent)
            sent.Add(new(world.Now, webhook.Kind, webhook.Event, webhook.CallSid, webhook.Url, webhook.Form, nth, delivery.Status, delivery.Failure, webhook.Token));
        if (!delivery.Good)
        {
            lock (world.Gate)
                world.Errors.Add($"11200 {webhook.Kind} {webhook.Event} {webhook.CallSid}: {delivery.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? delivery.Failure}");
        }
        world.Pulse();
    }
}
