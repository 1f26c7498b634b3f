using System.Text.Json;
using Callback.Campaigns;
using Callback.Database;
using Callback.Windows;

namespace Callback.Planning;

/// <param name="CampaignId">Only this campaign's calls; null: all.</param>
/// <param name="Take">1–200 calls from the head.</param>
public sealed record GetQueueInput(ShopId Shop, Guid? CampaignId = null, int Take = 50);

/// <summary>What waits, in the order in which it is handed out, and what does not and why.</summary>
public sealed record QueueView(DateTimeOffset Now, IReadOnlyList<QueueCampaign> Campaigns, IReadOnlyList<WaitingCall> Calls, IReadOnlyList<BlockedCount> Blocked);

/// <param name="Waiting">Calls that nobody holds.</param>
/// <param name="Held">Calls on agents' desks.</param>
/// <param name="OpenUntil">The latest end of the windows that are open now for its calls (or for the shop's own zone where none waits).</param>
/// <param name="OpensAt">When none is open: the next opening.</param>
public sealed record QueueCampaign(Campaign Campaign, int Waiting, int Held, DateTimeOffset? OpenUntil, DateTimeOffset? OpensAt, ClosedReason? Closed, int CallsToday);

/// <param name="Why">The figures behind its place.</param>
/// <param name="HeldBy">The agent's name, and until when; null: it waits.</param>
public sealed record WaitingCall(
    Guid QueuedCallId,
    Guid CampaignId,
    Purpose Purpose,
    CallKind Kind,
    IReadOnlyList<string> Orders,
    string? BuyerName,
    string PhoneLast4,
    string ZoneKey,
    IReadOnlyDictionary<string, string> Why,
    DateTimeOffset DueAt,
    DateTimeOffset FreshUntil,
    int Skips,
    string? HeldBy,
    DateTimeOffset? HeldUntil);

/// <param name="Reason">Null: to be looked at within the minute.</param>
/// <param name="NextLook">When the first of them is looked at again.</param>
public sealed record BlockedCount(Purpose Purpose, BlockReason? Reason, int Orders, DateTimeOffset NextLook);

/// <summary>Reads the queue of a shop as the scheduler sees it.</summary>
public sealed class GetQueue(Db db, TimeProvider time, CampaignFactsReader campaigns)
{
    public async Task<QueueView> RunAsync(Actor actor, GetQueueInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewQueue, input.Shop);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        var facts = await campaigns.ListAsync(session, input.Shop, now, ct);
        var zones = (await session.QueryAsync<ZoneCount>(
            """
            select campaign_id, zone_key, count(*) filter (where hold_id is null)::integer as waiting, count(hold_id)::integer as held
            from queued_calls
            where shop_id = @Shop
            group by campaign_id, zone_key
            """,
            new { input.Shop },
            ct)).ToLookup(count => count.CampaignId);
        return new(
            now,
            [.. facts.Select(campaign => Summary(campaign, [.. zones[campaign.Campaign.CampaignId]], now))],
            await CallsAsync(session, input, ct),
            await BlockedAsync(session, input.Shop, ct));
    }

    private static QueueCampaign Summary(CampaignFacts facts, IReadOnlyList<ZoneCount> zones, DateTimeOffset now)
    {
        var keys = zones.Count > 0 ? zones.Select(zone => new ZoneKey(zone.ZoneKey)) : [ZoneKey.Of(facts.ShopZone)];
        var states = keys.Select(zone => WindowPolicy.At(facts.Policy, zone, now)).ToList();
        var open = states.OfType<WindowState.Open>().Select(state => (DateTimeOffset?)state.ClosesAt).Max();
        var next = states.OfType<WindowState.Closed>().MinBy(state => state.OpensAt ?? DateTimeOffset.MaxValue);
        return new(
            facts.Campaign, zones.Sum(zone => zone.Waiting), zones.Sum(zone => zone.Held), open, open is null ? next?.OpensAt : null, open is null ? next?.Reason : null,
            facts.CallsToday);
    }

    private static async Task<IReadOnlyList<WaitingCall>> CallsAsync(Session session, GetQueueInput input, CancellationToken ct) =>
        [.. (await session.QueryAsync<CallRow>(
            $"""
            with head as (
                select *
                from queued_calls
                where shop_id = @Shop {(input.CampaignId is null ? "" : "and campaign_id = @CampaignId")}
                order by priority desc, due_at, queued_call_id
                limit @take
            )
            select
                h.queued_call_id, h.campaign_id, h.purpose, h.kind, l.orders, o.buyer_name, coalesce(o.phone_last4, '') as phone_last4, h.zone_key, h.why::text as why,
                h.due_at, h.fresh_until, h.skips, u.display_name as held_by, h.held_until
            from head h
            join lateral (
                select array_agg(order_no order by order_no) as orders
                from queued_call_orders
                where shop_id = @Shop and queued_call_id = h.queued_call_id) l on true
            left join lateral (
                select buyer_name, phone_last4
                from orders
                where shop_id = @Shop and order_no = any(l.orders) and phone_hash = h.phone_hash
                order by ordered_at desc
                limit 1) o on true
            left join users u on u.user_id = h.held_by
            order by h.priority desc, h.due_at, h.queued_call_id
            """,
            new { input.Shop, input.CampaignId, take = Math.Clamp(input.Take, 1, 200) },
            ct)).Select(row => row.ToCall())];

    private static Task<IReadOnlyList<BlockedCount>> BlockedAsync(Session session, ShopId shop, CancellationToken ct) => session.QueryAsync<BlockedCount>(
        """
        select purpose, blocked_reason as reason, count(*)::integer as orders, min(due_at) as next_look
        from candidates
        where shop_id = @shop
        group by purpose, blocked_reason
        order by purpose, orders desc, reason
        """,
        new { shop },
        ct);

    private sealed record ZoneCount(Guid CampaignId, string ZoneKey, int Waiting, int Held);

    private sealed class CallRow
    {
        public Guid QueuedCallId { get; init; }
        public Guid CampaignId { get; init; }
        public Purpose Purpose { get; init; }
        public CallKind Kind { get; init; }
        public string[] Orders { get; init; } = [];
        public string? BuyerName { get; init; }
        public string PhoneLast4 { get; init; } = "";
        public string ZoneKey { get; init; } = "";
        public string Why { get; init; } = "{}";
        public DateTimeOffset DueAt { get; init; }
        public DateTimeOffset FreshUntil { get; init; }
        public int Skips { get; init; }
        public string? HeldBy { get; init; }
        public DateTimeOffset? HeldUntil { get; init; }

        public WaitingCall ToCall() => new(
            QueuedCallId, CampaignId, Purpose, Kind, Orders, BuyerName, PhoneLast4, ZoneKey, JsonSerializer.Deserialize<Dictionary<string, string>>(Why)!, DueAt, FreshUntil,
            Skips, HeldBy, HeldUntil);
    }
}
