using System.Text.Json;
using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Npgsql;

namespace Callback.Chaos.Storms;

/// <summary>The end of a storm: no more faults, no more cards, and time for everything that is open to come to its end by itself.</summary>
internal sealed class Drain(Arena arena, Ledger ledger)
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
            return await OpenAsync() == 0 && await RunningAsync() == 0;
        }
        catch (Exception e) when (WireTrouble.Is(e) || e is NpgsqlException or TimeoutException or JsonException)
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
    private async Task<int> RunningAsync()
    {
        var calls = await arena.Phones.SeeAsync("calls");
        return calls.EnumerateArray().Count(call => call.GetProperty("endedAt").ValueKind == JsonValueKind.Null && !call.GetProperty("to").GetString()!.StartsWith("+1202555", StringComparison.Ordinal));
    }
}
