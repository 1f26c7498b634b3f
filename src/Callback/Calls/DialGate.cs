using Callback.Auditing;
using Callback.CallScripts;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Database.PersonalData;
using Callback.Planning;
using Callback.Telephony;
using Npgsql;

namespace Callback.Calls;

/// <summary>
/// One READ COMMITTED transaction, locks always in the order person → orders → queued call. Payments and opt-outs change what is locked here, so they come
/// before or after it, never between; only then the clock is read and the policy asked. See the README of this folder for the whole protocol.
/// </summary>
public sealed class DialGate(
    Db db, TimeProvider time, CampaignFactsReader campaigns, FactsReader facts, CallScriptBook book, ScriptFinder scripts, PersonalDataVault vault, Lines lines, EpochWatch watch)
{
    internal async Task<GateAnswer> PassAsync(Actor actor, Guid agent, IReadOnlyList<ShopId> shops, Guid holdId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        if (await QueuedCall.PeekAsync(session, shops, agent, holdId, ct) is not { } seen)
            return No(new DialResult.HoldLost());
        var locked = await LockPersonsAsync(session, seen, ct);
        if (await QueuedCall.LockAsync(session, seen, agent, ct) is not { } call)
            return No(new DialResult.HoldLost());
        await LockCapAsync(session, call, ct);
        CrashPoint.Reach("gate.locked");
        var deadline = Deadline.StartNow(time);
        var (clock, refusal) = await GateClock.AskAsync(session, time, watch, ct);
        if (refusal is not null)
            return No(new DialResult.Blocked(refusal, null, CardKept: true));
        if (clock.Now >= call.HeldUntil)
            return No(new DialResult.HoldLost());
        if (await campaigns.FindAsync(session, call.ShopId, call.CampaignId, clock.Now, ct) is not { } campaign)
            throw new InvalidOperationException("A queued call has its campaign: a foreign key says so.");
        var orders = await facts.ReadAsync(session, campaign, call.Orders, clock.Now, ct);
        if (orders.SelectMany(order => order.PersonKeys).Any(key => !locked.Contains(Convert.ToHexString(key))))
            return No(new DialResult.Busy());
        return QueuedCallPolicy.Judge(call, orders, clock.Now) switch
        {
            QueuedCallVerdict.Goes goes => await GoAsync(session, actor, new(call, campaign, goes, clock, deadline), ct),
            var no => await BlockAsync(session, call, agent, no, clock.Now, ct),
        };
    }

    private static GateAnswer.Refused No(DialResult result) => new(result);

    /// <summary>Persons, then orders. What was read before the locks says only what to lock: a key that came in between is found out afterwards.</summary>
    private static async Task<HashSet<string>> LockPersonsAsync(Session session, QueuedCall call, CancellationToken ct)
    {
        var orders = new { call.ShopId, call.OrderNos };
        var keys = (await session.QueryAsync<byte[]>(
            """
            select key
            from orders o
            cross join lateral (values (o.phone_hash), (o.buyer_key)) k (key)
            where o.shop_id = @ShopId and o.order_no = any(@OrderNos) and key is not null
            """,
            orders,
            ct)).Append(call.PhoneHash).DistinctBy(Convert.ToHexString).ToList();
        await PersonLocks.TakeAsync(session, keys, ct);
        await session.ExecuteAsync(
            """
            select
            from orders
            where shop_id = @ShopId and order_no = any(@OrderNos)
            order by order_no
            for share
            """,
            orders,
            ct);
        return [.. keys.Select(Convert.ToHexString)];
    }

    /// <summary>Gates of a campaign that counts its calls of the day pass one after the other; all others don't meet here.</summary>
    private static Task<int> LockCapAsync(Session session, QueuedCall call, CancellationToken ct) => session.ExecuteAsync(
        """
        select pg_advisory_xact_lock(hashtextextended(campaign_id::text, 20))
        from campaigns
        where shop_id = @ShopId and campaign_id = @CampaignId and daily_cap is not null
        """,
        new { call.ShopId, call.CampaignId },
        ct);

    private static async Task<GateAnswer> BlockAsync(
        Session session, QueuedCall call, Guid agent, QueuedCallVerdict verdict, DateTimeOffset now, CancellationToken ct)
    {
        switch (verdict)
        {
            case QueuedCallVerdict.Waits { Reason: BlockReason.LiveCall }:
                return No(new DialResult.Busy());
            case QueuedCallVerdict.Waits waits:
                await QueueRows.FreeAsync(session, call, penalty: 0, ct);
                await session.CommitAsync();
                return No(new DialResult.Blocked(waits.Reason.ToString(), waits.Until, CardKept: false));
            case QueuedCallVerdict.Leaves leaves:
                await QueueRows.LeaveAsync(session, call, leaves.Reason.ToString(), agent, leaves.Leaving, now, ct);
                await session.CommitAsync();
                return No(new DialResult.Blocked(leaves.Reason.ToString(), leaves.Until, CardKept: false));
            default:
                throw new InvalidOperationException("What goes is not blocked.");
        }
    }

    private async Task<GateAnswer> GoAsync(Session session, Actor actor, Passing passing, CancellationToken ct)
    {
        var (call, campaign, goes, clock, deadline) = passing;
        var shop = await ShopOfCall.ReadAsync(session, call.ShopId, ct);
        if (shop.LineOf(campaign.Campaign) is not { } line)
            return No(new DialResult.Blocked("PracticeLine", null, CardKept: true));
        if (await BeforeChecklist.MissingAsync(session, book, call, goes.Going.Select(order => order.Facts), ct) is { Count: > 0 } missing)
            return No(new DialResult.ChecklistOpen(missing));
        var attemptId = Ids.New(clock.Now);
        var dialer = new Dialer(lines.Find(line), call.ShopId, attemptId, actor.UserId!.Value, OwnAttempt.Shops(actor), campaign.Policy, shop.Language);
        var (dial, refusal) = await BridgedDial.TakeAsync(session, dialer, vault, ct);
        if (dial is null)
            return No(new DialResult.Blocked(refusal!, null, CardKept: true));
        var number = await GateWrite.NumberAsync(session, vault, call, goes, ct);
        var settings = campaign.Campaign.Settings;
        var version = await scripts.VersionAsync(session, call.ShopId, settings.CallScript, settings.ScriptVersion, ct) ?? settings.ScriptVersion ?? 0;
        try
        {
            await GateWrite.AttemptAsync(session, passing, new(attemptId, line, settings.CallScript, version, number, dialer.Agent, dial), vault, ct);
            await GateWrite.CloseGrantsAsync(session, passing, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            // The database's own word: the right is spent, the grant is used, or the number is in a call. That is an answer.
            return No(new DialResult.Busy());
        }
        await QueueRows.BackToPlannerAsync(session, call, goes.Leaving, ct);
        await clock.MarkAsync(session, ct);
        if (lines[line].Capabilities.ShowsNumber)
            await AuditTrail.AppendAsync(session, call.ShopId, actor, clock.Now, "phone.revealed", $"attempt:{attemptId}", new { by = "dial", call.OrderNos }, ct);
        CrashPoint.Reach("gate.written");
        return await CommitAsync(session, new(dial.ToLineCall(call.ShopId, attemptId, number, clock.Now), line, deadline));
    }

    private static async Task<GateAnswer> CommitAsync(Session session, GateAnswer.Go go)
    {
        try
        {
            await session.CommitAsync();
            CrashPoint.Reach("gate.committed");
            return go;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            return No(new DialResult.Busy());
        }
        catch (Exception e)
        {
            return new GateAnswer.CommitLost(go.Shop, go.AttemptId, e);
        }
    }
}

/// <summary>What the gate knows when it lets a call pass.</summary>
internal sealed record Passing(QueuedCall Call, CampaignFacts Campaign, QueuedCallVerdict.Goes Goes, GateClock Clock, Deadline Deadline);
