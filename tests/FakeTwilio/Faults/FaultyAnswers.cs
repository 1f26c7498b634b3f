using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using TwilioFake.Network;
using TwilioFake.Rest;

namespace TwilioFake.Faults;

/// <summary>Stands before the API: writes down what is asked and spoils answers as ordered.</summary>
internal sealed class FaultyAnswers(World world, FaultBook faults, RingLog rings)
{
    private readonly List<SeenRequest> seen = [];

    public IReadOnlyList<SeenRequest> Seen
    {
        get
        {
            lock (seen)
                return [.. seen];
        }
    }

    public void Clear()
    {
        lock (seen)
            seen.Clear();
    }

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var form = await Api.ReadAsync(http);
        if (Storm.IsCreating(http.Request.Method, http.Request.Path))
            rings.Asked(form, world.Now);
        var fault = faults.For(http.Request.Method, http.Request.Path, form);
        var client = http.Response.Body;
        await using var kept = new MemoryStream();
        http.Response.Body = kept;
        if (fault is { PlacedAfter.Ticks: > 0 })
            await Task.Delay(fault.PlacedAfter, world.Time, CancellationToken.None);
        if (fault is null or { Placed: true, Status: not 429 })
            await next(http);
        http.Response.Body = client;
        var body = Spoil(http, fault, kept.ToArray());
        var head = Head(http.Response, body.Length);
        Note(http, form, head.Length + body.Length, fault is not null);
        if (fault is { Delay.Ticks: > 0 })
            await Task.Delay(fault.Delay, world.Time, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fault?.ResetAfter is { } bytes)
            await ResetAsync(http, [.. head, .. body], bytes);
        else
            await SendAsync(http, body);
    }

    private static async Task SendAsync(HttpContext http, byte[] body)
    {
        if (http.Response.StatusCode == StatusCodes.Status204NoContent)
            return;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] Spoil(HttpContext http, RequestFault? fault, byte[] body)
    {
        if (fault?.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = $"{seconds}";
        if (fault is { Placed: false, Status: null, ResetAfter: null })
            fault = fault with { Status = 500 };
        if (fault?.Status is not { } status)
            return body;
        http.Response.StatusCode = status;
        http.Response.ContentType = fault.Html ? "text/html" : "application/json; charset=utf-8";
        var code = fault.Code ?? status switch { 429 => 20429, 401 => 20003, 404 => 20404, _ => 20500 };
        return Encoding.UTF8.GetBytes(fault.Html
            ? $"<html><head><title>{status}</title></head><body><h1>{status} {ReasonPhrases.GetReasonPhrase(status)}</h1></body></html>"
            : Answers.Error(code, ReasonPhrases.GetReasonPhrase(status), status).ToJsonString());
    }

    /// <summary>The head as it goes out: a reset may cut it anywhere.</summary>
    private static byte[] Head(HttpResponse response, int length)
    {
        var head = new StringBuilder($"HTTP/1.1 {response.StatusCode} {ReasonPhrases.GetReasonPhrase(response.StatusCode)}\r\n");
        foreach (var (name, value) in response.Headers.Where(header => header.Key != "Content-Length"))
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.Latin1.GetBytes(head.Append("Content-Length: ").Append(length).Append("\r\n\r\n").ToString());
    }

    /// <summary>Writes to the socket itself, because the server would only ever send whole answers; then closes it hard.</summary>
    private static async Task ResetAsync(HttpContext http, byte[] answer, int bytes)
    {
        var socket = http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        await socket.SendAsync(answer.AsMemory(0, Math.Min(bytes, answer.Length)), http.RequestAborted);
        http.Abort();
    }

    private void Note(HttpContext http, Form form, int bytes, bool spoiled)
    {
        var path = http.Request.Path + http.Request.QueryString;
        lock (seen)
            seen.Add(new(world.Now, http.Request.Method, path, form.Pairs, http.Response.StatusCode, bytes, spoiled));
        world.Pulse();
    }
}
