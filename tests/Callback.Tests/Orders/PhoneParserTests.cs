using Callback.Orders;

namespace Callback.Tests.Orders;

public sealed class PhoneParserTests
{
    [Theory]
    [InlineData("13800138000", "+8613800138000")]
    [InlineData("'13800138000", "+8613800138000")]
    [InlineData("\t13800138000", "+8613800138000")]
    [InlineData("=\"13800138000\"", "+8613800138000")]
    [InlineData("１３８００１３８０００", "+8613800138000")]
    [InlineData("138 0013 8000", "+8613800138000")]
    [InlineData("138-0013-8000", "+8613800138000")]
    [InlineData("+86 138 0013 8000", "+8613800138000")]
    [InlineData("(+86)13800138000", "+8613800138000")]
    [InlineData("+86-13800138000", "+8613800138000")]
    [InlineData("0086-13800138000", "+8613800138000")]
    [InlineData("8613800138000", "+8613800138000")]
    [InlineData("\u202D13800138000\u202C", "+8613800138000")]
    [InlineData("\uFEFF13800138000\u200B", "+8613800138000")]
    [InlineData("19900001234", "+8619900001234")]
    public void Chinese_mobile_numbers_are_read(string cell, string expected)
    {
        var phone = PhoneParser.Parse(cell, "CN");
        Assert.Equal(new ParsedPhone(PhoneKind.Mobile, new PhoneNumber(expected), "CN"), phone);
    }

    [Theory]
    [InlineData("18412345678-1234", "1234")]
    [InlineData("'18400913965-7576", "7576")]
    [InlineData("17012345678-0123", "0123")]
    [InlineData("18412345678转1234", "1234")]
    [InlineData("18412345678 转 1234", "1234")]
    [InlineData("18412345678,1234", "1234")]
    [InlineData("18412345678#1234", "1234")]
    [InlineData("+8618412345678-1234", "1234")]
    [InlineData("18412345678－1234", "1234")]
    public void Privacy_numbers_keep_host_and_extension_apart(string cell, string extension)
    {
        var phone = PhoneParser.Parse(cell, "CN");
        Assert.Equal(PhoneKind.Privacy, phone.Kind);
        Assert.Equal(extension, phone.Number!.Extension);
        Assert.StartsWith("+861", phone.Number.E164, StringComparison.Ordinal);
        Assert.Equal(14, phone.Number.E164.Length);
    }

    [Theory]
    [InlineData("0571-88888888", "+8657188888888", null)]
    [InlineData("057188888888", "+8657188888888", null)]
    [InlineData("(0571)88888888", "+8657188888888", null)]
    [InlineData("010-62345678", "+861062345678", null)]
    [InlineData("021 62345678", "+862162345678", null)]
    [InlineData("+86 21 6234 5678", "+862162345678", null)]
    [InlineData("0086 0571 88888888", "+8657188888888", null)]
    [InlineData("0898-6234567", "+868986234567", null)]
    [InlineData("0571-88888888-8012", "+8657188888888", "8012")]
    [InlineData("0571-88888888转8012", "+8657188888888", "8012")]
    [InlineData("400-123-4567", "+864001234567", null)]
    public void Chinese_landlines_are_read_with_their_area_code(string cell, string e164, string? extension) =>
        Assert.Equal(new ParsedPhone(PhoneKind.Landline, new PhoneNumber(e164, extension), "CN"), PhoneParser.Parse(cell, "CN"));

    [Theory]
    [InlineData("138****1234")]
    [InlineData("1******6198")]
    [InlineData("138＊＊＊＊1234")]
    [InlineData("'138****8000")]
    [InlineData("##密文")]
    [InlineData("$$密文")]
    [InlineData("##AbC123==")]
    [InlineData("138xxxx1234")]
    [InlineData("138••••1234")]
    [InlineData("18412345678-****")]
    public void Masked_values_are_not_numbers(string cell) => Assert.Equal(ParsedPhone.Masked, PhoneParser.Parse(cell, "CN"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("'")]
    [InlineData("=\"\"")]
    [InlineData("\u3000")]
    public void Nothing_is_missing_not_invalid(string? cell) => Assert.Equal(ParsedPhone.Missing, PhoneParser.Parse(cell, "CN"));

    [Theory]
    [InlineData("1.38E+10")]
    [InlineData("88888888")]
    [InlineData("1380013800")]
    [InlineData("138001380000")]
    [InlineData("12800138000")]
    [InlineData("010-1234")]
    [InlineData("110")]
    [InlineData("无")]
    [InlineData("+0123456789")]
    [InlineData("+1 123 555 0123")]
    [InlineData("+86 12345")]
    [InlineData("+39 06 6982")]
    [InlineData("13800138000abc")]
    [InlineData("2026-11-22 10:00:00")]
    public void What_fits_no_plan_is_invalid(string cell) => Assert.Equal(ParsedPhone.Invalid, PhoneParser.Parse(cell, "CN"));

    [Theory]
    [InlineData("+1 212 555 0123", "CN", "+12125550123", "US-212")]
    [InlineData("(212) 555-0123", "US", "+12125550123", "US-212")]
    [InlineData("1-416-555-0123", "CA", "+14165550123", "CA-416")]
    [InlineData("001 212 555 0123", "CN", "+12125550123", "US-212")]
    [InlineData("+1 787 555 0123", "US", "+17875550123", "PR")]
    [InlineData("+1 800 555 0123", "US", "+18005550123", null)]
    [InlineData("020 7946 0958", "GB", "+442079460958", "GB")]
    [InlineData("+44 (0)20 7946 0958", "GB", "+442079460958", "GB")]
    [InlineData("+49 30 901820", "DE", "+4930901820", "DE")]
    [InlineData("030 901820", "DE", "+4930901820", "DE")]
    [InlineData("+852 2345 6789", "CN", "+85223456789", "HK")]
    [InlineData("+7 701 234 5678", "RU", "+77012345678", "KZ")]
    [InlineData("90123 45678", "IN", "+919012345678", "IN")]
    [InlineData("+86 138 0013 8000", "US", "+8613800138000", "CN")]
    public void Foreign_numbers_are_read_by_the_country(string cell, string country, string e164, string? region)
    {
        var phone = PhoneParser.Parse(cell, country);
        Assert.Equal(new PhoneNumber(e164), phone.Number);
        Assert.Equal(region, phone.Region);
    }

    [Theory]
    [InlineData("13800138000/13900139000", "+8613800138000")]
    [InlineData("无、13900139000", "+8613900139000")]
    [InlineData("12345;13900139000", "+8613900139000")]
    [InlineData("13800138000,13900139000", "+8613800138000")]
    public void The_first_number_that_can_be_dialed_counts(string cell, string expected) =>
        Assert.Equal(expected, PhoneParser.Parse(cell, "CN").Number?.E164);

    [Fact]
    public void A_foreign_extension_is_not_glued_to_the_number()
    {
        Assert.Equal(new PhoneNumber("+442079460958", "123"), PhoneParser.Parse("+44 20 7946 0958 ext. 123", "GB").Number);
        Assert.Equal(new PhoneNumber("+442079460958", "123"), PhoneParser.Parse("+44 20 7946 0958-123", "GB").Number);
        Assert.Equal(new PhoneNumber("+12125550123", "45"), PhoneParser.Parse("212-555-0123 x45", "US").Number);
    }

    [Fact]
    public void A_very_long_cell_is_refused_without_being_searched() =>
        Assert.Equal(ParsedPhone.Invalid, PhoneParser.Parse(new string('1', 60_000), "CN"));
}
