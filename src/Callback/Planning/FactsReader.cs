using Callback.Database;
using Callback.Windows;

namespace Callback.Planning;

/// <summary>
/// Reads the facts about orders for one campaign: one statement for many orders. The planner, the hold, the gate and the explanation all read here, so that
/// none of them knows less than another. The gate passes its own session after it took its locks.
/// </summary>
public sealed class FactsReader(ZoneTable zones)
{
    // Each lookup is a lateral of its own (limit 1): so it goes by its key for every order, also when the statistics still say that a filled table is empty.
    private static string SqlFrom(string orders) => $"""
        select
            n.asked,
            o.order_no, o.status, o.amount, o.currency,
            {PurposePolicy.AgeSql("n.purpose", "o")} as age_from, o.refund_requested_at, o.complaint_closed_at,
            o.phone_kind, o.phone_expires_at, o.phone_hash, o.buyer_key, o.zone, o.country, o.region, o.postcode, o.phone_region,
            o.as_of, o.source = 'Api' as from_api,
            s.suppression_id, s.scope, s.do_not_call, s.reason, s.expires_at, s.created_at as suppressed_at,
            r.spent_at,
            g.grants,
            p.called_at, p.talked,
            exists (
                select
                from attempts l
                where l.shop_id = n.shop_id and l.phone_hash = o.phone_hash and l.state in ('Dialing', 'Unknown', 'Placed')) as live_call,
            q.queued_call_id
        from {orders}
        cross join lateral (
            select *
            from orders
            where shop_id = n.shop_id and order_no = n.order_no
            limit 1) o
        left join lateral (
            select l.queued_call_id
            from queued_call_orders l
            where l.shop_id = n.shop_id and l.purpose = n.purpose and l.order_no = o.order_no
            limit 1) q on true
        left join lateral (
            select f.suppression_id, f.scope, f.do_not_call, f.reason, f.expires_at, f.created_at
            from (
                select *
                from suppressions b
                where b.shop_id = n.shop_id and b.person_key = any(array[o.phone_hash, o.buyer_key])
                union all
                select *
                from suppressions b
                where b.shop_id = n.shop_id and b.order_no = o.order_no) f
            where (f.purpose is null or f.purpose = n.purpose)
                and f.created_at <= @known
                and (f.lifted_at is null or f.lifted_at > @known)
                and (f.expires_at is null or f.expires_at > @now)
            order by f.do_not_call desc, f.expires_at desc, f.suppression_id
            limit 1) s on true
        left join lateral (
            select a.gated_at as spent_at
            from attempt_rights t
            join attempts a on a.shop_id = t.shop_id and a.attempt_id = t.attempt_id
            where t.shop_id = n.shop_id and t.purpose = n.purpose and t.order_no = o.order_no and t.grant_no = 0 and a.gated_at <= @known
            limit 1) r on true
        left join lateral (
            select jsonb_agg(jsonb_build_object(
                'grantNo', c.grant_no, 'kind', c.kind, 'notBefore', c.not_before, 'expiresAt', c.expires_at,
                'approved', c.kind <> 'Released' or coalesce(c.approved_at <= @known, false)) order by c.grant_no desc)::text as grants
            from call_grants c
            where r.spent_at is not null
                and c.shop_id = n.shop_id and c.purpose = n.purpose and c.order_no = o.order_no
                and c.kind <> 'Adopted'
                and c.created_at <= @known
                and (c.closed_at is null or c.closed_at > @known or c.close_reason = 'Expired')
                and not exists (
                    select
                    from attempt_rights u
                    where u.shop_id = n.shop_id and u.purpose = n.purpose and u.order_no = o.order_no and u.grant_no = c.grant_no)) g on true
        left join lateral (
            select array_agg(d.gated_at order by d.gated_at, d.attempt_id) as called_at, array_agg(d.talked order by d.gated_at, d.attempt_id) as talked
            from (
                select distinct a.attempt_id, a.gated_at, a.answered_at is not null as talked
                from attempt_persons e
                join attempts a on a.shop_id = e.shop_id and a.attempt_id = e.attempt_id
                where e.shop_id = n.shop_id
                    and e.person_key = any(array[o.phone_hash, o.buyer_key])
                    and e.gated_at > @since
                    and e.gated_at <= @known
                    and a.state <> 'NotPlaced') d) p on true
        """;

    private static readonly string Sql = SqlFrom("unnest(@asked, @shops, @purposes, @orders) as n (asked, shop_id, purpose, order_no)");

    /// <summary>
    /// The same statement about the orders of calls that were claimed just before, in the same round trip: parameters <c>seatShops</c>, <c>agents</c>, <c>holdIds</c>,
    /// <c>now</c>, <c>known</c>, <c>since</c>; each row names its hold by place.
    /// </summary>
    internal static readonly string OfHolds = SqlFrom("""
        (
            select (h.place - 1)::integer as asked, q.shop_id, q.purpose, c.order_no
            from unnest(@seatShops, @agents, @holdIds) with ordinality as h (shop_id, agent_id, hold_id, place)
            cross join lateral (
                select shop_id, queued_call_id, purpose
                from queued_calls
                where shop_id = h.shop_id and held_by = h.agent_id and hold_id = h.hold_id
                limit 1) q
            cross join lateral (
                select order_no
                from queued_call_orders
                where shop_id = q.shop_id and queued_call_id = q.queued_call_id
                offset 0) c) n
        """);

    /// <param name="session">The transaction to read in; its scope must hold the campaign's shop.</param>
    /// <param name="campaign">From <see cref="CampaignFactsReader"/>, read at about the same moment.</param>
    /// <param name="orders">Orders that do not exist are left out of the answer.</param>
    /// <param name="now">The present: data age counts to it.</param>
    /// <param name="ct">Cancels the statement.</param>
    public Task<IReadOnlyList<CallFacts>> ReadAsync(
        Session session, CampaignFacts campaign, IReadOnlyCollection<OrderNo> orders, DateTimeOffset now, CancellationToken ct) =>
        ReadAsync(session, campaign, orders, now, DateTimeOffset.MaxValue, ct);

    /// <summary>What was known at a past moment: calls, suppressions and grants that came later are left out. The order's own columns are as they are today.</summary>
    internal Task<IReadOnlyList<CallFacts>> ReplayAsync(
        Session session, CampaignFacts campaign, IReadOnlyCollection<OrderNo> orders, DateTimeOffset at, CancellationToken ct) =>
        ReadAsync(session, campaign, orders, at, at, ct);

    private async Task<IReadOnlyList<CallFacts>> ReadAsync(
        Session session, CampaignFacts campaign, IReadOnlyCollection<OrderNo> orders, DateTimeOffset now, DateTimeOffset known, CancellationToken ct)
    {
        var rows = await session.QueryAsync<FactsRow>(
            Sql,
            new
            {
                asked = new int[orders.Count],
                shops = Enumerable.Repeat(campaign.Campaign.Shop.Value, orders.Count).ToArray(),
                purposes = Enumerable.Repeat(campaign.Campaign.Purpose.ToString(), orders.Count).ToArray(),
                orders = orders.Select(order => order.Value).ToArray(),
                now,
                known,
                since = Since(now),
            },
            ct);
        return Of(rows, [campaign], now)[0];
    }

    internal static DateTimeOffset Since(DateTimeOffset now) => now - (30 * EligibilityPolicy.Day);

    /// <param name="rows">From the statement.</param>
    /// <param name="campaigns">For each that was asked about, the campaign that asks.</param>
    /// <param name="now">When the facts were read.</param>
    /// <returns>The facts, by who asked.</returns>
    internal IReadOnlyList<IReadOnlyList<CallFacts>> Of(IEnumerable<FactsRow> rows, IReadOnlyList<CampaignFacts> campaigns, DateTimeOffset now)
    {
        var resolved = new Dictionary<ZoneSources, ZoneKey?>();
        var read = campaigns.Select(_ => new List<CallFacts>()).ToList();
        foreach (var row in rows)
            read[row.Asked].Add(row.ToFacts(campaigns[row.Asked], now, Zone(row.Sources(campaigns[row.Asked].ShopZone))));
        return read;

        ZoneKey? Zone(ZoneSources sources)
        {
            if (!resolved.TryGetValue(sources, out var zone))
                resolved[sources] = zone = zones.Resolve(sources);
            return zone;
        }
    }
}
