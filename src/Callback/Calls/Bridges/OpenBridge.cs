using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls.Bridges;

public abstract record OpenedBridge
{
    /// <summary>The agent's phone is being called, or is connected already.</summary>
    public sealed record Opened(BridgeView Bridge) : OpenedBridge;

    /// <param name="Code">Why the phone is not called: leg-missing, caller-id-missing, line-missing, leg-is-customer, or what the line refused it for.</param>
    public sealed record Refused(string Code) : OpenedBridge;
}

/// <summary>
/// Calls the agent's own phone into a room of its own. Written down first, asked once: where the line's answer is lost, its event or <see cref="KeepBridges"/>
/// tells what became of it. Not an attempt: nobody's right is touched.
/// </summary>
public sealed class OpenBridge(Db db, TimeProvider time, Telephony.Lines lines, PersonalDataVault vault)
{
    private sealed record Opening(Bridge Bridge, LegCall Leg);

    public async Task<OpenedBridge> RunAsync(Actor actor, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var shops = OwnAttempt.Shops(actor);
        if (lines.Bridge is not { } line)
            return new OpenedBridge.Refused("line-missing");
        var (opening, answer) = await PrepareAsync(shops, agent, line.Name, ct);
        if (opening is null)
            return answer!;
        // The row stands: from here on the caller's going away changes nothing.
        var called = await line.CallAgentAsync(opening.Leg, Deadline.StartNow(time), CancellationToken.None);
        CrashPoint.Reach("room.asked");
        return await WriteAsync(opening.Bridge, called);
    }

    private async Task<(Opening? Opening, OpenedBridge? Answer)> PrepareAsync(IReadOnlyList<ShopId> shops, Guid agent, string line, CancellationToken ct)
    {
        // Whether the phone is a customer's is asked of every shop's orders, so this session sees all of them; what is written is the agent's own.
        await using var session = await db.BeginByKeyAsync(ShopScope.All, ct);
        await session.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@agent, 15))", new { agent = agent.ToString() }, ct);
        if (await Bridge.NewestAsync(session, shops, agent, ct) is { State: not BridgeState.Gone } open)
            return (null, new OpenedBridge.Opened(open.View()));
        if (await AgentLeg.FindAsync(session, shops, agent, ct) is not { } leg)
            return (null, new OpenedBridge.Refused("leg-missing"));
        if (await HomeAsync(session, shops, line, ct) is not { } home)
            return (null, new OpenedBridge.Refused("caller-id-missing"));
        var address = leg.Address(vault);
        if (leg.Kind == LegKind.Phone && await CustomerNumbers.IncludeAsync(session, vault, address, ct))
            return (null, new OpenedBridge.Refused("leg-is-customer"));
        var bridge = await InsertAsync(session, home.Settings.ShopId, agent, line, leg, ct);
        await session.CommitAsync();
        CrashPoint.Reach("room.committed");
        return (new(bridge, new(bridge.ShopId, bridge.BridgeId, address, home.Settings.CallerId(vault)!, bridge.Room, home.Language)), null);
    }

    /// <summary>The first of the agent's shops that has a number to show.</summary>
    private static async Task<(LineSettings Settings, string Language)?> HomeAsync(Session session, IReadOnlyList<ShopId> shops, string line, CancellationToken ct)
    {
        var (shop, language) = await session.QuerySingleOrDefaultAsync<(string?, string?)>(
            """
            select s.shop_id, s.language
            from shops s
            join line_settings l on l.shop_id = s.shop_id and l.line = @line
            where s.shop_id = any(@shops) and not s.practice and l.caller_id_cipher is not null
            order by s.shop_id
            limit 1
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), line },
            ct);
        return shop is null ? null : (await LineSettings.ReadAsync(session, new(shop), line, ct), language!);
    }

    private async Task<Bridge> InsertAsync(Session session, ShopId shop, Guid agent, string line, AgentLeg leg, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await session.QuerySingleAsync<Bridge>(
            $"""
            insert into bridges (shop_id, bridge_id, agent_id, line, leg_kind, leg_last4, keep_open, state, opened_at, asked_at)
            values (@shop, @id, @agent, @line, @kind, @Last4, @KeepOpen, 'Calling', @now, @now)
            returning {Bridge.Columns}
            """,
            new { shop, id = Ids.New(now), agent, line, kind = leg.Kind.ToString(), leg.Last4, leg.KeepOpen, now },
            ct);
    }

    private async Task<OpenedBridge> WriteAsync(Bridge bridge, LineAnswer answer)
    {
        await using var session = await db.BeginByKeyAsync(bridge.ShopId, CancellationToken.None);
        switch (answer)
        {
            case LineAnswer.Accepted accepted:
                await BridgeMoves.LegAsync(session, bridge.ShopId, bridge.BridgeId, accepted.CallId, CancellationToken.None);
                break;
            case LineAnswer.Refused refused:
                await BridgeMoves.GoneAsync(session, bridge.ShopId, bridge.BridgeId, refused.Code, time.GetUtcNow(), CancellationToken.None);
                break;
            default:
                break;
        }
        await session.CommitAsync();
        CrashPoint.Reach("room.answered");
        return answer is LineAnswer.Refused no ? new OpenedBridge.Refused(no.Code) : new OpenedBridge.Opened(bridge.View());
    }
}
