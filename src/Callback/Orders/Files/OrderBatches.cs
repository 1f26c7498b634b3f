using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Callback.Orders.Formats;

namespace Callback.Orders.Files;

/// <summary>
/// Gathers rows into batches of whole orders. Rows of one order belong together wherever they stand within a batch, and across its end when they follow each other.
/// Limit: an item that comes after its order's batch was handed on is rejected as scattered; of an export with one row an order, the row that is furthest counts.
/// </summary>
internal sealed class OrderBatches(RowSource rows, RowParser parser, OrderFormat format, int batchRows, int mostRows)
{
    private const long HeaviestBatch = 8_000_000;

    // 8 bytes an order instead of its number: a million of them must not be felt.
    private readonly HashSet<long> handedOn = [];
    private readonly List<RejectedRow> rejected = [];
    private Dictionary<OrderNo, OrderRows> open = [];
    private OrderRows? last;
    private int read;
    private long weight;
    private int total;

    /// <exception cref="InvalidInputException">More rows than are allowed.</exception>
    public IEnumerable<OrderBatch> Read()
    {
        while (rows.Read())
        {
            if (IsEmpty())
                continue;
            if (++total > mostRows)
                throw new InvalidInputException(Problem.Of(ImportFailure.TooManyRows, null, ("most", $"{mostRows}")));
            read++;
            weight += rows.Weight;
            Take(parser.Parse(rows));
            if (read >= batchRows || weight > HeaviestBatch)
                yield return HandOn(keepLast: format.RowIsItem && last is { Rows: <= OrderRows.MostItems });
        }
        if (read > 0)
            yield return HandOn(keepLast: false);
    }

    private void Take(ParsedRow parsed)
    {
        switch (parsed)
        {
            case ParsedRow.Whole whole:
                Of(whole.Order.OrderNo)?.Add(rows.Line, whole.Order, Cells());
                break;
            case ParsedRow.FurtherItem further:
                Of(further.OrderNo)?.Add(rows.Line, further.Item, Cells());
                break;
            case ParsedRow.Unusable { OrderNo: { } number } unusable when format.RowIsItem:
                Of(number)?.Reject(Rejected(unusable));
                break;
            case ParsedRow.Unusable unusable:
                rejected.Add(Rejected(unusable));
                break;
        }
    }

    /// <summary>The rows of that order so far, or null after saying that they are out of reach.</summary>
    private OrderRows? Of(OrderNo number)
    {
        if (format.RowIsItem && handedOn.Contains(Mark(number)))
        {
            rejected.Add(new(rows.Line, null, number.Value, RejectReason.OrderScattered, rows.Cells()));
            return null;
        }
        if (!open.TryGetValue(number, out last))
            open.Add(number, last = new OrderRows(format));
        return last;
    }

    private OrderBatch HandOn(bool keepLast)
    {
        var kept = keepLast ? last : null;
        var done = open.Where(order => order.Value != kept).ToList();
        var orders = new List<IncomingOrder>(done.Count);
        foreach (var (number, order) in done)
        {
            if (format.RowIsItem)
                handedOn.Add(Mark(number));
            if (order.Whole(rejected) is { } whole)
                orders.Add(whole);
        }
        var taken = read - (kept?.Rows ?? 0);
        var batch = new OrderBatch(orders, [.. rejected.OrderBy(row => row.Line)], taken, taken - orders.Count - rejected.Count, rows.BytesRead);
        open = open.Where(order => order.Value == kept).ToDictionary();
        rejected.Clear();
        (read, weight) = (kept?.Rows ?? 0, 0);
        return batch;
    }

    // Kept only where a sibling row may yet spoil the order.
    private IReadOnlyList<string> Cells() => format.RowIsItem ? rows.Cells() : [];

    private RejectedRow Rejected(ParsedRow.Unusable unusable) =>
        new(rows.Line, unusable.Column, unusable.Value is { } value ? CellText.Storable(value.Length <= 500 ? value : value[..500]) : null, unusable.Reason, rows.Cells());

    private static long Mark(OrderNo number) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(number.Value)));

    private bool IsEmpty()
    {
        if (rows.Fault is not null)
            return false;
        for (var place = 0; place < rows.Count; place++)
        {
            if (!string.IsNullOrWhiteSpace(rows[place]))
                return false;
        }
        return true;
    }
}
