using System.Text;
using Callback.Orders.Files;
using Callback.Orders.Formats;
using Callback.Windows;

namespace Callback.Tests.Orders;

/// <summary>Tests that measure the process have it to themselves.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection(nameof(MeasuredAlone))]
public sealed class StreamingTests
{
    private const int Rows = 60_000;

    /// <summary>What is held does not grow with the file: measured as the largest heap after a batch, against the heap before.</summary>
    [Fact]
    public async Task A_file_is_read_batch_by_batch_and_never_held_whole()
    {
        await using var file = new EndlessOrders(Rows);
        var fingerprint = await FileFingerprint.TakeAsync(file, long.MaxValue, CancellationToken.None);
        Assert.True(fingerprint is { IsUtf8: true, Bytes: > 20_000_000 });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, orders) = (0L, 0);
        using var open = OrderFile.Open(file, fingerprint, OrdersGround.Formats, OrderFormatBook.Auto);
        var context = new RowContext(open.Format, new HeaderMap(open.Format, open.Rows.Header), TimeZoneInfo.Utc, "CN", "CNY", LocalTimePolicy.ToInstant);
        foreach (var batch in new OrderBatches(open.Rows, new RowParser(context), open.Format, 2_000, 2_000_000).Read())
        {
            orders += batch.Orders.Count;
            if (orders % 20_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.Equal(Rows, orders);
        Assert.True(most < 12_000_000, $"{most:N0} bytes are held.");
    }

    /// <summary>A file that is made while it is read, so that the test holds none of it either.</summary>
    private sealed class EndlessOrders(int rows) : Stream
    {
        private static readonly string Note = new('长', 100);

        private byte[] line = [];
        private int at;
        private int next;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => long.MaxValue;

        public override long Position
        {
            get => 0;
            set => (line, at, next) = ([], 0, 0);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (at == line.Length && !Advance())
                return 0;
            var taken = Math.Min(count, line.Length - at);
            line.AsSpan(at, taken).CopyTo(buffer.AsSpan(offset));
            at += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool Advance()
        {
            if (next > rows)
                return false;
            var text = next == 0
                ? "order_no,status,ordered_at,amount,phone,item_title,buyer_note\n"
                : $"{3193067985810000000 + next},unpaid,2026-11-20 21:03:11,59.80,1990000{next % 10000:0000},袜子,{Note}\n";
            next++;
            (line, at) = (Encoding.UTF8.GetBytes(text), 0);
            return true;
        }
    }
}
