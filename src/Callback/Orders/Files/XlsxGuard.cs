using System.IO.Compression;

namespace Callback.Orders.Files;

/// <summary>Looks at a workbook's directory before anything is unpacked: a small file that unpacks to a huge one is refused.</summary>
internal static class XlsxGuard
{
    private const long Negligible = 8L << 20;
    private const long MostUnpacked = 2L << 30;
    private const long MostStrings = 96L << 20;
    private const int MostRatio = 100;
    private const int MostEntries = 1000;

    /// <returns>Why the file is refused (a code of <see cref="ImportFailure"/>), or null. The stream is left at its beginning.</returns>
    public static string? Check(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostEntries || archive.Entries.Any(IsBomb) || archive.Entries.Sum(entry => entry.Length) > MostUnpacked)
                return ImportFailure.ZipBomb;
            // The table of texts is held in memory while rows are read.
            var strings = archive.Entries.Where(entry => entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)).Sum(entry => entry.Length);
            return strings > MostStrings ? ImportFailure.WorkbookTooLarge : null;
        }
        catch (InvalidDataException)
        {
            return ImportFailure.Unreadable;
        }
        finally
        {
            file.Position = 0;
        }
    }

    private static bool IsBomb(ZipArchiveEntry entry) => entry.Length > Negligible && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio;
}
