using Callback.Database;
using Callback.Planning;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>Reads the desk of one agent over all of the agent's shops.</summary>
public sealed class GetDesk(Db db, TimeProvider time, DeskCampaigns campaigns, CardReader cards)
{
    /// <summary>More waiting calls than this are not counted out.</summary>
    private const int MostCounted = 1000;

    public async Task<DeskView> RunAsync(Actor actor, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var shops = OwnAttempt.Shops(actor);
        var now = time.GetUtcNow();
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var state = await StateAsync(session, shops, agent, ct);
        var (all, locked) = (await campaigns.OfAsync(session, [new(agent, shops)], now, ct))[0];
        var lanes = await Lane.ReadAsync(session, all, now, ct);
        var chosen = all.Where(facts => state.Campaigns.Length == 0 || state.Campaigns.Contains(facts.Campaign.CampaignId)).ToList();
        var hand = await InHand.FindAsync(session, shops, agent, now, ct);
        var card = hand is null ? null : await cards.ReadAsync(session, agent, hand.ShopId, hand.HoldId, now, ct);
        var ids = chosen.Select(facts => facts.Campaign.CampaignId).ToHashSet();
        return new(
            now,
            state.State,
            state.PauseReason,
            state.Since,
            await CampaignsAsync(session, all, lanes, ids, now, ct),
            card,
            card is null ? Lane.NextOpening(chosen, [.. lanes.Where(lane => ids.Contains(lane.Campaign.Campaign.CampaignId))], now) : null,
            await DeskLists.WrapUpsAsync(session, actor, shops, agent, ct),
            await DeskLists.DayAsync(session, shops, agent, ShopDayPolicy.Of(now, await ZoneAsync(session, shops[0], ct)), ct))
        {
            Locked = await LockedAsync(session, locked, ct),
        };
    }

    /// <summary>One card by its token: the agent's own, or for a manager an abandoned or recorded one (to correct).</summary>
    /// <returns>Null: there is no such card for this actor.</returns>
    public async Task<DeskCard?> FindCardAsync(Actor actor, Guid holdId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var now = time.GetUtcNow();
        foreach (var shop in actor.Shops.Keys)
            if (await cards.ReadAsync(session, actor.UserId, shop, holdId, now, ct) is { } card && MaySee(actor, card))
                return card;
        return null;
    }

    private static bool MaySee(Actor actor, DeskCard card) =>
        (card.AgentId == actor.UserId && actor.May(Permission.TakeCalls, card.Shop))
        || (card.AttemptId is not null && actor.May(Permission.CorrectResult, card.Shop));

    private static async Task<Standing> StateAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Standing>(
            """
            select state, pause_reason, since, campaign_ids as campaigns
            from agent_states
            where shop_id = any(@shops) and user_id = @agent
            order by seen_at desc
            """,
            new { shops = Values(shops), agent },
            ct);
        return rows.Count == 0 ? new() : rows[0] with { Campaigns = [.. rows.SelectMany(row => row.Campaigns).Distinct()] };
    }

    private static async Task<IReadOnlyList<DeskCampaign>> CampaignsAsync(
        Session session, IReadOnlyList<CampaignFacts> all, IReadOnlyList<Lane> lanes, HashSet<Guid> chosen, DateTimeOffset now, CancellationToken ct)
    {
        var ready = (await session.QueryAsync<(Guid Campaign, int Ready)>(
            """
            select c.campaign_id, (
                select count(*)::integer
                from (
                    select
                    from queued_calls q
                    where q.shop_id = c.shop_id and q.campaign_id = c.campaign_id and q.hold_id is null
                    limit @MostCounted) waiting)
            from unnest(@shops, @campaigns) as c (shop_id, campaign_id)
            """,
            new { shops = all.Select(facts => facts.Campaign.Shop.Value).ToArray(), campaigns = all.Select(facts => facts.Campaign.CampaignId).ToArray(), MostCounted },
            ct)).ToDictionary(row => row.Campaign, row => row.Ready);
        var shops = await ShopsAsync(session, all, ct);
        return [.. all.Select(facts => Show(facts, shops[facts.Campaign.Shop.Value], ready[facts.Campaign.CampaignId], lanes, chosen, now))];
    }

    private static DeskCampaign Show(
        CampaignFacts facts, (string Name, bool Practice) shop, int ready, IReadOnlyList<Lane> lanes, HashSet<Guid> chosen, DateTimeOffset now)
    {
        var campaign = facts.Campaign;
        var states = lanes.Where(lane => lane.Campaign.Campaign.CampaignId == campaign.CampaignId).Select(lane => lane.State).ToList();
        if (states.Count == 0)
            states.Add(WindowPolicy.At(facts.Policy, new ZoneKey(facts.ShopZone), now));
        var until = states.Max(state => (state as WindowState.Open)?.ClosesAt);
        return new(
            campaign.Shop,
            shop.Name,
            shop.Practice,
            campaign.CampaignId,
            campaign.Code,
            campaign.Settings.Name,
            campaign.Purpose,
            chosen.Contains(campaign.CampaignId), ready, until, until is null ? states.Min(state => (state as WindowState.Closed)?.OpensAt) : null);
    }

    private static async Task<Dictionary<string, (string Name, bool Practice)>> ShopsAsync(Session session, IReadOnlyList<CampaignFacts> all, CancellationToken ct) =>
        (await session.QueryAsync<(string Shop, string Name, bool Practice)>(
            "select shop_id, name, practice from shops where shop_id = any(@shops)",
            new { shops = all.Select(facts => facts.Campaign.Shop.Value).Distinct().ToArray() },
            ct)).ToDictionary(row => row.Shop, row => (row.Name, row.Practice));

    private static async Task<IReadOnlyList<LockedShop>> LockedAsync(Session session, IReadOnlyList<CampaignFacts> locked, CancellationToken ct)
    {
        if (locked.Count == 0)
            return [];
        var names = await ShopsAsync(session, locked, ct);
        return [.. locked.Select(facts => new LockedShop(facts.Campaign.Shop, names[facts.Campaign.Shop.Value].Name, facts.RequiredCourse!)).Distinct()];
    }

    private static Task<string> ZoneAsync(Session session, ShopId shop, CancellationToken ct) =>
        session.QuerySingleAsync<string>("select zone from shops where shop_id = @shop", new { shop }, ct);

    private static string[] Values(IEnumerable<ShopId> shops) => [.. shops.Select(shop => shop.Value)];

    private sealed record Standing
    {
        public AgentState State { get; init; }

        public string? PauseReason { get; init; }

        public DateTimeOffset? Since { get; init; }

        public Guid[] Campaigns { get; init; } = [];
    }
}
