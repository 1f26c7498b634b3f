using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Callback.Web.Tests.Fakes;

/// <summary>The server that webhooks go to: keeps what came, and answers what it is told.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private Listener(WebApplication app) => this.app = app;

    /// <summary>The status, and the body, by path and how often it was asked; 204 by default.</summary>
    public Func<string, int, (int Status, string Body)> Answers { get; set; } = (_, _) => (204, "");

    public IReadOnlyList<Received> Received => [.. received];

    public static async Task<Listener> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new Listener(app);
        app.Run(listener.TakeAsync);
        await app.StartAsync();
        return listener;
    }

    public string Url(string path) => app.Urls.First() + path;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        var pairs = form.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))).ToList();
        received.Enqueue(new(http.Request.Method, http.Request.Path, pairs, http.Request.Headers["X-Twilio-Signature"].ToString(), http.Request.Headers["I-Twilio-Idempotency-Token"].ToString()));
        var (status, body) = Answers(http.Request.Path, received.Count(other => other.Path == http.Request.Path));
        http.Response.StatusCode = status;
        if (status == 204)
            return;
        http.Response.ContentType = "text/xml";
        await http.Response.WriteAsync(body);
    }
}

internal sealed record Received(string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Form, string Signature, string Token)
{
    public string this[string key] => Form.FirstOrDefault(pair => pair.Key == key).Value ?? "";
}
