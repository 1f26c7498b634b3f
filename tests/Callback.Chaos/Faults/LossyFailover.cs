using Callback.Chaos.Actors;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Faults;

/// <summary>
/// The failover that loses: an asynchronous standby whose stream is cut a few seconds before the primary dies. What was committed in these seconds – calls among it – is not known
/// to the new primary, and only the provider can tell.
/// </summary>
internal sealed class LossyFailover(Arena arena, Ledger ledger) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private PgCluster? standby;
    private FaultProxy? stream;
    private int made;

    /// <summary>Failovers so far.</summary>
    public int Done { get; private set; }

    /// <summary>A standby that follows the primary as it is now.</summary>
    public async Task PrepareAsync()
    {
        stream = new FaultProxy(arena.Cluster.Port);
        standby = await arena.Cluster.StandbyAsync(arena.Run, $"standby-{++made}", stream.Port);
        await Wait.UntilAsync("that the standby follows", Patience, async () =>
            await arena.Cluster.OneAsync<long>("select count(*) from pg_stat_replication where state = 'streaming' and replay_lsn >= sent_lsn", "postgres") == 1);
    }

    /// <summary>The stream is cut, a little later the primary dies, and the standby takes its place.</summary>
    public async Task StrikeAsync(TimeSpan lossy)
    {
        ledger.Did("stream cut");
        stream!.Fault = LinkFault.Refused;
        await Wait.ForAsync(lossy);
        ledger.Did("primary killed");
        var old = arena.Cluster;
        await old.KillAsync();
        await standby!.PromoteAsync();
        arena.Cluster = standby;
        standby = null;
        arena.DatabaseProxy.CutAll();
        ledger.Did("standby promoted");
        await stream.DisposeAsync();
        stream = null;
        await old.DisposeAsync();
        Done++;
    }

    public async ValueTask DisposeAsync()
    {
        if (stream is not null)
            await stream.DisposeAsync();
        if (standby is not null)
            await standby.DisposeAsync();
    }
}
