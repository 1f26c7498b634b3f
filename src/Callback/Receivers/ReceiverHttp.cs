using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Callback.Receivers;

/// <summary>
/// Sends one event once: to a public address that is looked up and connected to in one step, so that the name cannot mean another machine a moment later; no
/// redirect is followed and no answer is read.
/// </summary>
public sealed class ReceiverHttp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ReceiverOptions options;
    private readonly HttpClient client;

    public ReceiverHttp(ReceiverOptions options)
    {
        this.options = options;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    /// <returns>The status; or in one word why there was none.</returns>
    internal async Task<string> SendAsync(DueDelivery due, string secret, DateTimeOffset now, CancellationToken ct)
    {
        var body = due.Body();
        using var request = new HttpRequestMessage(HttpMethod.Post, due.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("Callback/1");
        request.Headers.Add("webhook-id", due.EventId.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", EventSignature.Of(secret, due.EventId, now, body));
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException fault)
        {
            return fault.GetBaseException() is PrivateAddressException ? "private-address" : fault.HttpRequestError.ToString();
        }
        catch (SocketException fault)
        {
            // A connection that breaks while it is being made comes out as it is.
            return fault.SocketErrorCode.ToString();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "timeout";
        }
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        // One bad address is enough: a name that means both is a trick.
        if (!options.AllowPrivate && !addresses.All(PublicAddressPolicy.IsPublic))
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException : Exception;
}
