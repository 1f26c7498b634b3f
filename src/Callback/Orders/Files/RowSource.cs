namespace Callback.Orders.Files;

/// <summary>A table that is read row by row; the current row's cells are valid until the next <see cref="Read"/>.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>A cell may hold 64 KB of characters, a row 1 M.</summary>
    public const int LongestCell = 64 * 1024;

    public const int LongestRow = 1024 * 1024;

    /// <summary>The column names; empty when the table is.</summary>
    public IReadOnlyList<string> Header { get; protected set; } = [];

    /// <summary>The physical line on which the current row begins.</summary>
    public int Line { get; protected set; }

    public int Count { get; protected set; }

    /// <summary>Characters of the current row.</summary>
    public int Weight { get; protected set; }

    /// <summary>What makes the current row unreadable as a whole, or null.</summary>
    public RejectReason? Fault { get; protected set; }

    public abstract string this[int place] { get; }

    /// <returns>False at the end.</returns>
    public abstract bool Read();

    /// <summary>How far the file was read, in its own bytes.</summary>
    public abstract long BytesRead { get; }

    /// <summary>The row as it may be kept: of a faulty one, as much as is sensible.</summary>
    public IReadOnlyList<string> Cells() => [.. Enumerable.Range(0, Math.Min(Count, 500)).Select(place => Short(this[place], Weight > LongestCell ? 100 : 2000))];

    public abstract void Dispose();

    private static string Short(string cell, int longest) => CellText.Storable(cell.Length <= longest ? cell : cell[..longest]);
}
