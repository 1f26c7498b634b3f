using Callback.Orders.Files;

namespace Callback.Orders.Formats;

/// <summary>What stands behind every row of an import.</summary>
/// <param name="Country">Of orders that name none.</param>
internal sealed record RowContext(OrderFormat Format, HeaderMap Map, TimeZoneInfo Zone, string Country, string Currency, LocalToInstant ToInstant);

/// <summary>A row, understood: an order's first row, a row that only adds an item to it, or a row that cannot be used.</summary>
internal abstract record ParsedRow
{
    private ParsedRow()
    {
    }

    public sealed record Whole(IncomingOrder Order) : ParsedRow;

    public sealed record FurtherItem(OrderNo OrderNo, OrderItem? Item) : ParsedRow;

    /// <param name="OrderNo">Which order it would have been, where that much was readable.</param>
    public sealed record Unusable(OrderNo? OrderNo, RejectReason Reason, string? Column, string? Value) : ParsedRow;
}

/// <summary>Reads one row of a file by its format. Pure but for the row it looks at.</summary>
internal sealed partial class RowParser(RowContext context)
{
    private readonly OrderFormat format = context.Format;
    private readonly HeaderMap map = context.Map;

    public ParsedRow Parse(RowSource row)
    {
        if (row.Fault is { } fault)
            return new ParsedRow.Unusable(null, fault, null, null);
        if (row.Count > map.Header.Count && Enumerable.Range(map.Header.Count, row.Count - map.Header.Count).Any(place => row[place].Length > 0))
            return new ParsedRow.Unusable(null, RejectReason.TooManyCells, null, row[map.Header.Count]);
        OrderNo? number = null;
        try
        {
            number = Number(row);
            return IsFurtherItem(row) ? new ParsedRow.FurtherItem(number.Value, Items(row).FirstOrDefault()) : new ParsedRow.Whole(Order(row, number.Value));
        }
        catch (Unreadable unreadable)
        {
            return new ParsedRow.Unusable(number, unreadable.Reason, unreadable.Column, unreadable.Value);
        }
    }

    private OrderNo Number(RowSource row)
    {
        var text = Folded(row, OrderField.OrderNo) ?? throw Fault(row, OrderField.OrderNo, RejectReason.OrderNoMissing);
        if (LostNumber().IsMatch(text))
            throw Fault(row, OrderField.OrderNo, RejectReason.NumberLost);
        return Callback.OrderNo.TryParse(text) ?? throw Fault(row, OrderField.OrderNo, RejectReason.OrderNoUnusable);
    }

    /// <summary>Shopify leaves the order's own columns empty on the rows of further items.</summary>
    private bool IsFurtherItem(RowSource row) => format.RowIsItem
        && Folded(row, OrderField.Amount) is null && Folded(row, OrderField.OrderedAt) is null && Text(row, OrderField.ItemTitle) is not null
        && map.Statuses.All(status => status.Column.Optional || status.Place < 0 || CellText.Fold(Cell(row, status.Place)) is null);

    private IncomingOrder Order(RowSource row, OrderNo number)
    {
        var country = Country(row);
        var amount = Amount(row, OrderField.Amount) ?? throw Fault(row, OrderField.Amount, RejectReason.AmountMissing);
        var refunded = Math.Abs(Amount(row, OrderField.Refunded) ?? 0);
        var paidAt = Time(row, OrderField.PaidAt);
        var shippedAt = Time(row, OrderField.ShippedAt);
        var closeReason = Text(row, OrderField.CloseReason);
        var (region, city, postcode) = Address(row);
        var status = Status(row, paidAt, refunded, closeReason);
        return new(number, status, new(amount, Currency(row)), Time(row, OrderField.OrderedAt) ?? throw Fault(row, OrderField.OrderedAt, RejectReason.DateMissing), Phone(row, country), Items(row))
        {
            BuyerId = Folded(row, OrderField.BuyerId) is { } buyer && !format.NoBuyer.Contains(StatusWords.Key(buyer)) ? Stored(buyer, 200) : null,
            BuyerName = Stored(Text(row, OrderField.BuyerName), 200),
            PhoneExpiresAt = Time(row, OrderField.PhoneExpiresAt),
            Zone = Zone(row),
            Country = country,
            Region = Stored(Text(row, OrderField.Region) ?? region, 200),
            City = Stored(Text(row, OrderField.City) ?? city, 200),
            Postcode = Stored(Folded(row, OrderField.Postcode) ?? postcode, 20),
            BuyerNote = Stored(Text(row, OrderField.BuyerNote), 2000),
            SellerNote = Stored(Text(row, OrderField.SellerNote), 2000),
            Courier = Stored(Text(row, OrderField.Courier), 200),
            TrackingNo = Stored(Tracking(row), 200),
            RefundedAmount = refunded,
            CloseReason = Stored(closeReason, 500),
            PaidAt = paidAt,
            ShippedAt = status >= OrderStatus.Shipped ? shippedAt : null,
            DeliveredAt = Time(row, OrderField.DeliveredAt) ?? (status == OrderStatus.Delivered ? shippedAt?.AddDays(format.DaysToDelivery) : null),
            ClosedAt = Time(row, OrderField.ClosedAt),
            Cases = Cases(row),
        };
    }

    /// <summary>The furthest of what the columns say; paid once there is a payment time, refunded once money went back.</summary>
    private OrderStatus Status(RowSource row, DateTimeOffset? paidAt, decimal refunded, string? closeReason)
    {
        OrderStatus? furthest = null;
        foreach (var (column, place) in map.Statuses.Where(status => status.Place >= 0))
        {
            var (status, unknown) = StatusWords.Read(column, Cell(row, place));
            if (unknown is not null)
                throw new Unreadable(unknown.Length == 0 ? RejectReason.StatusMissing : RejectReason.StatusUnknown, map.Header[place], Cell(row, place));
            if (status is { } told && (furthest is null || told > furthest))
                furthest = told;
        }
        var said = furthest ?? throw new Unreadable(RejectReason.StatusMissing, map.Statuses.Where(status => status.Place >= 0).Select(status => map.Header[status.Place]).FirstOrDefault(), null);
        if (said == OrderStatus.Unpaid && (paidAt is not null || format.PaysLater.Contains(StatusWords.Key(Text(row, OrderField.PaymentMethod)))))
            return OrderStatus.Paid;
        var refund = refunded > 0 || (closeReason is not null && format.RefundWords.Any(word => closeReason.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return refund && said != OrderStatus.Unpaid ? OrderStatus.Refunded : said;
    }
}
