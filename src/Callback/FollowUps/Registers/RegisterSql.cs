using Dapper;

namespace Callback.FollowUps.Registers;

/// <summary>The two registers as one shape: a name (courier or product), a cause, a call.</summary>
internal static class RegisterSql
{
    private const string Couriers = """
        select c.shop_id, c.at, c.attempt_id, c.order_no, c.cause, c.courier as name, c.tracking_no as detail, true as certain, c.note, c.agent_id
        from courier_cases c
        where c.shop_id = @shop
            and c.at >= @from
            and c.at < @until
        """;

    private const string Products = """
        select p.shop_id, p.at, p.attempt_id, p.order_no, p.cause, p.product as name, p.sku as detail, p.certain, p.note, p.agent_id
        from product_problems p
        where p.shop_id = @shop
            and p.at >= @from
            and p.at < @until
        """;

    /// <summary>The busiest names first.</summary>
    public static string Sums(RegisterKind kind, RegisterFilter filter) => $"""
        with entries as (
            {Entries(kind, filter)}
        ), weeks as (
            select name, floor(extract(epoch from at - @from) / 604800)::integer as week, count(distinct attempt_id)::integer as calls
            from entries
            group by name, week
        ), causes as (
            select name, cause, count(distinct attempt_id)::integer as calls
            from entries
            group by name, cause
        ), totals as (
            select name, count(distinct attempt_id)::integer as calls, count(distinct attempt_id) filter (where not certain)::integer as uncertain
            from entries
            group by name
            order by calls desc, name
            limit @most
        )
        select t.name, t.calls, t.uncertain,
            (select jsonb_object_agg(c.cause, c.calls order by c.calls desc, c.cause)::text from causes c where c.name = t.name) as causes,
            (select array_agg(coalesce(w.calls, 0) order by n) from generate_series(0, @weeks - 1) as n left join weeks w on w.name = t.name and w.week = n) as weeks
        from totals t
        order by t.calls desc, t.name
        """;

    /// <summary>The newest first.</summary>
    public static string Rows(RegisterKind kind, RegisterFilter filter, RegisterCursor? after, DynamicParameters args)
    {
        if (after is not null)
            args.AddDynamicParams(new { afterAt = after.At, afterId = after.AttemptId, afterCause = after.Cause, afterName = after.Name });
        return $"""
            with entries as (
                {Entries(kind, filter)}
            )
            select e.at, e.attempt_id, e.order_no, e.cause, e.name, e.detail, e.certain, e.note, u.display_name as agent_name
            from entries e
            join users u on u.user_id = e.agent_id
            {(after is null ? "" : "where (e.at, e.attempt_id, e.cause, e.name) < (@afterAt, @afterId, @afterCause, @afterName)")}
            order by e.at desc, e.attempt_id desc, e.cause desc, e.name desc
            limit @limit
            """;
    }

    private static string Entries(RegisterKind kind, RegisterFilter filter)
    {
        var (entries, name) = kind == RegisterKind.Couriers ? (Couriers, "c.courier") : (Products, "p.product");
        return entries
            + (filter.Name is null ? "" : $"\n    and {name} = @name")
            + (filter.Cause is null ? "" : $"\n    and {(kind == RegisterKind.Couriers ? "c" : "p")}.cause = @cause");
    }
}
