using System.Text;
using Callback.Orders;
using Callback.Orders.Files;

namespace Callback.Tests.Orders;

public sealed class CsvRowsTests
{
    private static List<(int Line, RejectReason? Fault, string Cells)> Read(string text, Encoding? encoding = null)
    {
        using var rows = new CsvRows(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)), encoding ?? Encoding.UTF8);
        var read = new List<(int, RejectReason?, string)> { (1, null, string.Join('|', rows.Header)) };
        while (rows.Read())
            read.Add((rows.Line, rows.Fault, string.Join('|', rows.Cells())));
        return read;
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "1|2")]
    [InlineData("a,b\r\n1,2\r\n", "1|2")]
    [InlineData("a,b\r1,2\r", "1|2")]
    [InlineData("a,b\n1,2", "1|2")]
    [InlineData("a\tb\n1\t2\n", "1|2")]
    [InlineData("a;b\n1;2,5\n", "1|2,5")]
    [InlineData("a,b\n\"1\",\"2\"\n", "1|2")]
    [InlineData("a,b\n\"x, \"\"y\"\"\",2\n", "x, \"y\"|2")]
    [InlineData("a,b\n\"line\nbreak\",2\n", "line\nbreak|2")]
    [InlineData("a,b\n=\"00123\",2\n", "=\"00123\"|2")]
    [InlineData("a,b\n=\"1,5\",2\n", "=\"1,5\"|2")]
    [InlineData("a,b\n\"=\"\"123\"\"\",2\n", "=\"123\"|2")]
    [InlineData("a,b\n5\" nail,2\n", "5\" nail|2")]
    [InlineData("a,b\n\"5\" nail,2\n", "\"5\" nail|2")]
    [InlineData("a,b\n\"1\" ,2\n", "1|2")]
    [InlineData("a,b\n,\n", "|")]
    [InlineData("a,b\n\"\",\"\"\n", "|")]
    [InlineData("\uFEFFa,b\n1,2\n", "1|2")]
    public void A_row_is_read_as_written(string text, string cells)
    {
        var row = Assert.Single(Read(text).Skip(1));
        Assert.Equal((null, cells), (row.Fault, row.Cells));
    }

    [Fact]
    public void Lines_are_physical_also_behind_line_breaks_in_cells_and_empty_lines() =>
        Assert.Equal(
            [(1, "a|b"), (2, "1|x\ny\nz"), (5, "2|w"), (8, "3|v")],
            Read("a,b\n1,\"x\ny\nz\"\n2,w\n\n\r\n3,v\n").Select(row => (row.Line, row.Cells)));

    [Theory]
    [InlineData("a,b\n1,\"open\n2,x\n3,y\n")]
    [InlineData("a,b\n1,\"open\n2,\"x\"\n3,y\n")]
    [InlineData("a,b\n1,\"open\n2,x\n3,\"y\"\n")]
    public void A_quote_left_open_costs_one_line_only(string text)
    {
        var rows = Read(text);
        Assert.Equal([(2, (RejectReason?)RejectReason.QuoteNotClosed, "1,\"open"), (3, null, "2|x"), (4, null, "3|y")], rows.Skip(1));
    }

    [Fact]
    public void A_cell_over_64_KB_costs_one_row_whether_it_has_line_breaks_or_not()
    {
        var rows = Read($"a,b\n1,{new string('x', 70_000)}\n2,\"{string.Join('\n', Enumerable.Repeat("line", 20_000))}\"\n3,y\n");
        Assert.Equal([(2, (RejectReason?)RejectReason.CellTooLong), (3, RejectReason.CellTooLong), (20_003, null)], rows.Skip(1).Select(row => (row.Line, row.Fault)));
    }

    [Fact]
    public void A_line_without_end_costs_one_row_and_is_not_held_in_memory()
    {
        var rows = Read($"a,b\n1,{new string('x', 3_000_000)}\n2,y\n");
        Assert.Equal([(2, (RejectReason?)RejectReason.RowTooLong), (3, null)], rows.Skip(1).Select(row => (row.Line, row.Fault)));
    }

    [Fact]
    public void A_NUL_byte_costs_one_row() =>
        Assert.Equal([(2, (RejectReason?)RejectReason.NulByte), (3, null)], Read("a,b\n1,x\0y\n2,z\n").Skip(1).Select(row => (row.Line, row.Fault)));

    [Fact]
    public void An_empty_file_has_no_header()
    {
        Assert.Equal("", Read("")[0].Cells);
        Assert.Equal("", Read("\n\n\r\n")[0].Cells);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Where_the_stream_is_cut_into_chunks_makes_no_difference(int chunk)
    {
        const string text = "a,b\r\n\"x\r\ny\"\"z\",=\"1,2\"\r\n\r\n3,\"4\r\n5,6\r\n订单,编号\r\n";
        using var whole = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), Encoding.UTF8);
        using var cut = new CsvRows(new Trickle(Encoding.UTF8.GetBytes(text), chunk), Encoding.UTF8);
        while (whole.Read())
        {
            Assert.True(cut.Read());
            Assert.Equal((whole.Line, whole.Fault), (cut.Line, cut.Fault));
            Assert.Equal(whole.Cells(), cut.Cells());
        }
        Assert.False(cut.Read());
    }

    private sealed class Trickle(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
