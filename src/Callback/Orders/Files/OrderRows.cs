using Callback.Orders.Formats;

namespace Callback.Orders.Files;

/// <summary>The rows of one order, as they come.</summary>
internal sealed class OrderRows(OrderFormat format)
{
    public const int MostItems = 500;

    private readonly List<OrderItem> items = [];
    private readonly List<(int Line, IReadOnlyList<string> Cells)> good = [];
    private readonly List<RejectedRow> bad = [];
    private IncomingOrder? order;
    private decimal amount;

    public int Rows => good.Count + bad.Count;

    public void Add(int line, IncomingOrder row, IReadOnlyList<string> cells)
    {
        good.Add((line, cells));
        if (!format.RowIsItem)
        {
            order = order is null || row.Status >= order.Status ? row : order;
            return;
        }
        items.AddRange(row.Items);
        amount = format.AmountPerRow ? amount + row.Amount.Amount : order?.Amount.Amount ?? row.Amount.Amount;
        order = (order ?? row) with { Status = order is null || row.Status > order.Status ? row.Status : order.Status };
    }

    public void Add(int line, OrderItem? item, IReadOnlyList<string> cells)
    {
        good.Add((line, cells));
        if (item is not null)
            items.Add(item);
    }

    public void Reject(RejectedRow row) => bad.Add(row);

    /// <returns>The order, or null with all its rows among the rejected: it comes in whole or not at all.</returns>
    public IncomingOrder? Whole(List<RejectedRow> rejected)
    {
        if (bad.Count == 0 && order is { } whole && items.Count <= MostItems)
            return format.RowIsItem ? whole with { Items = [.. items], Amount = whole.Amount with { Amount = amount } } : whole;
        var reason = items.Count > MostItems ? RejectReason.TooManyItems : RejectReason.OrderIncomplete;
        rejected.AddRange(bad);
        rejected.AddRange(good.Select(row => new RejectedRow(row.Line, null, null, reason, row.Cells)));
        return null;
    }
}
