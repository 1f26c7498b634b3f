using System.Collections.Concurrent;

namespace Callback.Web.Tests.Support;

/// <summary>
/// Keeps cookies as a browser does on the machine itself: Secure ones too, although the connection is plain HTTP
/// (<see cref="System.Net.CookieContainer"/> would never send those).
/// </summary>
public sealed class CookieJar : DelegatingHandler
{
    private readonly ConcurrentDictionary<string, string> cookies = new();

    public CookieJar()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
    }

    public string? this[string name]
    {
        get => cookies.GetValueOrDefault(name);
        set => cookies[name] = value ?? "";
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!cookies.IsEmpty)
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
                Keep(cookie);
        }
        return response;
    }

    private void Keep(string setCookie)
    {
        var pair = setCookie.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0)
            cookies.TryRemove(pair[0], out _);
        else
            cookies[pair[0]] = pair[1];
    }
}
