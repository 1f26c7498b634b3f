namespace Callback.Orders.Merge;

/// <summary>The part of the merge that adds: common table expressions <c>added</c> and <c>filed</c>.</summary>
internal static class NewOrders
{
    /// <param name="where">Which of the staged orders <c>s</c>.</param>
    public static string Added(string where) =>
        $"""
        added as (
            insert into orders as added (
                shop_id, order_no, status, buyer_id, buyer_key, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, phone_expires_at,
                zone, country, region, city, postcode, amount, currency, items, item_count, buyer_note, seller_note, courier, tracking_no, refunded_amount, close_reason,
                ordered_at, paid_at, shipped_at, delivered_at, closed_at, {OrderMerge.CaseColumns}, as_of, source, import_id, content_hash, created_at, updated_at)
            select
                @shop, order_no, status, buyer_id, buyer_key, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, phone_expires_at,
                zone, country, region, city, postcode, amount, currency, items, item_count, buyer_note, seller_note, courier, tracking_no, refunded_amount, close_reason,
                ordered_at, paid_at, shipped_at, delivered_at, closed_at, {OrderMerge.CaseColumns}, @asOf, @source, @importId, content_hash, @now, @now
            from order_stage s
            {where}
            returning added.order_no, added.status, {PurposePolicy.AgeColumns("added")})
        """;

    /// <summary>Makes what was <c>moved</c> a candidate of the purposes it fits.</summary>
    public static readonly string Filed =
        $"""
        filed as (
            insert into candidates (shop_id, purpose, order_no, due_at)
            select @shop, f.purpose, moved.order_no, f.due_at
            from moved
            cross join lateral {PurposePolicy.CasesSql("moved")} as f (purpose, due_at, fits)
            where f.fits and f.due_at is not null
            on conflict (shop_id, purpose, order_no) do update
            set due_at = excluded.due_at, blocked_reason = null)
        """;

    /// <summary>Where no order of the stage is known.</summary>
    public static readonly string AddAll =
        $"""
        with {Added("")},
        moved as (
            select * from added),
        {Filed}
        select count(*)::int
        from added
        """;
}
