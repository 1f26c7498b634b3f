using System.Globalization;
using System.Text.RegularExpressions;

namespace Callback.Orders.Formats;

/// <summary>Reads amounts, quantities and times as exports write them.</summary>
internal static partial class ValueReader
{
    /// <summary>What <c>numeric(14, 2)</c> can hold.</summary>
    private const decimal LargestAmount = 999_999_999_999.99m;

    /// <summary>0元, 12.50元, ¥1,234.50, US$ 12; null when it is none of these. Half a cent is rounded to even.</summary>
    public static decimal? Amount(string text, char decimalMark)
    {
        var bare = Ornament().Replace(text, "");
        var thousands = decimalMark == '.' ? ',' : '.';
        if (bare.Contains(thousands, StringComparison.Ordinal))
        {
            var whole = bare.Split(decimalMark)[0].TrimStart('-', '+').Split(thousands);
            if (whole.Skip(1).Any(group => group.Length != 3) || whole[0].Length is 0 or > 3)
                return null;
            bare = bare.Replace(thousands.ToString(), "", StringComparison.Ordinal);
        }
        if (decimalMark == ',')
            bare = bare.Replace(',', '.');
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(bare, styles, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) <= LargestAmount
            ? decimal.Round(amount, 2)
            : null;
    }

    /// <summary>1 to 1,000,000; '2.0' and '2件' are 2.</summary>
    public static int? Quantity(string text)
    {
        var amount = Amount(text.TrimEnd('件', '个', '份', '双', 'x'), '.');
        return amount is { } quantity and >= 0 and <= 1_000_000 && decimal.Truncate(quantity) == quantity ? Math.Max(1, (int)quantity) : null;
    }

    /// <summary>A time with its own offset as it is; a local one through the zone.</summary>
    public static DateTimeOffset? Time(string text, IReadOnlyList<string> forms, TimeZoneInfo zone, LocalToInstant toInstant)
    {
        var written = UtcMark().Replace(text, "+00:00");
        foreach (var form in forms)
        {
            if (form.Contains('z', StringComparison.Ordinal))
            {
                if (DateTimeOffset.TryParseExact(written, form, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var instant))
                    return Sane(instant.ToUniversalTime());
            }
            else if (DateTime.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local))
                return local.Year is < 2000 or > 2100 ? null : Sane(toInstant(local, zone));
        }
        return null;
    }

    private static DateTimeOffset? Sane(DateTimeOffset instant) => instant.Year is < 2000 or > 2100 ? null : instant;

    [GeneratedRegex(@"[¥￥$€£元\s\u00A0]|\A[A-Za-z]{2,3}|[A-Za-z]{3}\z")]
    private static partial Regex Ornament();

    [GeneratedRegex(@"\s*(?:UTC|(?<=\d)Z)\z")]
    private static partial Regex UtcMark();
}
