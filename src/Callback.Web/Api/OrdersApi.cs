using System.Globalization;
using System.Text;
using Callback.Orders;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>Orders over HTTP.</summary>
internal static class OrdersApi
{
    private const long LargestRequest = 8L << 20;

    public static void MapOrdersApi(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/v1/shops/{shop}/orders", UpsertAsync)
            .RequirePermission(Permission.ImportOrders)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestRequest))
            .WithName("UpsertOrders")
            .WithTags("Orders")
            .WithSummary("Takes 1 to 1000 orders. An order that cannot be used is rejected by itself; 'line' is its place in the request, from 1.")
            .Produces<UpsertAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapGet("/api/v1/shops/{shop}/orders/{orderNo}", async (string shop, string orderNo, HttpContext http, OrderQueries orders, CancellationToken ct) =>
                OrderNo.TryParse(orderNo) is { } number && await orders.FindAsync(http.GetActor(), Shop(shop), number, ct) is { } order
                    ? Results.Ok(OrderAnswer.Of(order))
                    : Results.Problem($"There is no order '{orderNo}' in this shop.", statusCode: StatusCodes.Status404NotFound))
            .RequirePermission(Permission.ViewOrders)
            .WithName("GetOrder")
            .WithTags("Orders")
            .WithSummary("One order. The phone is never told, only its last four digits.")
            .Produces<OrderAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet("/api/v1/shops/{shop}/orders", ListAsync)
            .RequirePermission(Permission.ViewOrders)
            .WithName("ListOrders")
            .WithTags("Orders")
            .WithSummary("Newest first. Pass 'next' of a page as 'cursor' to get the page after it; null means the end.")
            .Produces<OrderListAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<UpsertAnswer> UpsertAsync(string shop, UpsertBody body, HttpContext http, UpsertOrders upsert, CancellationToken ct)
    {
        var (summary, rejected) = await upsert.RunAsync(http.GetActor(), new UpsertOrdersInput(Shop(shop), body.Orders ?? [], body.AsOf), ct);
        return new(
            summary.ImportId, summary.AsOf, summary.Read, summary.New, summary.Changed, summary.Unchanged, summary.Rejected,
            [.. rejected.Select(row => new RejectedAnswer(row.Line, row.Column, row.Value, row.Reason))]);
    }

    private static async Task<OrderListAnswer> ListAsync(
        string shop, OrderStatus? status, string? buyerId, string? cursor, int? limit, HttpContext http, OrderQueries orders, FindPerson find, CancellationToken ct)
    {
        var actor = http.GetActor();
        var filter = new OrderFilter(status, PersonKey: buyerId is null ? null : find.ByBuyerId(actor, Shop(shop), buyerId));
        var page = await orders.ListAsync(actor, Shop(shop), filter, OrderCursorText.Parse(cursor), limit ?? 50, ct);
        return new([.. page.Orders.Select(OrderAnswer.Of)], OrderCursorText.Of(page.Next));
    }

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

/// <param name="AsOf">The moment whose truth the orders tell; default: now.</param>
public sealed record UpsertBody(IReadOnlyList<OrderDocument>? Orders, DateTimeOffset? AsOf = null);

public sealed record UpsertAnswer(
    Guid ImportId, DateTimeOffset AsOf, int Read, int New, int Changed, int Unchanged, int Rejected, IReadOnlyList<RejectedAnswer> RejectedRows);

public sealed record RejectedAnswer(int Line, string? Column, string? Value, RejectReason Reason);

/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record OrderListAnswer(IReadOnlyList<OrderAnswer> Orders, string? Next);

public sealed record OrderAnswer(
    string OrderNo, OrderStatus Status, DateTimeOffset OrderedAt, decimal Amount, string Currency, PhoneKind PhoneKind, string? PhoneLast4, DateTimeOffset? PhoneExpiresAt,
    string? BuyerId, string? BuyerName, string? Zone, string? Country, string? Region, string? City, string? Postcode, IReadOnlyList<OrderItem> Items, string? BuyerNote,
    string? SellerNote, string? Courier, string? TrackingNo, decimal RefundedAmount, string? CloseReason, DateTimeOffset? PaidAt, DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ClosedAt, DateTimeOffset? DeliveryProblemAt, string? DeliveryProblem,
    DateTimeOffset? OutOfStockAt, string? OutOfStockItem, string? OutOfStockReason, DateTimeOffset? RefundRequestedAt, string? RefundReason,
    DateTimeOffset? ComplaintClosedAt, string? ComplaintResult, int? StockLeft, DateOnly? OfferEndsOn, DateTimeOffset AsOf, OrderSource Source)
{
    internal static OrderAnswer Of(Order order) => new(
        order.OrderNo.Value, order.Status, order.OrderedAt, order.Amount.Amount, order.Amount.Currency, order.PhoneKind, order.PhoneLast4, order.PhoneExpiresAt,
        order.BuyerId, order.BuyerName, order.Zone, order.Country, order.Region, order.City, order.Postcode, order.Items, order.BuyerNote, order.SellerNote, order.Courier,
        order.TrackingNo, order.RefundedAmount.Amount, order.CloseReason, order.PaidAt, order.ShippedAt, order.DeliveredAt, order.ClosedAt,
        order.Cases.DeliveryProblemAt, order.Cases.DeliveryProblem, order.Cases.OutOfStockAt, order.Cases.OutOfStockItem, order.Cases.OutOfStockReason,
        order.Cases.RefundRequestedAt, order.Cases.RefundReason, order.Cases.ComplaintClosedAt, order.Cases.ComplaintResult, order.Cases.StockLeft, order.Cases.OfferEndsOn,
        order.AsOf, order.Source);
}

/// <summary>A place in the list of orders as it stands in an address; opaque to the caller.</summary>
internal static class OrderCursorText
{
    public static string? Of(OrderCursor? cursor) => cursor is { } place
        ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{place.OrderedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)} {place.OrderNo}")).Replace('+', '-').Replace('/', '_').TrimEnd('=')
        : null;

    /// <exception cref="InvalidInputException">cursor-invalid.</exception>
    public static OrderCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var base64 = text.Replace('-', '+').Replace('_', '/');
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='))).Split(' ', 2);
            return new(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), OrderNo.Parse(parts[1]));
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidInputException(Problem.Of("cursor-invalid", "cursor"));
        }
    }
}
