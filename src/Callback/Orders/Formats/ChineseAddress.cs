using System.Text.RegularExpressions;

namespace Callback.Orders.Formats;

/// <summary>Takes province, city and postcode from an address line; the street is not kept.</summary>
internal static partial class ChineseAddress
{
    private const string Provinces =
        """
        北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海
        内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾
        """;

    private static readonly string[] Names = Provinces.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static (string? Region, string? City, string? Postcode) Read(string text)
    {
        var postcode = Postcode().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
        var rest = text.AsSpan().TrimStart();
        var name = Names.FirstOrDefault(province => text.TrimStart().StartsWith(province, StringComparison.Ordinal));
        if (name is null)
            return (null, null, postcode == "000000" ? null : postcode);
        rest = rest[name.Length..];
        foreach (var ending in new[] { "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市" })
        {
            if (!rest.StartsWith(ending, StringComparison.Ordinal))
                continue;
            rest = rest[ending.Length..];
            break;
        }
        var city = City().Match(rest.TrimStart().ToString());
        return (name, city.Success ? city.Value : null, postcode == "000000" ? null : postcode);
    }

    [GeneratedRegex(@"[(（](\d{6})[)）]\s*\z")]
    private static partial Regex Postcode();

    [GeneratedRegex(@"\A[\p{IsCJKUnifiedIdeographs}]{2,10}?(?:自治州|地区|市|盟|区|县)")]
    private static partial Regex City();
}
