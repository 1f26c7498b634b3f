using System.Text.RegularExpressions;
using Callback.Orders.Files;

namespace Callback.Orders.Formats;

internal sealed partial class RowParser
{
    private static string Cell(RowSource row, int place) => place < row.Count ? row[place] : "";

    private static string Joined(RowSource row, int[] places) =>
        places.Length == 1 ? Cell(row, places[0]) : string.Join(' ', places.Select(place => CellText.Clean(Cell(row, place))).OfType<string>());

    /// <summary>The first alternative that says something.</summary>
    private string? Text(RowSource row, OrderField field)
    {
        foreach (var places in map.Of(field))
        {
            if (CellText.Clean(Joined(row, places)) is { } text)
                return text;
        }
        return null;
    }

    private string? Folded(RowSource row, OrderField field) => Text(row, field) is { } text ? CellText.Fold(text) : null;

    private Unreadable Fault(RowSource row, OrderField field, RejectReason reason) => new(reason, map.NameOf(field), Text(row, field));

    private decimal? Amount(RowSource row, OrderField field) => Folded(row, field) is { } text
        ? ValueReader.Amount(text, format.DecimalMark) ?? throw Fault(row, field, RejectReason.AmountUnreadable)
        : null;

    private DateTimeOffset? Time(RowSource row, OrderField field) => Folded(row, field) is { } text
        ? ValueReader.Time(text, format.Dates, context.Zone, context.ToInstant) ?? throw Fault(row, field, RejectReason.DateUnreadable)
        : null;

    private string Currency(RowSource row)
    {
        if (Folded(row, OrderField.Currency) is not { } text)
            return context.Currency;
        return text.Length == 3 && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : throw Fault(row, OrderField.Currency, RejectReason.CurrencyUnknown);
    }

    private string? Zone(RowSource row)
    {
        if (Folded(row, OrderField.Zone) is not { } text)
            return null;
        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId ? text : throw Fault(row, OrderField.Zone, RejectReason.ZoneUnknown);
    }

    private string Country(RowSource row) =>
        Folded(row, OrderField.Country) is { Length: 2 } text && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : context.Country;

    /// <summary>The first column with a number counts; without one, the one that hides most: masked before unreadable before empty.</summary>
    private ParsedPhone Phone(RowSource row, string country)
    {
        var best = ParsedPhone.Missing;
        foreach (var places in map.Of(OrderField.Phone))
        {
            var phone = PhoneParser.Parse(Joined(row, places), country);
            if (phone.Callable)
                return phone;
            if (best.Kind == PhoneKind.Missing || phone.Kind == PhoneKind.Masked)
                best = phone;
        }
        return best;
    }

    private OrderCases Cases(RowSource row) => new(
        Time(row, OrderField.DeliveryProblemAt),
        Stored(Text(row, OrderField.DeliveryProblem), 500),
        Time(row, OrderField.OutOfStockAt),
        Stored(Text(row, OrderField.OutOfStockItem), 200),
        Stored(Text(row, OrderField.OutOfStockReason), 500),
        Time(row, OrderField.RefundRequestedAt),
        Stored(Text(row, OrderField.RefundReason), 500),
        Time(row, OrderField.ComplaintClosedAt),
        Stored(Text(row, OrderField.ComplaintResult), 500),
        StockLeft(row),
        Time(row, OrderField.OfferEndsOn) is { } ends ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ends, context.Zone).DateTime) : null);

    private int? StockLeft(RowSource row) => Folded(row, OrderField.StockLeft) is { } text
        ? int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var left) && left <= 1_000_000
            ? left
            : throw Fault(row, OrderField.StockLeft, RejectReason.QuantityUnreadable)
        : null;

    private (string? Region, string? City, string? Postcode) Address(RowSource row) =>
        format.ChineseAddress && Text(row, OrderField.Address) is { } address ? ChineseAddress.Read(address) : default;

    private string? Tracking(RowSource row) => Folded(row, OrderField.TrackingNo) is { } text ? TrackingMark().Replace(text, "").Trim() : null;

    private List<OrderItem> Items(RowSource row)
    {
        if (format.Items == ItemStyle.Pipes)
            return [.. map.Of(OrderField.ItemTitle).Select(places => CellText.Clean(Joined(row, places))).OfType<string>().Select(CellText.Storable).Select(ItemReader.Pipes).OfType<OrderItem>()];
        if (Text(row, OrderField.ItemTitle) is not { } title)
            return [];
        var quantity = Folded(row, OrderField.ItemQuantity) is { } text
            ? ValueReader.Quantity(text) ?? throw Fault(row, OrderField.ItemQuantity, RejectReason.QuantityUnreadable)
            : 1;
        return [ItemReader.Columns(CellText.Storable(title), quantity, Amount(row, OrderField.ItemPrice), Stored(Text(row, OrderField.ItemSku), 200))];
    }

    private static string? Stored(string? text, int longest)
    {
        if (text is null)
            return null;
        var storable = CellText.Storable(text);
        return storable.Length <= longest ? storable : CellText.Storable(storable[..longest]);
    }

    // 3.19307E+18, and what a spreadsheet shows of a number it rounded: 3193067985817060000.0
    [GeneratedRegex(@"\A\d+(?:[.,]\d+)?E\+?\d+\z|\A\d{16,}\.0*\z", RegexOptions.IgnoreCase)]
    private static partial Regex LostNumber();

    [GeneratedRegex(@"\ANo\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex TrackingMark();

    private sealed class Unreadable(RejectReason reason, string? column, string? value) : Exception
    {
        public RejectReason Reason { get; } = reason;

        public string? Column { get; } = column;

        public string? Value { get; } = value;
    }
}
