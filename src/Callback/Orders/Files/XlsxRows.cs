using System.Globalization;
using ExcelDataReader;

namespace Callback.Orders.Files;

/// <summary>Reads the first sheet of a workbook whose first row is a known header. Cells are typed: a number of more than 15 digits has been rounded by the spreadsheet and is shown as such.</summary>
internal sealed class XlsxRows : RowSource
{
    private readonly Stream file;
    private readonly IExcelDataReader reader;
    private string[] cells = [];

    /// <param name="file">A workbook that passed <see cref="XlsxGuard"/>; closed with the reader.</param>
    /// <param name="isHeader">Whether a first row is a header; when none is, the first sheet's first row is the header.</param>
    public XlsxRows(Stream file, Func<IReadOnlyList<string>, bool> isHeader)
    {
        this.file = file;
        reader = ExcelReaderFactory.CreateOpenXmlReader(file);
        do
        {
            if (!reader.Read())
                continue;
            Load();
            if (Header.Count == 0)
                Header = cells;
            if (!isHeader(cells))
                continue;
            Header = cells;
            return;
        }
        while (reader.NextResult());
        reader.Reset();
        reader.Read();
    }

    public override long BytesRead => file.Position;

    public override string this[int place] => cells[place];

    public override bool Read()
    {
        if (!Next())
            return false;
        Line = reader.Depth + 1;
        Fault = cells.Any(cell => cell.Length > LongestCell) ? RejectReason.CellTooLong : cells.Any(cell => cell.Contains('\0', StringComparison.Ordinal)) ? RejectReason.NulByte : null;
        return true;
    }

    public override void Dispose()
    {
        reader.Dispose();
        file.Dispose();
    }

    // Whatever a broken workbook makes its reader throw in the middle means that it cannot be read further.
    private bool Next()
    {
        try
        {
            if (!reader.Read())
                return false;
            Load();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidInputException(Problem.Of(ImportFailure.Unreadable, "file"));
        }
    }

    private void Load()
    {
        cells = new string[reader.FieldCount];
        for (var place = 0; place < cells.Length; place++)
            cells[place] = Text(reader.GetValue(place));
        (Count, Weight) = (cells.Length, cells.Sum(cell => cell.Length));
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => Number(number),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // Beyond 15 digits a double no longer tells the number that was typed: written so that it is known as lost.
    private static string Number(double number) => Math.Abs(number) >= 1e15
        ? number.ToString("0.#####E+0", CultureInfo.InvariantCulture)
        : ((decimal)number).ToString("0.##########", CultureInfo.InvariantCulture);
}
