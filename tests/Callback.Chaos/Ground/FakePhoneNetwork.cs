using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Callback.Chaos.Ground;

/// <summary>The provider and all phones, as a process of its own that shares no code with the program. Its log is the first witness.</summary>
internal sealed class FakePhoneNetwork : IAsyncDisposable
{
    /// <summary>The number that customers see.</summary>
    public const string CallerId = "+15005550006";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly HttpClient http;

    private FakePhoneNetwork(Process process, Uri address, string log, string accountSid, string token)
    {
        (this.process, Address, LogFile, AccountSid, AuthToken) = (process, address, log, accountSid, token);
        http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    /// <summary>One JSON line for each call that was asked for, dialled, rang, ended.</summary>
    public string LogFile { get; }

    public string AccountSid { get; }

    public string AuthToken { get; }

    /// <param name="run">Where its log is kept.</param>
    /// <param name="listLag">How far its lists are behind.</param>
    public static async Task<FakePhoneNetwork> StartAsync(RunFolder run, TimeSpan listLag)
    {
        var (sid, token) = ("AC" + RandomNumberGenerator.GetHexString(32, lowercase: true), RandomNumberGenerator.GetHexString(32, lowercase: true));
        var (said, log) = (run.File("fake-twilio.out"), run.File("rings.log"));
        var address = new Uri($"http://127.0.0.1:{Places.FreePort()}");
        var process = Shell.Launch(
            [Places.FakeTwilio, "--urls", address.AbsoluteUri.TrimEnd('/'), "--account-sid", sid, "--auth-token", token, "--own-number", CallerId, "--log", log,
                "--list-lag", listLag.ToString("c", CultureInfo.InvariantCulture), "--end-with", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
            said);
        var network = new FakePhoneNetwork(process, address, log, sid, token);
        await Wait.UntilAsync("the start of the phone network", Patience, network.AnswersAsync);
        return network;
    }

    /// <summary>What phones do, as in FakeTwilio's script files.</summary>
    public Task ScriptAsync(object script) => SendAsync(HttpMethod.Put, "script", script);

    /// <summary>Standing trouble from now on, as FakeTwilio's Weather.</summary>
    public Task WeatherAsync(object weather) => SendAsync(HttpMethod.Put, "weather", weather);

    /// <summary>Nothing goes wrong any more, and what was held back is delivered.</summary>
    public Task ClearAsync() => SendAsync(HttpMethod.Delete, "faults", null);

    /// <summary>One fault, as FakeTwilio's RequestFault.</summary>
    public Task FaultAsync(object fault) => SendAsync(HttpMethod.Post, "faults", fault);

    /// <summary>One fault of a webhook, as FakeTwilio's WebhookFault.</summary>
    public Task WebhookFaultAsync(object fault) => SendAsync(HttpMethod.Post, "webhook-faults", fault);

    /// <summary>The called side hangs up; nothing, if the call is over.</summary>
    public async Task HangUpAsync(string call)
    {
        using var answer = await http.PostAsync(new Uri($"/_fake/calls/{call}/hangup", UriKind.Relative), null);
    }

    /// <summary>What the controls show under this path, such as <c>calls</c> or <c>errors</c>.</summary>
    public async Task<JsonElement> SeeAsync(string path) => await http.GetFromJsonAsync<JsonElement>(new Uri("/_fake/" + path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            Signals.KillNow(process.Id);
            await Wait.ExitAsync(process, Patience);
        }
        Shell.Forget(process);
        process.Dispose();
    }

    private async Task SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri("/_fake/" + path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The phone network refused {path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<bool> AnswersAsync()
    {
        if (process.HasExited)
            throw new InvalidOperationException("The phone network ended at its start; see fake-twilio.out.");
        try
        {
            using var answer = await http.GetAsync(new Uri("/_fake/health", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (WireTrouble.Is(e))
        {
            return false;
        }
    }
}
