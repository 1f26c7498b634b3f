using System.Globalization;

namespace Callback.Web.Localization;

/// <summary>One of the two languages the product speaks.</summary>
/// <param name="Code">As stored with users and shops and written in <c>lang</c> attributes: <c>zh-CN</c> or <c>en</c>.</param>
/// <param name="TextKey">As written in Texts/*.yaml.</param>
/// <param name="OwnName">How the language calls itself.</param>
public sealed record Language(string Code, string TextKey, string OwnName)
{
    public static readonly Language Chinese = new("zh-CN", "zh", "中文");

    public static readonly Language English = new("en", "en", "English");

    public static readonly IReadOnlyList<Language> All = [Chinese, English];

    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(Code == "en" ? "en-GB" : Code);

    public static Language? Find(string? code) => code switch
    {
        "zh-CN" or "zh" => Chinese,
        "en" => English,
        _ => null,
    };

    /// <summary>What a browser asks for, where nobody has chosen yet; Chinese when it asks for neither.</summary>
    public static Language FromAcceptLanguage(string? header)
    {
        foreach (var wish in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (wish.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
                return Chinese;
            if (wish.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return English;
        }
        return Chinese;
    }
}
