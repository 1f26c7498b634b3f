using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Chaos.Proof;
using Npgsql;

namespace Callback.Chaos.Storms;

/// <summary>The end of a storm: no more faults, no more cards, and time for everything that is open to come to its end by itself.</summary>
internal sealed class Drain(Arena arena, Ledger ledger, RingLog log)
{
    /// <summary>Grace, three lists with their pauses, and the poller, with room to spare; the program's waiting is shortened as much.</summary>
    private TimeSpan Limit => TimeSpan.FromMinutes(25) / arena.Plan.Squeeze + TimeSpan.FromSeconds(60);

    public async Task RunAsync(CancellationToken ct)
    {
        ledger.Did("drain");
        foreach (var node in arena.Nodes.Where(node => node.Paused))
            node.Resume();
        (arena.DatabaseProxy.Fault, arena.PhoneProxy.Fault) = (LinkFault.None, LinkFault.None);
        (arena.DatabaseProxy.Draw, arena.PhoneProxy.Draw) = (null, null);
        await arena.Phones.ClearAsync();
        await Wait.UntilAsync("that the campaign is paused", TimeSpan.FromSeconds(90), async () =>
            (await arena.VerbAsync("campaign", "pause", ShopConfig.Campaign, "--shop", ShopPlan.Shop)).Code == 0, ct);
        try
        {
            await Wait.UntilAsync("the end of all calls", Limit, SettledAsync, TimeSpan.FromMilliseconds(500), ct);
        }
        catch (TimeoutException late)
        {
            // What is still open then is a fault that the judge names.
            ledger.Did("drain is over", late.Message);
        }
    }

    private async Task<bool> SettledAsync()
    {
        try
        {
            return Running() == 0 && await OpenAsync() == 0;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Open results are among it: the agents write them down.</summary>
    private Task<long> OpenAsync() => arena.Database.OneAsync<long>(
        """
        select (select count(*) from attempts where state in ('Dialing', 'Unknown', 'Placed') or wrap_up = 'Open')
            + (select count(*) from line_inbox where processed_at is null)
        """);

    /// <summary>Customers' calls that the network still has.</summary>
    private int Running()
    {
        var lines = log.Read();
        var ended = lines.Where(line => line.What == "ended").Select(line => line.Call).ToHashSet();
        return lines.Count(line => line is { What: "dialled", Attempt: not null } && !ended.Contains(line.Call));
    }
}
