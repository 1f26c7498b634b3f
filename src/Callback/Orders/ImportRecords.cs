namespace Callback.Orders;

/// <summary>One import as it is recorded. <c>New</c>, <c>Changed</c> and <c>Unchanged</c> count orders; the others count rows of the file.</summary>
/// <param name="Read">Rows read: every order's first row, its further rows, and the rejected ones.</param>
/// <param name="Further">Rows that continue an order already counted (one row per item).</param>
/// <param name="Failure">Why it was refused or ended early; see <see cref="ImportFailure"/>.</param>
/// <param name="AsOf">The moment whose truth the file tells.</param>
public sealed record ImportSummary(
    ShopId ShopId,
    Guid ImportId,
    ImportSource Source,
    string? FileName,
    string? Format,
    DateTimeOffset AsOf,
    string ActorName,
    ImportState State,
    Problem? Failure,
    long? BytesTotal,
    long BytesRead,
    int Read,
    int New,
    int Changed,
    int Unchanged,
    int Further,
    int Rejected,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt);

/// <summary>Which way orders came in.</summary>
public enum ImportSource
{
    File,
    DropFolder,
    Api,
}

public enum ImportState
{
    Running,
    Done,
    Failed,
}

/// <summary>A row that was not imported, and why. It is kept as it was read, so that it can be corrected and imported again.</summary>
/// <param name="Line">The physical line on which the row begins; 1 is the header.</param>
/// <param name="Column">The column's name in the file, or null where the whole row is meant.</param>
/// <param name="Value">What stood there.</param>
/// <param name="Cells">The whole row.</param>
public sealed record RejectedRow(int Line, string? Column, string? Value, RejectReason Reason, IReadOnlyList<string> Cells);

/// <summary>Why a row was rejected; the screens' text is <c>reject.{reason}</c>.</summary>
public enum RejectReason
{
    /// <summary>No order number.</summary>
    OrderNoMissing,

    /// <summary>Longer than 64 characters, or with control characters.</summary>
    OrderNoUnusable,

    /// <summary>The order number was turned into a rounded number by a spreadsheet and is lost.</summary>
    NumberLost,

    StatusMissing,
    StatusUnknown,
    DateMissing,
    DateUnreadable,
    AmountMissing,
    AmountUnreadable,
    QuantityUnreadable,
    CurrencyUnknown,
    ZoneUnknown,
    CountryUnknown,

    /// <summary>More cells than the header has columns: a separator stands unquoted in a value.</summary>
    TooManyCells,

    /// <summary>A cell over 64 KB.</summary>
    CellTooLong,

    /// <summary>A row over 1 MB.</summary>
    RowTooLong,

    /// <summary>A NUL byte.</summary>
    NulByte,

    /// <summary>A quote that is never closed.</summary>
    QuoteNotClosed,

    /// <summary>More than 500 items in one order.</summary>
    TooManyItems,

    /// <summary>Another row of the same order was rejected; an order comes in whole or not at all.</summary>
    OrderIncomplete,

    /// <summary>A further item of an order whose other rows stand too far away in the file.</summary>
    OrderScattered,
}
