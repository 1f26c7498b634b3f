using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Callback.Orders.Files;

/// <summary>What one pass over the whole file tells before it is read.</summary>
/// <param name="IsUtf8">Every byte is valid UTF-8: decided on the whole file, because one row may hold the only Chinese title.</param>
internal sealed record FileFingerprint(byte[] Sha256, long Bytes, bool IsUtf8, bool IsWorkbook)
{
    private const int Chunk = 256 * 1024;

    /// <param name="file">Seekable; left at its beginning.</param>
    /// <param name="mostBytes">Reading stops behind it; the file is then too large.</param>
    /// <param name="ct">Stops between two chunks.</param>
    public static async Task<FileFingerprint> TakeAsync(Stream file, long mostBytes, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        var (bytes, kept, utf8, workbook) = (0L, 0, true, false);
        try
        {
            file.Position = 0;
            while (bytes <= mostBytes && await file.ReadAsync(buffer.AsMemory(kept, Chunk - kept), ct) is > 0 and var read)
            {
                hash.AppendData(buffer, kept, read);
                workbook = workbook || (bytes == 0 && buffer.AsSpan(0, read).StartsWith("PK\u0003\u0004"u8));
                bytes += read;
                kept = utf8 ? Unfinished(buffer.AsSpan(0, kept + read), ref utf8) : 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            file.Position = 0;
        }
        return new(hash.GetHashAndReset(), bytes, utf8 && kept == 0, workbook);
    }

    /// <summary>Moves a character that is cut at the chunk's end to its beginning.</summary>
    private static int Unfinished(Span<byte> bytes, ref bool utf8)
    {
        var tail = 0;
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80)
                continue;
            tail = lead >= 0xC0 && Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
            break;
        }
        utf8 = System.Text.Unicode.Utf8.IsValid(bytes[..^tail]);
        bytes[^tail..].CopyTo(bytes);
        return tail;
    }
}
