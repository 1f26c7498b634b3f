using Callback.Database;
using Npgsql;
using NpgsqlTypes;

namespace Callback.Orders.Merge;

/// <summary>A table of the transaction's own into which a batch is copied: COPY is not allowed into tables under row-level security, and nobody else can see it.</summary>
internal static class OrderStage
{
    private const int WorthAnalysing = 200;

    private const string Create =
        """
        create temporary table order_stage (
            order_no text not null,
            status text not null,
            status_rank smallint not null,
            buyer_id text,
            buyer_key bytea,
            buyer_name text,
            phone_kind text not null,
            phone_cipher bytea,
            phone_hash bytea,
            phone_last4 text,
            phone_region text,
            phone_expires_at timestamptz,
            zone text,
            country text,
            region text,
            city text,
            postcode text,
            amount numeric(14, 2) not null,
            currency text not null,
            items jsonb not null,
            item_count integer not null,
            buyer_note text,
            seller_note text,
            courier text,
            tracking_no text,
            refunded_amount numeric(14, 2) not null,
            close_reason text,
            ordered_at timestamptz not null,
            paid_at timestamptz,
            shipped_at timestamptz,
            delivered_at timestamptz,
            closed_at timestamptz,
            delivery_problem_at timestamptz,
            delivery_problem text,
            out_of_stock_at timestamptz,
            out_of_stock_item text,
            out_of_stock_reason text,
            refund_requested_at timestamptz,
            refund_reason text,
            complaint_closed_at timestamptz,
            complaint_result text,
            stock_left integer,
            offer_ends_on date,
            content_hash bytea not null
        ) on commit drop
        """;

    public static async Task FillAsync(Session session, IReadOnlyList<StagedOrder> orders, CancellationToken ct)
    {
        await session.ExecuteAsync(Create, null, ct);
        await using (var copy = await session.Connection.BeginBinaryImportAsync("copy order_stage from stdin (format binary)", ct))
        {
            foreach (var order in orders)
                await WriteAsync(copy, order, ct);
            await copy.CompleteAsync(ct);
        }
        if (orders.Count >= WorthAnalysing)
            await session.ExecuteAsync("analyze order_stage (order_no)", null, ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, StagedOrder staged, CancellationToken ct)
    {
        var order = staged.Order;
        await copy.StartRowAsync(ct);
        await Text(order.OrderNo.Value);
        await Text(order.Status.ToString());
        await copy.WriteAsync((short)order.Status, NpgsqlDbType.Smallint, ct);
        await Text(order.BuyerId);
        await Bytes(staged.BuyerKey);
        await Text(order.BuyerName);
        await Text(order.Phone.Kind.ToString());
        await Bytes(staged.PhoneCipher);
        await Bytes(staged.PhoneHash);
        await Text(order.Phone.Number?.Last4);
        await Text(order.Phone.Region);
        await Time(order.PhoneExpiresAt);
        await Text(order.Zone);
        await Text(order.Country);
        await Text(order.Region);
        await Text(order.City);
        await Text(order.Postcode);
        await copy.WriteAsync(order.Amount.Amount, NpgsqlDbType.Numeric, ct);
        await Text(order.Amount.Currency);
        await copy.WriteAsync(staged.Items, NpgsqlDbType.Jsonb, ct);
        await copy.WriteAsync((int)Math.Min(int.MaxValue, order.Items.Sum(item => (long)item.Quantity)), NpgsqlDbType.Integer, ct);
        await Text(order.BuyerNote);
        await Text(order.SellerNote);
        await Text(order.Courier);
        await Text(order.TrackingNo);
        await copy.WriteAsync(order.RefundedAmount, NpgsqlDbType.Numeric, ct);
        await Text(order.CloseReason);
        await Time(order.OrderedAt);
        await Time(order.PaidAt);
        await Time(order.ShippedAt);
        await Time(order.DeliveredAt);
        await Time(order.ClosedAt);
        await WriteAsync(copy, order.Cases, ct);
        await Bytes(staged.ContentHash);

        Task Text(string? value) => TextAsync(copy, value, ct);
        Task Bytes(byte[]? value) => value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, NpgsqlDbType.Bytea, ct);
        Task Time(DateTimeOffset? value) => TimeAsync(copy, value, ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, OrderCases cases, CancellationToken ct)
    {
        await TimeAsync(copy, cases.DeliveryProblemAt, ct);
        await TextAsync(copy, cases.DeliveryProblem, ct);
        await TimeAsync(copy, cases.OutOfStockAt, ct);
        await TextAsync(copy, cases.OutOfStockItem, ct);
        await TextAsync(copy, cases.OutOfStockReason, ct);
        await TimeAsync(copy, cases.RefundRequestedAt, ct);
        await TextAsync(copy, cases.RefundReason, ct);
        await TimeAsync(copy, cases.ComplaintClosedAt, ct);
        await TextAsync(copy, cases.ComplaintResult, ct);
        await (cases.StockLeft is { } left ? copy.WriteAsync(left, NpgsqlDbType.Integer, ct) : copy.WriteNullAsync(ct));
        await (cases.OfferEndsOn is { } day ? copy.WriteAsync(day, NpgsqlDbType.Date, ct) : copy.WriteNullAsync(ct));
    }

    private static Task TextAsync(NpgsqlBinaryImporter copy, string? value, CancellationToken ct) =>
        value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, NpgsqlDbType.Text, ct);

    private static Task TimeAsync(NpgsqlBinaryImporter copy, DateTimeOffset? value, CancellationToken ct) =>
        value is { } time ? copy.WriteAsync(time, NpgsqlDbType.TimestampTz, ct) : copy.WriteNullAsync(ct);
}
