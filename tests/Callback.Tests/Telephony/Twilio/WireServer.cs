using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>A request as it arrived.</summary>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Length">Of head and body, in bytes.</param>
public sealed record WireRequest(string Verb, string Target, IReadOnlyDictionary<string, string> Headers, string Body, int Length)
{
    public string Path => Target.Split('?')[0];

    public IReadOnlyList<KeyValuePair<string, string>> Query => Target.Contains('?', StringComparison.Ordinal) ? Pairs(Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..]) : [];

    public IReadOnlyList<KeyValuePair<string, string>> Form => Pairs(Body);

    public IEnumerable<string> Values(string name) => Form.Where(field => field.Key == name).Select(field => field.Value);

    private static List<KeyValuePair<string, string>> Pairs(string text) =>
    [
        .. text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(WebUtility.UrlDecode(part[0]), WebUtility.UrlDecode(part.Length > 1 ? part[1] : ""))),
    ];
}

/// <summary>What goes back, to the byte.</summary>
/// <param name="ResetAfter">So many bytes are sent, then the connection is reset; null: all of them.</param>
/// <param name="Gently">It is not reset but closed.</param>
/// <param name="Close">The connection ends after it.</param>
public sealed record WireAnswer(byte[] Bytes, int? ResetAfter = null, bool Gently = false, bool Close = false)
{
    public static WireAnswer Of(int status, string body, string headers = "", string type = "application/json") => new(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}")));

    public static WireAnswer NoContent => new("HTTP/1.1 204 X\r\n\r\n"u8.ToArray());
}

/// <summary>An HTTP server down to its sockets: it notes what arrives and answers, or breaks, exactly as told.</summary>
public sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<WireRequest> requests = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly Func<WireRequest, WireAnswer> answer;
    private readonly Task accepting;
    private int accepted;

    public WireServer(Func<WireRequest, WireAnswer> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public IReadOnlyList<WireRequest> Requests => [.. requests];

    public int Connections => Volatile.Read(ref accepted);

    /// <summary>Only so much of each request is read before the connection is reset; null: all of it.</summary>
    public int? ReadAtMost { get; set; }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections);
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(end.Token);
                Interlocked.Increment(ref accepted);
                connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        using (socket)
        {
            try
            {
                while (await ReadAsync(socket) is { } request)
                {
                    requests.Enqueue(request);
                    var reply = answer(request);
                    await socket.SendAsync(reply.Bytes.AsMemory(0, reply.ResetAfter ?? reply.Bytes.Length), end.Token);
                    if (reply is { ResetAfter: not null, Gently: false })
                        Reset(socket);
                    if (reply.ResetAfter is not null || reply.Close)
                        return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    /// <returns>Null: the connection ended, or was reset as wished.</returns>
    private async Task<WireRequest?> ReadAsync(Socket socket)
    {
        var bytes = new byte[65536];
        var length = 0;
        while (true)
        {
            var room = Math.Min(bytes.Length, ReadAtMost ?? bytes.Length) - length;
            if (room == 0)
            {
                Reset(socket);
                return null;
            }
            var read = await socket.ReceiveAsync(bytes.AsMemory(length, room), end.Token);
            if (read == 0)
                return null;
            length += read;
            if (ReadAtMost is null && Parse(Encoding.UTF8.GetString(bytes, 0, length)) is { } request)
                return request;
        }
    }

    private static WireRequest? Parse(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return null;
        var lines = text[..head].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);
        var body = text[(head + 4)..];
        if (headers.TryGetValue("Content-Length", out var length) && body.Length < int.Parse(length, CultureInfo.InvariantCulture))
            return null;
        var first = lines[0].Split(' ');
        return new(first[0], first[1], headers, body, text.Length);
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
