using System.Globalization;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Callback.FollowUps.Export;

/// <summary>Writes a table row by row, so that its size does not matter.</summary>
public interface ITableWriter : IDisposable
{
    void Row(IEnumerable<object?> cells);
}

/// <summary>UTF-8 with a byte order mark (which Excel needs for Chinese), RFC 4180, text cells guarded against formulas.</summary>
public sealed class CsvTable(Stream stream) : ITableWriter
{
    private readonly CsvWriter csv = CsvWriter.Create(stream, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);

    public void Row(IEnumerable<object?> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell is string text ? SpreadsheetGuard.Cell(text) : Convert.ToString(cell, CultureInfo.InvariantCulture));
        csv.EndRecord();
    }

    public void Dispose() => csv.Dispose();
}

/// <summary>An Excel workbook of one sheet with typed cells: text is text by its type and can be no formula.</summary>
public sealed class XlsxTable : ITableWriter
{
    private readonly SpreadsheetDocument document;
    private readonly OpenXmlWriter sheet;

    public XlsxTable(Stream stream)
    {
        document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var part = workbook.AddNewPart<WorksheetPart>();
        workbook.Workbook = new(new Sheets(new Sheet { Name = "log", SheetId = 1, Id = workbook.GetIdOfPart(part) }));
        sheet = OpenXmlWriter.Create(part);
        sheet.WriteStartElement(new Worksheet());
        sheet.WriteStartElement(new SheetData());
    }

    public void Row(IEnumerable<object?> cells)
    {
        sheet.WriteStartElement(new Row());
        foreach (var cell in cells)
            sheet.WriteElement(Typed(cell));
        sheet.WriteEndElement();
    }

    public void Dispose()
    {
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.Dispose();
        document.Dispose();
    }

    private static Cell Typed(object? value) => value switch
    {
        null => new Cell(),
        decimal or int or long => new Cell { DataType = CellValues.Number, CellValue = new(Convert.ToString(value, CultureInfo.InvariantCulture)!) },
        _ => new Cell
        {
            DataType = CellValues.InlineString,
            InlineString = new(new Text(Legal(value.ToString()!)) { Space = SpaceProcessingModeValues.Preserve }),
        },
    };

    // XML 1.0 has no place for most control characters, and Excel refuses cells over 32,767 characters.
    private static string Legal(string text)
    {
        var legal = text.Any(c => !System.Xml.XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))
            ? new string([.. text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))])
            : text;
        return legal.Length <= 32_767 ? legal : legal[..32_767];
    }
}
