using System.Net;
using System.Text.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>The agent's own phone: set once, connected before the first dial, connected anew when it is gone or its room is taken.</summary>
internal sealed class AgentPhone(string number)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    private bool set;
    private bool ready;

    /// <summary>The program says it is not there.</summary>
    public void Lost() => ready = false;

    /// <summary>Connects it if it is not.</summary>
    public async Task<bool> ReadyAsync(DeskHttp http, CancellationToken stop)
    {
        if (ready)
            return true;
        if (!set)
            set = (await http.SendAsync(HttpMethod.Put, "/api/v1/desk/phone/leg", new { kind = "Phone", address = number, keepOpen = true }, stop)).Status == HttpStatusCode.NoContent;
        return set && await ConnectAsync(http, stop);
    }

    /// <summary>Hangs it up and connects it into another room.</summary>
    public async Task AnewAsync(DeskHttp http, CancellationToken stop)
    {
        ready = false;
        if ((await http.SendAsync(HttpMethod.Delete, "/api/v1/desk/phone", null, stop)).Status == HttpStatusCode.NoContent)
            await ConnectAsync(http, stop);
    }

    private async Task<bool> ConnectAsync(DeskHttp http, CancellationToken stop)
    {
        if ((await http.SendAsync(HttpMethod.Post, "/api/v1/desk/phone", new { }, stop)).Status != HttpStatusCode.OK)
            return false;
        for (var until = Wait.Now + Longest; Wait.Now < until && !stop.IsCancellationRequested;)
        {
            var seen = await http.SendAsync(HttpMethod.Get, "/api/v1/desk/phone", null, stop);
            if (seen.Status == HttpStatusCode.OK && seen.Body.GetProperty("ready").GetBoolean())
                return ready = true;
            if (seen.Status == HttpStatusCode.OK && seen.Body.GetProperty("bridge") is { ValueKind: JsonValueKind.Object } bridge && bridge.GetProperty("state").GetString() == "Gone")
                return false;
            await Wait.QuietlyAsync(TimeSpan.FromMilliseconds(300), stop);
        }
        return false;
    }
}
