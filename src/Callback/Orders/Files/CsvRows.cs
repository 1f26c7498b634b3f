using System.Buffers;
using System.Text;

namespace Callback.Orders.Files;

/// <summary>
/// Reads separated values (RFC 4180, leniently) as a stream. Written for hostile files, which is why no general reader serves: a row that cannot be read is one
/// faulty row, and reading goes on at the next physical line; line numbers are physical; no file makes it hold more than one row of 1 M characters.
/// </summary>
internal sealed class CsvRows : RowSource
{
    private static readonly char[] Separators = [',', '\t', ';'];

    private readonly Stream file;
    private readonly StreamReader reader;
    private readonly List<(int Start, int Length, bool Quoted)> cells = [];
    private char[] buffer = new char[32 * 1024];
    private int start;
    private int filled;
    private bool ended;
    private string? givenUp;
    private char separator = ',';
    private SearchValues<char> stops = SearchValues.Create(",\r\n");
    private int nextLine = 1;

    /// <param name="file">Read from its beginning; closed with the reader.</param>
    /// <param name="encoding">A byte order mark at the beginning goes before it.</param>
    public CsvRows(Stream file, Encoding encoding)
    {
        this.file = file;
        reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 16 * 1024);
        Fill();
        separator = Separators.MaxBy(candidate => FirstLine().Count(candidate));
        stops = SearchValues.Create([separator, '\r', '\n']);
        if (Read())
            Header = [.. Enumerable.Range(0, Count).Select(place => this[place])];
    }

    public override long BytesRead => file.CanSeek ? file.Position : 0;

    public override string this[int place]
    {
        get
        {
            if (givenUp is not null)
                return givenUp;
            var (from, length, quoted) = cells[place];
            if (length == 0)
                return "";
            var text = new string(buffer, from, length);
            return quoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
    }

    public override bool Read()
    {
        SkipEmptyLines();
        if (start == filled)
            return false;
        (Fault, givenUp, Line) = (null, null, nextLine);
        var end = Split();
        while (end < 0 && Fill())
            end = Split();
        if (end >= 0 && !IsTorn(end))
            Accept(end);
        else
            GiveUp(HoldsQuote() ? RejectReason.QuoteNotClosed : RejectReason.RowTooLong);
        return true;
    }

    public override void Dispose() => reader.Dispose();

    private ReadOnlySpan<char> FirstLine()
    {
        var text = buffer.AsSpan(start, filled - start);
        var end = text.IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }

    /// <summary>Cells of the row that begins at start.</summary>
    /// <returns>Where the next row begins, or -1 when the buffer ends within this one.</returns>
    private int Split()
    {
        cells.Clear();
        var place = start;
        while (true)
        {
            var stop = Cell(place);
            if (stop < 0)
                return -1;
            if (stop == filled)
                return filled;
            if (buffer[stop] == separator)
            {
                place = stop + 1;
                continue;
            }
            if (buffer[stop] == '\r' && stop + 1 == filled && !ended)
                return -1;
            return buffer[stop] == '\r' && stop + 1 < filled && buffer[stop + 1] == '\n' ? stop + 2 : stop + 1;
        }
    }

    /// <returns>Where the cell stops: at a separator, a line's end, or the file's; -1 when more must be read.</returns>
    private int Cell(int from)
    {
        var open = from;
        if (open < filled && buffer[open] == '=' && open + 1 < filled && buffer[open + 1] == '"')
            open++;
        if (open < filled && buffer[open] == '"')
        {
            var close = Close(open + 1);
            if (close < 0)
                return -1;
            var after = Stop(close + 1);
            if (after < 0)
                return -1;
            // ="…" keeps its wrapping for CellText; text behind a closing quote means the quotes are the value's own.
            var bare = open == from && buffer.AsSpan(close + 1, after - close - 1).IsWhiteSpace();
            cells.Add(bare ? (open + 1, close - open - 1, true) : (from, after - from, false));
            return after;
        }
        var stop = Stop(from);
        if (stop >= 0)
            cells.Add((from, stop - from, false));
        return stop;
    }

    private int Close(int from)
    {
        while (true)
        {
            var quote = buffer.AsSpan(from, filled - from).IndexOf('"');
            if (quote < 0)
                return -1;
            var at = from + quote;
            if (at + 1 == filled && !ended)
                return -1;
            if (at + 1 == filled || buffer[at + 1] != '"')
                return at;
            from = at + 2;
        }
    }

    private int Stop(int from)
    {
        var stop = buffer.AsSpan(from, filled - from).IndexOfAny(stops);
        return stop >= 0 ? from + stop : ended ? filled : -1;
    }

    /// <summary>A row over several lines that has not the header's number of cells: a quote was left open and another row's quote closed it.</summary>
    private bool IsTorn(int end) => Header.Count > 0 && (cells.Count != Header.Count || cells.Any(cell => !cell.Quoted && Lines(cell.Start, cell.Start + cell.Length) > 0)) && Lines(start, end) > 1;

    private bool HoldsQuote() => buffer.AsSpan(start, filled - start).Contains('"');

    private void Accept(int end)
    {
        (Count, Weight) = (cells.Count, end - start);
        if (buffer.AsSpan(start, end - start).Contains('\0'))
            Fault = RejectReason.NulByte;
        else if (cells.Any(cell => cell.Length > LongestCell))
            Fault = RejectReason.CellTooLong;
        nextLine += Math.Max(1, Lines(start, end));
        start = end;
    }

    /// <summary>Gives the physical line up, and goes on behind it.</summary>
    private void GiveUp(RejectReason fault)
    {
        Fault = fault;
        var line = FirstLine();
        givenUp = new string(line[..Math.Min(line.Length, 4000)]);
        (Count, Weight) = (1, givenUp.Length);
        while (true)
        {
            start += FirstLine().Length;
            if (start < filled || !Fill())
                break;
        }
        nextLine++;
        if (start < filled && buffer[start] == '\r' && (start + 1 < filled || Fill()) && start + 1 < filled && buffer[start + 1] == '\n')
            start++;
        if (start < filled)
            start++;
    }

    private void SkipEmptyLines()
    {
        while (start < filled || Fill())
        {
            if (start == filled)
                continue;
            if (buffer[start] is not ('\r' or '\n'))
                return;
            if (buffer[start] == '\r' && start + 1 == filled && Fill())
                continue;
            start += buffer[start] == '\r' && start + 1 < filled && buffer[start + 1] == '\n' ? 2 : 1;
            nextLine++;
        }
    }

    private int Lines(int from, int to)
    {
        var text = buffer.AsSpan(from, to - from);
        var lines = text.Count('\n');
        for (var at = text.IndexOf('\r'); at >= 0;)
        {
            if (at + 1 == text.Length || text[at + 1] != '\n')
                lines++;
            var next = text[(at + 1)..].IndexOf('\r');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return lines;
    }

    /// <returns>False when there is no more, or no more room for this row.</returns>
    private bool Fill()
    {
        if (ended)
            return false;
        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        (start, filled) = (0, filled - start);
        if (filled == buffer.Length)
        {
            if (filled >= LongestRow)
                return false;
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var read = reader.Read(buffer, filled, buffer.Length - filled);
        ended = read == 0;
        filled += read;
        return true;
    }
}
