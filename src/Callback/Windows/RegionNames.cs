using System.Globalization;
using System.Text;

namespace Callback.Windows;

/// <summary>Brings the many spellings of a province or state to one: 浙江省, 浙江 · Zhejiang Sheng, zhejiang · Baden-Württemberg, baden wurttemberg.</summary>
public static class RegionNames
{
    // Longest first: 新疆维吾尔自治区 loses its whole tail, not only 自治区.
    private static readonly string[] Tails =
    [
        "维吾尔自治区", "维吾尔", "壮族自治区", "回族自治区", "特别行政区", "自治区", "地区", "省", "市", "縣", "县",
        " special administrative region", " autonomous region", " municipality", " province", " prefecture", " territory", " state", " sheng", " shi", " sar",
    ];

    public static string Normalize(string text)
    {
        var plain = Plain(text);
        foreach (var tail in Tails)
            if (plain.Length > tail.Length && plain.EndsWith(tail, StringComparison.Ordinal))
                return plain[..^tail.Length].Trim();
        return plain;
    }

    /// <summary>Full width to half, lower case, no accents, punctuation to single blanks.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKD))
            if (char.IsLetterOrDigit(letter))
                plain.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        return plain.ToString().TrimEnd();
    }
}
