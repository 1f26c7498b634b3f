using Callback.Calls.Running;
using Callback.Database;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls.Bridges;

/// <summary>
/// Asks the line about agents' phones and guests of which no event told anything for a while, and closes rooms that nobody needs: events may get lost, and a phone
/// that is left connected costs money.
/// </summary>
public sealed partial class KeepBridges(Db db, Telephony.Lines lines, CloseBridge close, LegNews news, ILogger<KeepBridges> log) : IPass
{
    /// <summary>A leg whose id never became known: by then its request is long over.</summary>
    public static readonly TimeSpan Lost = ProtocolTimes.Grace;

    /// <summary>A phone that is connected and has had no call for so long is hung up.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    public string Name => "keep-bridges";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (lines.Bridge is not { } line)
            return new { asked = 0 };
        var (asked, closed) = (0, 0);
        foreach (var bridge in await DueAsync(now, ct))
            asked += await TryAsync(bridge.BridgeId, () => AskAsync(line, bridge, now, ct)) ? 1 : 0;
        foreach (var bridge in await UnneededAsync(now, ct))
            closed += await TryAsync(bridge.BridgeId, () => close.EndAsync(bridge, "idle", ct)) ? 1 : 0;
        foreach (var guest in await GuestsAsync(now, ct))
            asked += await TryAsync(guest.GuestId, () => AskAsync(line, guest, now, ct)) ? 1 : 0;
        return new { asked, closed };
    }

    private async Task AskAsync(IBridgeLine line, Bridge bridge, DateTimeOffset now, CancellationToken ct)
    {
        if (bridge.LegCallId is { } leg)
        {
            if (await line.LegAsync(leg, ct) is { } state)
                await news.OfAgentAsync(bridge.ShopId, bridge.BridgeId, leg, state, now, ct);
        }
        else if (bridge.OpenedAt <= now - Lost)
            await close.EndAsync(bridge, "not-found", ct);
        await AskedAsync(bridge, now, ct);
    }

    private async Task AskAsync(IBridgeLine line, Guest guest, DateTimeOffset now, CancellationToken ct)
    {
        if (guest.CallId is not { } leg)
            await news.OfGuestAsync(guest.ShopId, guest.GuestId, null, CallState.Failed, now, ct);
        else if (await line.LegAsync(leg, ct) is { } state)
            await news.OfGuestAsync(guest.ShopId, guest.GuestId, leg, state, now, ct);
    }

    private async Task<IReadOnlyList<Bridge>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Bridge>(
            $"""
            select {Bridge.Columns}
            from bridges
            where state = 'Calling' and asked_at <= @calling or state = 'Ready' and asked_at <= @ready
            order by asked_at, bridge_id
            limit 200
            """,
            new { calling = now - ProtocolTimes.AskCalling, ready = now - ProtocolTimes.AskReady },
            ct);
    }

    /// <summary>Connected, no call in the room, and: wanted for one call only, the agent went away, or nothing happened for an hour.</summary>
    private async Task<IReadOnlyList<Bridge>> UnneededAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Bridge>(
            $"""
            select {Bridge.Columns}
            from bridges b
            where b.state = 'Ready'
                and not exists (select from attempts a where a.bridge_id = b.bridge_id and a.state in ('Dialing', 'Unknown', 'Placed'))
                and (not b.keep_open and b.attempt_id is not null
                    or exists (
                        select
                        from agent_states s
                        where s.shop_id = b.shop_id and s.user_id = b.agent_id and s.state = 'Away' and s.since > b.opened_at)
                    or greatest(b.ready_at, (select max(a.ended_at) from attempts a where a.bridge_id = b.bridge_id)) <= @idle)
            order by b.opened_at, b.bridge_id
            limit 200
            """,
            new { idle = now - Idle },
            ct);
    }

    private async Task<IReadOnlyList<Guest>> GuestsAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Guest>(
            $"""
            select {Guest.Columns}
            from bridge_guests
            where state <> 'Gone' and (call_id is not null and invited_at <= @calling or invited_at <= @lost)
            order by invited_at, guest_id
            limit 200
            """,
            new { calling = now - ProtocolTimes.AskCalling, lost = now - Lost },
            ct);
    }

    private async Task AskedAsync(Bridge bridge, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(bridge.ShopId, ct);
        await session.ExecuteAsync(
            "update bridges set asked_at = @now where shop_id = @ShopId and bridge_id = @BridgeId", new { bridge.ShopId, bridge.BridgeId, now }, ct);
        await session.CommitAsync();
    }

    private async Task<bool> TryAsync(Guid leg, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One leg that can't be asked about must not keep the others waiting.
            NotAsked(e, leg);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line could not be asked about the leg {Leg}; it is asked again.")]
    private partial void NotAsked(Exception e, Guid leg);
}
