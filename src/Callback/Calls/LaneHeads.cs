using Callback.Database;
using Callback.Planning;

namespace Callback.Calls;

/// <summary>So many heads of a lane as agents stand before it; in a practice shop one agent at a time, because some calls are kept for their agent.</summary>
internal sealed record LaneWish(Lane Lane, Guid? Kept, IReadOnlyList<HoldSeat> Seats)
{
    public static IReadOnlyList<LaneWish> Of(IEnumerable<HoldSeat> seats) =>
    [
        .. seats.Where(seat => seat.Place is not null)
            .GroupBy(seat => seat.Place!.Value.Lane, ReferenceEqualityComparer.Instance)
            .Select(group => (Lane: (Lane)group.Key!, Seats: group.ToList()))
            .Select(wish => wish.Lane.Campaign.Practice
                ? new LaneWish(wish.Lane, wish.Seats[0].Place!.Value.Kept, [wish.Seats[0]])
                : new LaneWish(wish.Lane, null, wish.Seats)),
    ];
}

/// <summary>A head that was claimed for a seat, and the facts about its orders.</summary>
internal sealed record LaneClaim(HoldSeat Seat, QueuedCall Call, IReadOnlyList<CallFacts> Facts);

/// <summary>
/// The claim: one statement for all who look at this moment, on the lanes' index, past rows that others are claiming; and, in the same round trip, the facts about
/// what was claimed.
/// </summary>
internal static class LaneHeads
{
    // The case and the last limit are for the planner. It takes conditions side by side for a thousandth of the lane, and would read and sort all of it instead of walking
    // down from the head; and it takes the heads for a tenth of the queue, and would join them by reading all of that (measured 15 and 30 ms; this way it is under one).
    private static readonly string Sql = $"""
        with heads as (
            select w.wish, h.shop_id, h.queued_call_id, row_number() over (partition by w.wish order by h.priority desc, h.due_at, h.queued_call_id) as seat
            from unnest(@wishes, @many, @shops, @campaigns, @zones, @promisedOnly, @practising, @kept)
                as w (wish, many, shop_id, campaign_id, zone_key, promised_only, practising, kept)
            cross join lateral (
                select q.shop_id, q.queued_call_id, q.priority, q.due_at
                from queued_calls q
                where q.shop_id = w.shop_id
                    and q.campaign_id = w.campaign_id
                    and q.zone_key = w.zone_key
                    and q.hold_id is null
                    and case
                        when q.due_at > @now or q.fresh_until <= @now or w.promised_only and q.kind <> 'Promised' or q.queued_call_id = any(@passed) then false
                        when w.practising is null then true
                        else {KeptCalls.NotForOthers}
                    end
                order by q.priority desc, q.due_at, q.queued_call_id
                limit w.many
                for update skip locked) h
            limit {HoldBatch.Most}
        ), taken as (
            select h.shop_id, h.queued_call_id, s.agent_id, s.hold_id, s.hold_for
            from heads h
            join unnest(@seatWishes, @seats, @agents, @holdIds, @holdFors) as s (wish, seat, agent_id, hold_id, hold_for) on s.wish = h.wish and s.seat = h.seat
        )
        update queued_calls q
        set hold_id = t.hold_id, held_by = t.agent_id, held_at = business_clock(), held_until = business_clock() + t.hold_for, fence = q.fence + 1
        from taken t
        where q.shop_id = t.shop_id and q.queued_call_id = t.queued_call_id
        returning {QueuedCall.Columns}
        """;

    /// <param name="session">The batch's transaction.</param>
    /// <param name="facts">Makes facts of rows.</param>
    /// <param name="wishes">Each lane once.</param>
    /// <param name="passed">Calls that were looked at in this transaction.</param>
    /// <param name="now">For due times.</param>
    /// <param name="ct">Cancels the statement.</param>
    public static async Task<IReadOnlyList<LaneClaim>> ClaimAsync(
        Session session, FactsReader facts, IReadOnlyList<LaneWish> wishes, IReadOnlyCollection<Guid> passed, DateTimeOffset now, CancellationToken ct)
    {
        var seats = wishes.SelectMany((wish, i) => wish.Seats.Select((seat, k) => (Wish: wish, Number: i, Seat: seat, Place: k + 1, HoldId: Ids.New(now)))).ToList();
        var (calls, rows) = await session.QueryAsync<QueuedCall, FactsRow>(
            $"{Sql};\n{FactsReader.OfHolds}",
            new
            {
                wishes = Enumerable.Range(0, wishes.Count).ToArray(),
                many = wishes.Select(wish => wish.Seats.Count).ToArray(),
                shops = wishes.Select(wish => wish.Lane.Key.Shop.Value).ToArray(),
                campaigns = wishes.Select(wish => wish.Lane.Key.CampaignId).ToArray(),
                zones = wishes.Select(wish => wish.Lane.Zone.Value).ToArray(),
                promisedOnly = wishes.Select(wish => !wish.Lane.IsOpen).ToArray(),
                practising = wishes.Select(wish => wish.Lane.Campaign.Practice ? wish.Seats[0].Agent : null as Guid?).ToArray(),
                kept = wishes.Select(wish => wish.Kept).ToArray(),
                passed = passed.ToArray(),
                seatWishes = seats.Select(seat => seat.Number).ToArray(),
                seats = seats.Select(seat => seat.Place).ToArray(),
                agents = seats.Select(seat => seat.Seat.Agent).ToArray(),
                holdIds = seats.Select(seat => seat.HoldId).ToArray(),
                holdFors = seats.Select(seat => seat.Wish.Lane.Campaign.Campaign.Settings.HoldFor).ToArray(),
                seatShops = seats.Select(seat => seat.Wish.Lane.Key.Shop.Value).ToArray(),
                now,
                known = DateTimeOffset.MaxValue,
                since = FactsReader.Since(now),
            },
            ct);
        var read = facts.Of(rows, [.. seats.Select(seat => seat.Wish.Lane.Campaign)], now);
        var byHold = seats.Select((seat, place) => (seat.HoldId, seat.Seat, Facts: read[place])).ToDictionary(seat => seat.HoldId);
        return [.. calls.Select(call => new LaneClaim(byHold[call.HoldId].Seat, call, byHold[call.HoldId].Facts))];
    }
}
