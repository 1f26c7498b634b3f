namespace Callback.Orders.Files;

/// <summary>Some thousand rows, understood: what is merged in one transaction.</summary>
/// <param name="Rows">All rows read for it.</param>
/// <param name="Further">Rows that continue an order of the batch.</param>
/// <param name="BytesRead">How far the file was read behind it.</param>
internal sealed record OrderBatch(IReadOnlyList<IncomingOrder> Orders, IReadOnlyList<RejectedRow> Rejected, int Rows, int Further, long BytesRead);
