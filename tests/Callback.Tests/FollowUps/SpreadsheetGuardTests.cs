using Callback.FollowUps.Export;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.FollowUps;

public sealed class SpreadsheetGuardTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\u3000＠x", "'\u3000＠x")]
    [InlineData("儿童套装", "儿童套装")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Guard_lets_no_cell_begin_a_formula_asvs_1_2_10(string? text, string cell) => Assert.Equal(cell, SpreadsheetGuard.Cell(text));

    [Fact]
    public void Guard_never_changes_anything_but_the_front() =>
        Prop.ForAll<string>(text => text is null || SpreadsheetGuard.Cell(text) is var cell && (cell == text || cell == "'" + text)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_watermark_is_read_back_from_anywhere_in_a_text() =>
        Prop.ForAll<int, int>((first, second) =>
        {
            var text = "x," + Watermark.Mark("儿童套装", first) + ",y\n" + Watermark.Mark("杯子", second);
            return Watermark.ReadAll(text).SequenceEqual([first, second]);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain")]
    [InlineData("\u2060\u200B\u200C")]
    [InlineData("\u2060")]
    public void A_broken_watermark_is_no_watermark(string text) => Assert.Empty(Watermark.ReadAll(text));
}
