using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Callback.Telephony.Twilio;

/// <summary>Sends one request once and says what came of it.</summary>
internal sealed class TwilioHttp : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly HttpClient client;
    private readonly TimeProvider time;
    private readonly string root;

    public TwilioHttp(TwilioAccount account, TimeProvider time)
    {
        this.time = time;
        root = $"/2010-04-01/Accounts/{account.AccountSid}";
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !account.BaseAddress.IsLoopback,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        };
        client = new HttpClient(handler)
        {
            BaseAddress = account.BaseAddress,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 8 << 20,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var login = account is { ApiKey: { } key, ApiSecret: { } secret } ? $"{key}:{secret}" : $"{account.AccountSid}:{account.AuthToken}";
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <param name="path">Below the account, with a leading slash; or empty with an ending: the account itself.</param>
    public async Task<TwilioAnswer<T>> PostAsync<T>(string path, TwilioForm form, Deadline? deadline, Func<JsonElement, T> read)
    {
        var answer = await PostOnceAsync(path, form, deadline, read);
        // The control of the fault tests: what must never be done, to see that it would be seen.
        return TestBuild.RetryOnTimeout && answer is TwilioAnswer<T>.Lost ? await PostOnceAsync(path, form, null, read) : answer;
    }

    private async Task<TwilioAnswer<T>> PostOnceAsync<T>(string path, TwilioForm form, Deadline? deadline, Func<JsonElement, T> read)
    {
        using var body = new TimelyBody(form.ToBytes(), deadline);
        using var request = new HttpRequestMessage(HttpMethod.Post, root + path) { Content = body };
        return await SendAsync(request, body, read, CancellationToken.None);
    }

    public async Task<TwilioAnswer<T>> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, root + path);
        return await SendAsync(request, null, read, ct);
    }

    /// <summary>Asking for the same end twice does no harm, so a body-less request may be repeated by the connection.</summary>
    public async Task<TwilioAnswer<Done>> DeleteAsync(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, root + path);
        return await SendAsync(request, null, _ => default(Done), ct);
    }

    /// <returns>The answer's head; its body is still on its way.</returns>
    public async Task<TwilioAnswer<HttpResponseMessage>> OpenAsync(string path, RangeHeaderValue? range, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, root + path);
        request.Headers.Range = range;
        request.Headers.Accept.Clear();
        request.Headers.Accept.ParseAdd("*/*");
        return await GuardAsync<HttpResponseMessage>(null, async limit =>
        {
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            if (response.IsSuccessStatusCode)
                return new TwilioAnswer<HttpResponseMessage>.Ok(response);
            using (response)
                return Declined<HttpResponseMessage>(response, await response.Content.ReadAsStringAsync(limit));
        }, ct);
    }

    /// <summary>The page that follows one, if it is one of this account's lists.</summary>
    public string? PathBelowAccount(string nextPage) => nextPage.StartsWith(root + "/", StringComparison.Ordinal) ? nextPage[root.Length..] : null;

    public void Dispose() => client.Dispose();

    private Task<TwilioAnswer<T>> SendAsync<T>(HttpRequestMessage request, TimelyBody? body, Func<JsonElement, T> read, CancellationToken ct) => GuardAsync<T>(body, async limit =>
    {
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit);
        var text = await response.Content.ReadAsStringAsync(limit);
        if (!response.IsSuccessStatusCode)
            return Declined<T>(response, text);
        using var json = response.StatusCode == HttpStatusCode.NoContent ? JsonDocument.Parse("{}") : JsonDocument.Parse(text);
        return new TwilioAnswer<T>.Ok(read(json.RootElement));
    }, ct);

    private async Task<TwilioAnswer<T>> GuardAsync<T>(TimelyBody? body, Func<CancellationToken, Task<TwilioAnswer<T>>> send, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(ProtocolTimes.RequestLife, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await send(limit.Token);
        }
        catch (DeadlinePassedException)
        {
            return new TwilioAnswer<T>.Refused(TwilioRefusal.Deadline);
        }
        catch (HttpRequestException fault) when (TwilioRefusals.NeverConnected(fault) && body is not { Begun: true })
        {
            return new TwilioAnswer<T>.Refused(new("twilio-unreachable"));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            return new TwilioAnswer<T>.Lost(fault is HttpRequestException { HttpRequestError: var error } ? error.ToString() : fault.GetType().Name);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return new TwilioAnswer<T>.Lost("unreadable");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TwilioAnswer<T>.Lost("timeout");
        }
    }

    private TwilioAnswer<T> Declined<T>(HttpResponseMessage response, string body)
    {
        var retry = response.Headers.RetryAfter;
        var retryAfter = retry?.Delta ?? (retry?.Date is { } date ? date - time.GetUtcNow() : null);
        return TwilioRefusals.Of(response.StatusCode, body, retryAfter) is { } refusal
            ? new TwilioAnswer<T>.Refused(refusal)
            : new TwilioAnswer<T>.Lost($"status-{(int)response.StatusCode}") { RetryAfter = retryAfter };
    }

    /// <summary>A connection that takes too long is one that did not come about, which a time-out of the whole request could not say.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ConnectPatience);
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
