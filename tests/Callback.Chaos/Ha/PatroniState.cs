using System.Net.Http.Json;
using Callback.Chaos.Ground;

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
    private readonly HttpClient patient = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>By the first agent that answers; null: none.</summary>
    public async Task<ClusterView?> LookAsync()
    {
        foreach (var node in nodes)
            try
            {
                return await http.GetFromJsonAsync<ClusterView>(new Uri($"http://127.0.0.1:{node.ApiPort}/cluster"));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Killed or frozen: the other one knows as much.
            }
        return null;
    }

    public Task WaitAsync(string what, TimeSpan limit, Func<ClusterView, bool> so) =>
        Wait.UntilAsync(what, limit, async () => await LookAsync() is { } view && so(view), TimeSpan.FromMilliseconds(200), CancellationToken.None);

    /// <returns>The leader, and the other one.</returns>
    public async Task<(PatroniNode Leader, PatroniNode Standby)> RolesAsync(TimeSpan limit)
    {
        string? name = null;
        await WaitAsync("that there is a leader", limit, view => (name = view.Leader) is not null);
        return (nodes.Single(node => node.Name == name), nodes.Single(node => node.Name != name));
    }

    /// <summary>Hands the lead over in good order.</summary>
    /// <exception cref="InvalidOperationException">The agents refused.</exception>
    public async Task SwitchOverAsync(PatroniNode leader, PatroniNode candidate)
    {
        // As one piece: the agents want to know the length beforehand.
        using var wish = new StringContent($$"""{"leader":"{{leader.Name}}","candidate":"{{candidate.Name}}"}""");
        using var answer = await patient.PostAsync(new Uri($"http://127.0.0.1:{leader.ApiPort}/switchover"), wish);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The hand-over was refused: {await answer.Content.ReadAsStringAsync()}");
    }

    public void Dispose()
    {
        http.Dispose();
        patient.Dispose();
    }
}
