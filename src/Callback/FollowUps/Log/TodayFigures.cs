using Callback.Database;
using Callback.Windows;

namespace Callback.FollowUps.Log;

/// <summary>The shop's day so far, counted from midnight in its own zone.</summary>
/// <param name="Calls">Attempts that may have rung (everything but NotPlaced).</param>
/// <param name="Reached">Calls in which somebody answered.</param>
/// <param name="PaidSince">Orders called about today for payment and paid after the call began; not yet compared with the holdout.</param>
/// <param name="OpenWrapUps">Calls that ended and still wait for a result.</param>
public sealed record DayFigures(int Calls, int Reached, int PaidSince, decimal PaidAmount, string Currency, int OpenWrapUps, IReadOnlyList<OutcomeCount> Outcomes);

public sealed record OutcomeCount(string Outcome, int Count);

/// <summary>The counters on top of the log.</summary>
public sealed class TodayFigures(Db db, TimeProvider time)
{
    private const string Counts = """
        select
            (select count(*) from attempts a where a.shop_id = @shop and a.gated_at >= @midnight and a.state <> 'NotPlaced' and (@self::uuid is null or a.agent_id = @self))::int as calls,
            (select count(*) from attempts a where a.shop_id = @shop and a.gated_at >= @midnight and a.answered_at is not null and (@self::uuid is null or a.agent_id = @self))::int as reached,
            (select count(*) from attempts a where a.shop_id = @shop and a.wrap_up in ('Open', 'Later', 'Abandoned') and (@self::uuid is null or a.agent_id = @self))::int as open_wrap_ups,
            paid.orders as paid_since,
            paid.amount as paid_amount,
            s.currency
        from shops s
        cross join lateral (
            select count(*)::int as orders, coalesce(sum(o.amount), 0) as amount
            from attempts a
            join attempt_rights r on r.shop_id = a.shop_id and r.attempt_id = a.attempt_id
            join orders o on o.shop_id = r.shop_id and o.order_no = r.order_no
            where a.shop_id = s.shop_id
                and a.gated_at >= @midnight
                and a.purpose = 'PaymentReminder'
                and a.state <> 'NotPlaced'
                and o.paid_at >= a.gated_at
                and (@self::uuid is null or a.agent_id = @self)
        ) paid
        where s.shop_id = @shop
        """;

    private const string ByOutcome = """
        select f.outcome, count(*)::int as count
        from follow_ups f
        where f.shop_id = @shop
            and f.at >= @midnight
            and (@self::uuid is null or f.agent_id = @self)
        group by f.outcome
        order by count(*) desc, f.outcome
        """;

    public async Task<DayFigures> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOwnLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var zone = await session.QuerySingleAsync<string>("select zone from shops where shop_id = @shop", new { shop = shop.Value }, ct);
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).Date;
        var args = new
        {
            shop = shop.Value,
            midnight = LocalTimePolicy.ToInstant(today, zone),
            self = actor.May(Permission.ViewLog, shop) ? null : actor.UserId,
        };
        var counts = await session.QuerySingleAsync<Row>(Counts, args, ct);
        var outcomes = await session.QueryAsync<OutcomeCount>(ByOutcome, args, ct);
        return new(counts.Calls, counts.Reached, counts.PaidSince, counts.PaidAmount, counts.Currency, counts.OpenWrapUps, outcomes);
    }

    private sealed record Row(int Calls, int Reached, int OpenWrapUps, int PaidSince, decimal PaidAmount, string Currency);
}
