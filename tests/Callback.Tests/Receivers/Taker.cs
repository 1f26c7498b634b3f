using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Callback.Tests.Receivers;

/// <summary>A shop's program on the loopback address: keeps what it is told and answers as it was told to, else 204.</summary>
internal sealed class Taker : IDisposable
{
    private readonly HttpListener listener = new();

    public Taker()
    {
        // The listener can't choose a free port itself.
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/events";
        }
        listener.Prefixes.Add(Url[..^"events".Length]);
        listener.Start();
        _ = AnswerAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<int> Answers { get; } = [];

    public ConcurrentQueue<Told> Told { get; } = [];

    public void Dispose() => listener.Close();

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var headers = context.Request.Headers;
                Told.Enqueue(new(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body.ToArray()));
                context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : 204;
                context.Response.RedirectLocation = Url;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}

internal sealed record Told(string Id, string Timestamp, string Signature, byte[] Body);
