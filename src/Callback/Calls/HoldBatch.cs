using Callback.Database;
using Callback.Planning;

namespace Callback.Calls;

/// <summary>
/// Hands out the next calls to all agents of a node who ask at the same moment, in one transaction: it sees the shops of all of them, each request only those
/// of its own actor. Every call is looked at afresh by the one policy before it is handed out; what can not be called any more leaves the queue on the way.
/// </summary>
internal sealed class HoldBatch(Db db, TimeProvider time, DeskCampaigns campaigns, FactsReader facts)
{
    public const int Most = 64;

    /// <summary>Many wait for it, so no one of them may end it.</summary>
    private static readonly CancellationToken ToTheEnd = CancellationToken.None;

    /// <returns>The answers in the order of the requests.</returns>
    public async Task<IReadOnlyList<HoldResult>> RunAsync(IReadOnlyList<HoldRequest> requests)
    {
        // An agent's second request (a double click) is answered after the first: with the card that is in hand by then.
        var first = requests.DistinctBy(request => request.Desk.Agent).ToList();
        var answers = new Dictionary<HoldRequest, HoldResult>(ReferenceEqualityComparer.Instance);
        foreach (var (request, answer) in first.Zip(await TogetherAsync(first)))
            answers[request] = answer;
        foreach (var again in requests.Where(request => !answers.ContainsKey(request)))
            answers[again] = (await TogetherAsync([again]))[0];
        return [.. requests.Select(request => answers[request])];
    }

    private async Task<IReadOnlyList<HoldResult>> TogetherAsync(IReadOnlyList<HoldRequest> requests)
    {
        var now = time.GetUtcNow();
        var all = requests.Select(request => new HoldSeat(request)).ToList();
        await using var session = await db.BeginByKeyAsync(ShopScope.Of(all.SelectMany(seat => seat.Request.Desk.Shops).Distinct()), ToTheEnd);
        await SitDownAsync(session, all, now);
        var seats = all.Where(seat => seat.Answer is null).ToList();
        if (seats.Count > 0)
        {
            await FaceLanesAsync(session, seats, now);
            await HandOutAsync(session, seats, now);
            CrashPoint.Reach("hold.written");
            await session.CommitAsync();
            CrashPoint.Reach("hold.committed");
        }
        return [.. all.Select(seat => seat.Close(now))];
    }

    /// <summary>Who has a card keeps it; a hold of theirs that ran out before the sweep came by would stand in the way of the next.</summary>
    private async Task SitDownAsync(Session session, IReadOnlyList<HoldSeat> seats, DateTimeOffset now)
    {
        var desks = seats.Select(seat => seat.Request.Desk).ToList();
        var args = AgentDesk.Args(desks);
        var (hands, chosen) = await session.QueryAsync<InHandRow, (int Place, Guid Campaign)>(
            $"""
            {InHand.Sql};
            select distinct d.place, c.campaign
            from {AgentDesk.Sql}
            cross join lateral (
                select campaign_ids
                from agent_states
                where shop_id = d.shop_id and user_id = d.agent_id
                limit 1) s
            cross join unnest(s.campaign_ids) as c (campaign)
            """,
            args,
            ToTheEnd);
        var cards = hands.ToLookup(row => row.Place, row => row.Card);
        for (var place = 0; place < seats.Count; place++)
            if (cards[place].FirstOrDefault() is { } card && !card.IsOverdue(now))
                seats[place].Take(card);
        if (hands.Any(row => row.Card.IsOverdue(now)))
            await FreeOverdueAsync(session, args, now);
        campaigns.LookAgain(seats.SelectMany(seat => seat.Request.Campaigns ?? []));
        var open = await campaigns.OfAsync(session, desks, now, ToTheEnd);
        var before = chosen.ToLookup(row => row.Place, row => row.Campaign);
        for (var place = 0; place < seats.Count; place++)
            seats[place].Choose(open[place].Open, before[place].ToHashSet());
    }

    /// <summary>Marks the agents ready and shows them the lanes of their campaigns.</summary>
    private static async Task FaceLanesAsync(Session session, IReadOnlyList<HoldSeat> seats, DateTimeOffset now)
    {
        var desks = AgentDesk.Args([.. seats.Select(seat => seat.Request.Desk)]);
        var wanted = seats.SelectMany(seat => seat.Campaigns).DistinctBy(facts => new CampaignKey(facts.Campaign.Shop, facts.Campaign.CampaignId)).ToList();
        var lanes = LaneArgs.Of(wanted);
        var heads = await session.QueryAsync<LaneHead>(
            $"{SetAgentState.Sql};\n{Lane.Sql}",
            new
            {
                desks.Shops,
                desks.Agents,
                chosen = desks.Places.Select(place => seats[place].Request.Campaigns is { } keys ? string.Join(',', keys.Select(key => key.CampaignId)) : null).ToArray(),
                state = nameof(AgentState.Ready),
                reason = (string?)null,
                now,
                lanes.LaneShops,
                lanes.LaneCampaigns,
            },
            ToTheEnd);
        var all = Lane.Of(heads, wanted, now).ToLookup(lane => lane.Key);
        foreach (var seat in seats)
            if (await KeptCalls.NextAsync(session, seat.Face(all), seat.Agent, now, ToTheEnd) is { } kept)
                seat.First(kept.Lane, kept.QueuedCallId);
    }

    private async Task HandOutAsync(Session session, IReadOnlyList<HoldSeat> seats, DateTimeOffset now)
    {
        var passed = new List<Guid>();
        while (LaneWish.Of(seats) is { Count: > 0 } wishes)
        {
            var claims = await LaneHeads.ClaimAsync(session, facts, wishes, passed, now, ToTheEnd);
            var served = claims.Select(claim => claim.Seat).ToHashSet();
            foreach (var seat in wishes.SelectMany(wish => wish.Seats).Where(seat => !served.Contains(seat)))
                seat.GoOn();
            passed.AddRange(claims.Select(claim => claim.Call.QueuedCallId));
            foreach (var claim in claims)
                await JudgeAsync(session, claim, now);
        }
    }

    private static async Task JudgeAsync(Session session, LaneClaim claim, DateTimeOffset now)
    {
        claim.Seat.Looked();
        switch (QueuedCallPolicy.Judge(claim.Call, claim.Facts, now))
        {
            case QueuedCallVerdict.Goes goes:
                await QueueRows.DropAsync(session, claim.Call, goes.Leaving, ToTheEnd);
                claim.Seat.Take(claim.Call);
                break;
            case QueuedCallVerdict.Leaves leaves:
                await QueueRows.LeaveAsync(session, claim.Call, leaves.Reason.ToString(), null, leaves.Leaving, now, ToTheEnd);
                break;
            default:
                await QueueRows.FreeAsync(session, claim.Call, penalty: 0, ToTheEnd);
                break;
        }
    }

    private static Task<int> FreeOverdueAsync(Session session, DeskArgs desks, DateTimeOffset now) => session.ExecuteAsync(
        """
        update queued_calls q
        set hold_id = null, held_by = null, held_at = null, held_until = null, fence = fence + 1
        from unnest(@Shops, @Agents) as d (shop_id, agent_id)
        where q.shop_id = d.shop_id and q.held_by = d.agent_id and q.held_until <= @now
        """,
        new { desks.Shops, desks.Agents, now },
        ToTheEnd);
}
