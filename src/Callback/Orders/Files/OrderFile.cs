using System.Globalization;
using System.Text;
using Callback.Orders.Formats;

namespace Callback.Orders.Files;

/// <summary>An order export, opened: what kind of file, which format, where its rows begin.</summary>
internal sealed record OrderFile(OrderFormat Format, RowSource Rows) : IDisposable
{
    private static readonly Encoding StrictlyRead = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    // GBK is a part of it.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    // The workbook reader asks for code page 1252 by its number, whatever it reads.
    static OrderFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="file">Seekable; closed with the result, left open when the file is refused.</param>
    /// <param name="fingerprint">Of this file.</param>
    /// <param name="formats">All there are.</param>
    /// <param name="name">A format's name, or <c>auto</c>.</param>
    /// <exception cref="InvalidInputException">With the codes of <see cref="ImportFailure"/>.</exception>
    public static OrderFile Open(Stream file, FileFingerprint fingerprint, OrderFormatBook formats, string name)
    {
        var format = name == OrderFormatBook.Auto
            ? null
            : formats.Find(name) ?? throw Refused(ImportFailure.FormatUnknown, ("format", name), ("known", string.Join(", ", formats.Formats.Select(known => known.Name))));
        var refusal = new Recognition.Unknown("", []);
        foreach (var open in Readings(file, fingerprint, header => Recognise(formats, format, header) is Recognition.Recognised))
        {
            var rows = Guarded(open);
            switch (Recognise(formats, format, rows.Header))
            {
                case Recognition.Recognised recognised:
                    return new(recognised.Format, rows);
                case Recognition.Unknown unknown when refusal.Nearest.Length == 0 || unknown.Missing.Count < refusal.Missing.Count:
                    refusal = unknown;
                    break;
            }
        }
        throw Refused(ImportFailure.HeaderUnknown, ("nearest", refusal.Nearest), ("missing", string.Join(", ", refusal.Missing)));
    }

    /// <summary>The moment the file's name tells, or null.</summary>
    public static DateTimeOffset? ExportedAt(OrderFormat format, string fileName, TimeZoneInfo zone, LocalToInstant toInstant)
    {
        if (format.ExportTime is not { } export || export.Pattern.Match(fileName) is not { Success: true } match)
            return null;
        return DateTime.TryParseExact(match.Groups[1].Value, export.Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and <= 2100
            ? toInstant(local, zone)
            : null;
    }

    public void Dispose() => Rows.Dispose();

    private static IEnumerable<Func<RowSource>> Readings(Stream file, FileFingerprint fingerprint, Func<IReadOnlyList<string>, bool> isHeader)
    {
        if (fingerprint.IsWorkbook)
        {
            if (XlsxGuard.Check(file) is { } refusal)
                throw Refused(refusal);
            yield return () => new XlsxRows(file, isHeader);
            yield break;
        }
        if (!fingerprint.IsUtf8)
            yield return () => Csv(Gb18030);
        yield return () => Csv(StrictlyRead);

        CsvRows Csv(Encoding encoding)
        {
            file.Position = 0;
            return new(file, encoding);
        }
    }

    // Whatever a broken workbook makes its reader throw means that it cannot be read.
    private static RowSource Guarded(Func<RowSource> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or InvalidInputException))
        {
            throw Refused(ImportFailure.Unreadable);
        }
    }

    private static Recognition Recognise(OrderFormatBook formats, OrderFormat? named, IReadOnlyList<string> header)
    {
        if (named is null)
            return formats.Recognise(header);
        var missing = OrderFormatBook.Missing(named, header.Select(CellText.Header).ToHashSet());
        return missing.Count == 0 ? new Recognition.Recognised(named) : new Recognition.Unknown(named.Name, missing);
    }

    private static InvalidInputException Refused(string code, params (string, string)[] values) => new(Problem.Of(code, "file", values));
}
