using System.Net.Http.Json;

namespace Callback.Chaos.Ha;

/// <param name="Role">leader, sync_standby, replica.</param>
/// <param name="State">running, streaming, …</param>
internal sealed record Member(string Name, string Role, string State);

internal sealed record ClusterView(IReadOnlyList<Member> Members)
{
    public string? Leader => Members.FirstOrDefault(member => member is { Role: "leader", State: "running" })?.Name;

    /// <summary>Leader and synchronous standby: the next failover loses nothing.</summary>
    public bool Whole => Leader is not null && Members.Any(member => member is { Role: "sync_standby", State: "running" or "streaming" });
}

/// <summary>What the agents say of the cluster.</summary>
internal sealed class PatroniState(IReadOnlyList<PatroniNode> nodes) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>By the first agent that answers; null: none.</summary>
    public async Task<ClusterView?> LookAsync(CancellationToken ct)
    {
        foreach (var node in nodes)
            try
            {
                return await http.GetFromJsonAsync<ClusterView>($"http://127.0.0.1:{node.ApiPort}/cluster", ct);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                // Killed or frozen: the other one knows as much.
            }
        return null;
    }

    public async Task<PatroniNode> LeaderAsync(TimeSpan limit, CancellationToken ct)
    {
        ClusterView? view = null;
        await Patiently.UntilAsync(limit, "a leader", async () => (view = await LookAsync(ct))?.Leader is not null, ct);
        return nodes.Single(node => node.Name == view!.Leader);
    }

    public Task<TimeSpan> WaitAsync(TimeSpan limit, string what, Func<ClusterView, bool> isSo, CancellationToken ct) =>
        Patiently.UntilAsync(limit, what, async () => await LookAsync(ct) is { } view && isSo(view), ct);

    /// <summary>Hands the lead over in good order.</summary>
    /// <exception cref="InvalidOperationException">The agents refused.</exception>
    public async Task SwitchOverAsync(PatroniNode leader, PatroniNode candidate, CancellationToken ct)
    {
        using var patient = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        // As one piece: the agents want to know the length beforehand.
        using var wish = new StringContent($$"""{"leader":"{{leader.Name}}","candidate":"{{candidate.Name}}"}""");
        using var answer = await patient.PostAsync(new Uri($"http://127.0.0.1:{leader.ApiPort}/switchover"), wish, ct);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The hand-over was refused: {await answer.Content.ReadAsStringAsync(ct)}");
    }

    public void Dispose() => http.Dispose();
}
