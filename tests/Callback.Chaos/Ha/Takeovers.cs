using Callback.Chaos.Ground;
using Callback.Chaos.Storms;
using Npgsql;

namespace Callback.Chaos.Ha;

/// <summary>One change of the leader, as the harness saw it.</summary>
/// <param name="What">power, frozen agent, hand-over, etcd.</param>
/// <param name="Struck">When it was done.</param>
/// <param name="Promoted">When there was a leader again.</param>
/// <param name="Asked">When the operator was at the point of adopting it.</param>
/// <param name="Adopted">When it was adopted.</param>
/// <param name="Dialing">When the first customer was dialed after that.</param>
internal sealed record Takeover(string What, DateTimeOffset Struck, DateTimeOffset Promoted, DateTimeOffset Asked, DateTimeOffset Adopted, DateTimeOffset Dialing)
{
    public TimeSpan Recovery => Dialing - Promoted;
}

/// <summary>Takes the leader away in every way there is, lets the operator adopt the new one, and waits until customers are dialed again.</summary>
internal sealed class Takeovers(Storm storm, HaCluster cluster, Dice dice)
{
    /// <summary>Patroni's ttl is 10 s; a standby needs about as long again to rewind and follow.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private const int CallsBetween = 20;

    private readonly List<Takeover> done = [];
    private readonly List<string> faults = [];

    public IReadOnlyList<Takeover> Done => done;

    public IReadOnlyList<string> Faults => faults;

    /// <summary>Leader kills with frozen agents among them, then hand-overs, then the referee goes away.</summary>
    public async Task RunAsync(int kills, int handOvers, TimeSpan etcdDown)
    {
        if (await CancelledCommit.TryAsync(cluster) is { } trap)
            faults.Add(trap);
        for (var kill = 0; kill < kills; kill++)
            await (kill % 3 == 1 ? TakeAsync("frozen agent", FreezeAsync) : TakeAsync("power", KillAsync));
        for (var handOver = 0; handOver < handOvers; handOver++)
            await TakeAsync("hand-over", cluster.State.SwitchOverAsync);
        if (etcdDown > TimeSpan.Zero)
            await TakeAsync("etcd", (_, _) => WithoutEtcdAsync(etcdDown));
    }

    private async Task TakeAsync(string what, Func<PatroniNode, PatroniNode, Task> act)
    {
        await cluster.State.WaitAsync("that the standby follows again", Limit, view => view.Whole);
        await Wait.ForAsync(dice.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)));
        // The first gate of an installation writes down which server is the known one.
        await DialedAsync(Wait.Now, CallsBetween);
        var (leader, standby) = await cluster.State.RolesAsync(Limit);
        var before = await TimelineAsync();
        storm.Ledger.Did(what, leader.Name);
        var struck = Wait.Now;
        await act(leader, standby);
        int? now = null;
        await Wait.UntilAsync("that HAProxy leads to a promoted leader", Limit, async () => (now = await TimelineAsync()) > before);
        var promoted = Wait.Now;
        storm.Ledger.Did("promoted", now);
        leader.Revive();
        await AdoptAsync(what, struck, promoted);
    }

    private async Task AdoptAsync(string what, DateTimeOffset struck, DateTimeOffset promoted)
    {
        // A moment to see that nobody is dialed until the word is given.
        await Wait.ForAsync(TimeSpan.FromSeconds(2));
        var asked = Wait.Now;
        await Wait.UntilAsync("that the new leader is adopted", Limit, async () =>
        {
            var (code, output, error) = await storm.Arena.VerbAsync("adopt", "--nothing-lost", "--json");
            storm.Ledger.Did("adopt", new { code, output, error });
            return code == 0;
        });
        var adopted = Wait.Now;
        var early = await GatedAsync(promoted + TimeSpan.FromSeconds(0.5), asked);
        if (early > 0)
            faults.Add($"{early} gates passed on the new leader before it was adopted ({what} at {struck:O})");
        done.Add(new(what, struck, promoted, asked, adopted, await DialedAsync(adopted, 1)));
    }

    /// <returns>When the first of them was dialed.</returns>
    private async Task<DateTimeOffset> DialedAsync(DateTimeOffset since, int calls)
    {
        IReadOnlyList<DateTimeOffset> dialed = [];
        await Wait.UntilAsync($"{calls} calls", Limit, () =>
        {
            dialed = [.. storm.Ledger.Dialed.Values.Where(at => at > since)];
            return Task.FromResult(dialed.Count >= calls);
        });
        return dialed.Min();
    }

    private async Task KillAsync(PatroniNode leader, PatroniNode standby)
    {
        leader.Kill();
        await PromotedAsync(standby);
    }

    private async Task FreezeAsync(PatroniNode leader, PatroniNode standby)
    {
        leader.Freeze();
        try
        {
            await PromotedAsync(standby);
            await Wait.ForAsync(dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
        }
        finally
        {
            leader.Thaw();
        }
    }

    private async Task WithoutEtcdAsync(TimeSpan span)
    {
        await cluster.StopEtcdAsync();
        await Wait.ForAsync(span);
        cluster.StartEtcd();
    }

    private Task PromotedAsync(PatroniNode standby) => cluster.State.WaitAsync($"that {standby.Name} takes over", Limit, view => view.Leader == standby.Name);

    /// <summary>Of the server that HAProxy leads to; null: nobody there, or not the primary.</summary>
    private async Task<int?> TimelineAsync()
    {
        try
        {
            return await cluster.OneAsync<int>("select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer", "postgres");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Gates that passed between two moments of this machine.</summary>
    private Task<long> GatedAsync(DateTimeOffset from, DateTimeOffset to) => cluster.OneAsync<long>(
        $"""
        select count(*)
        from attempts
        cross join installation i
        where not coalesce((gate_facts ->> 'adopted')::boolean, false) and gated_at - i.clock_offset between '{from:O}' and '{to:O}'
        """);
}
