using Callback.Database;

namespace Callback.Orders.Merge;

/// <summary>
/// Merges a staged batch into the orders, with everything that follows from it, in the caller's transaction. Of two tellings of an order the greater of
/// (as-of, status, content) stands, whatever order they arrive in, and a telling that is already known writes nothing. A status only rises; a known phone is never lost.
/// </summary>
internal static class OrderMerge
{
    // "Newer" is one total order, so that files may come in any sequence, twice, or half, and the same rows stand at the end.
    private const string IsNewer =
        """
        o.content_hash <> s.content_hash
            and (@asOf > o.as_of or @asOf = o.as_of and (s.status_rank, s.content_hash) > (o.status_rank, o.content_hash))
        """;

    private static readonly string TellsMore =
        $"""
        (({IsNewer}) or s.status_rank > o.status_rank or o.phone_hash is null and s.phone_hash is not null
            or {ReportedLater("delivery_problem_at")} or {ReportedLater("out_of_stock_at")}
            or {ReportedLater("refund_requested_at")} or {ReportedLater("complaint_closed_at")})
        """;

    internal const string CaseColumns =
        """
        delivery_problem_at, delivery_problem, out_of_stock_at, out_of_stock_item, out_of_stock_reason, refund_requested_at, refund_reason,
        complaint_closed_at, complaint_result, stock_left, offer_ends_on
        """;

    /// <summary>Reports about an order: the moment, and the words that go with it.</summary>
    private static readonly (string At, string[] Words)[] Reports =
    [
        ("delivery_problem_at", ["delivery_problem"]),
        ("out_of_stock_at", ["out_of_stock_item", "out_of_stock_reason"]),
        ("refund_requested_at", ["refund_reason"]),
        ("complaint_closed_at", ["complaint_result"]),
    ];

    private const string IsConfirmed = "o.content_hash = s.content_hash and @asOf > o.as_of";

    /// <summary>Merges of one shop come one after the other.</summary>
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('orders:' || @shop, 0))";

    /// <summary>
    /// Compares, and locks what will change, in the order in which the dial gate locks: so the two never deadlock. A file is mostly all new or all known, and then
    /// nothing has to be compared again. Each lookup goes by its key (lateral, limit 1), also when the statistics still say that a filled table is empty.
    /// </summary>
    private static readonly string Meet =
        $"""
        with met as materialized (
            select o.order_no, {TellsMore} or {IsConfirmed} as says
            from order_stage s
            cross join lateral (
                select *
                from orders
                where shop_id = @shop and order_no = s.order_no
                limit 1) o),
        locked as (
            select
            from (
                select order_no
                from met
                where says
                order by order_no) m
            cross join lateral (
                select
                from orders
                where shop_id = @shop and order_no = m.order_no
                limit 1
                for no key update) o)
        select (select count(*)::int from met) as known, (select count(*)::int from locked) as saying
        """;

    private const string Tell =
        $"""
        insert into order_events (shop_id, order_no, at, kind, details)
        select @shop, o.order_no, @now, s.status,
            jsonb_build_object('from', o.status, 'to', s.status, 'source', @source::text, 'importId', @importId::uuid, 'asOf', @asOf::timestamptz)
        from order_stage s
        join orders o on o.shop_id = @shop and o.order_no = s.order_no
        where s.status_rank > o.status_rank
        """;

    private static readonly string Merge =
        $"""
        with changed as (
            update orders o
            set status = case when s.status_rank > o.status_rank then s.status else o.status end,
                buyer_id = case when {IsNewer} then coalesce(s.buyer_id, o.buyer_id) else o.buyer_id end,
                buyer_key = case when {IsNewer} then coalesce(s.buyer_key, o.buyer_key) else o.buyer_key end,
                buyer_name = case when {IsNewer} then coalesce(s.buyer_name, o.buyer_name) else o.buyer_name end,
                phone_kind = case when {TakesPhone} then s.phone_kind else o.phone_kind end,
                phone_cipher = case when {TakesPhone} then s.phone_cipher else o.phone_cipher end,
                phone_hash = case when {TakesPhone} then s.phone_hash else o.phone_hash end,
                phone_last4 = case when {TakesPhone} then s.phone_last4 else o.phone_last4 end,
                phone_region = case when {TakesPhone} then s.phone_region else o.phone_region end,
                phone_expires_at = case when {TakesPhone} then s.phone_expires_at
                    when {IsNewer} then coalesce(s.phone_expires_at, o.phone_expires_at) else o.phone_expires_at end,
                zone = case when {IsNewer} then coalesce(s.zone, o.zone) else o.zone end,
                country = case when {IsNewer} then coalesce(s.country, o.country) else o.country end,
                region = case when {IsNewer} then coalesce(s.region, o.region) else o.region end,
                city = case when {IsNewer} then coalesce(s.city, o.city) else o.city end,
                postcode = case when {IsNewer} then coalesce(s.postcode, o.postcode) else o.postcode end,
                amount = case when {IsNewer} then s.amount else o.amount end,
                currency = case when {IsNewer} then s.currency else o.currency end,
                items = case when {IsNewer} and s.item_count > 0 then s.items else o.items end,
                item_count = case when {IsNewer} and s.item_count > 0 then s.item_count else o.item_count end,
                buyer_note = case when {IsNewer} then coalesce(s.buyer_note, o.buyer_note) else o.buyer_note end,
                seller_note = case when {IsNewer} then coalesce(s.seller_note, o.seller_note) else o.seller_note end,
                courier = case when {IsNewer} then coalesce(s.courier, o.courier) else o.courier end,
                tracking_no = case when {IsNewer} then coalesce(s.tracking_no, o.tracking_no) else o.tracking_no end,
                refunded_amount = greatest(s.refunded_amount, o.refunded_amount),
                close_reason = case when {IsNewer} then coalesce(s.close_reason, o.close_reason) else coalesce(o.close_reason, s.close_reason) end,
                ordered_at = case when {IsNewer} then s.ordered_at else o.ordered_at end,
                paid_at = case when {IsNewer} then coalesce(s.paid_at, o.paid_at) else coalesce(o.paid_at, s.paid_at) end,
                shipped_at = case when {IsNewer} then coalesce(s.shipped_at, o.shipped_at) else coalesce(o.shipped_at, s.shipped_at) end,
                delivered_at = case when {IsNewer} then coalesce(s.delivered_at, o.delivered_at) else coalesce(o.delivered_at, s.delivered_at) end,
                closed_at = case when {IsNewer} then coalesce(s.closed_at, o.closed_at) else coalesce(o.closed_at, s.closed_at) end,
                {string.Join(",\n                ", Reports.SelectMany(report => report.Words.Select(word => Words(report.At, word)).Append($"{report.At} = case when {ReportedLater(report.At)} then s.{report.At} else o.{report.At} end")))},
                stock_left = case when {IsNewer} then s.stock_left else o.stock_left end,
                offer_ends_on = case when {IsNewer} then s.offer_ends_on else o.offer_ends_on end,
                as_of = greatest(o.as_of, @asOf),
                source = case when {IsNewer} then @source else o.source end,
                import_id = @importId,
                content_hash = case when {IsNewer} then s.content_hash else o.content_hash end,
                updated_at = @now
            from order_stage s
            where o.shop_id = @shop and o.order_no = s.order_no and {TellsMore}
            returning o.order_no, o.status, {PurposePolicy.AgeColumns("o")}),
        confirmed as (
            update orders o
            set as_of = @asOf
            from order_stage s
            where o.shop_id = @shop and o.order_no = s.order_no and {IsConfirmed} and not {TellsMore}
            returning o.order_no),
        {NewOrders.Added("where not exists (select from orders o where o.shop_id = @shop and o.order_no = s.order_no)")},
        moved as (
            select * from changed
            union all
            select * from added),
        dropped as (
            delete from candidates c
            using changed
            where c.shop_id = @shop and c.order_no = changed.order_no
                and not {PurposePolicy.FitsSql("c.purpose", "changed.status")}),
        {NewOrders.Filed},
        woken as (
            update candidates c
            set due_at = @now, blocked_reason = null
            from confirmed
            where c.shop_id = @shop and c.order_no = confirmed.order_no and c.blocked_reason is not null)
        select (select count(*)::int from added) as new, (select count(*)::int from changed) as changed
        """;

    private const string TakesPhone = "s.phone_hash is not null and (o.phone_hash is null or o.phone_hash <> s.phone_hash and " + IsNewer + ") or o.phone_hash is null and " + IsNewer;

    /// <summary>A report that is later than the known one, and than any that was taken back, is true whenever it is heard. Never null, because its opposite is asked too.</summary>
    private static string ReportedLater(string at) =>
        $"s.{at} is not null and (o.{at} is null or s.{at} > o.{at}) and (o.{Withdrawn(at)} is null or s.{at} > o.{Withdrawn(at)})";

    private static string Withdrawn(string at) => Enum.GetValues<Purpose>().Where(one => PurposePolicy.AgeColumn(one) == at).Select(PurposePolicy.WithdrawnColumn).First()!;

    /// <summary>The words of the later report; of the same one, those of the newer telling.</summary>
    private static string Words(string at, string word) =>
        $"{word} = case when {ReportedLater(at)} then s.{word} when s.{at} = o.{at} and ({IsNewer}) then coalesce(s.{word}, o.{word}) else o.{word} end";

    /// <param name="session">The transaction with the stage.</param>
    /// <param name="shop">Whose orders they are.</param>
    /// <param name="staged">How many orders are on the stage.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="importId">The import that tells of them.</param>
    /// <param name="asOf">The moment whose truth is told.</param>
    /// <param name="now">When it is written down.</param>
    /// <param name="ct">Cancels the statements.</param>
    /// <returns>How many of the staged orders were new and how many changed; the others said nothing that was not known.</returns>
    public static async Task<(int New, int Changed)> RunAsync(
        Session session, ShopId shop, int staged, OrderSource source, Guid importId, DateTimeOffset asOf, DateTimeOffset now, CancellationToken ct)
    {
        var args = new { shop = shop.Value, source = source.ToString(), importId, asOf, now };
        await session.ExecuteAsync(Lock, args, ct);
        var (known, saying) = await session.QuerySingleAsync<(int, int)>(Meet, args, ct);
        if (known == 0)
            return (await session.QuerySingleAsync<int>(NewOrders.AddAll, args, ct), 0);
        if (known == staged && saying == 0)
            return (0, 0);
        await session.ExecuteAsync(Tell, args, ct);
        return await session.QuerySingleAsync<(int, int)>(Merge, args, ct);
    }
}
