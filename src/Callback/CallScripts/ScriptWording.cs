using System.Collections.Frozen;
using System.Globalization;

namespace Callback.CallScripts;

/// <summary>Facts in the words of a talk. Never blank, never with braces, one line.</summary>
internal static class ScriptWording
{
    private static readonly TimeSpan LongestReport = TimeSpan.FromSeconds(5);

    private const int LongestReportLetters = 90;

    private const int LongestTitle = 14;
    private const int LongestEnglishTitle = 36;

    private static readonly FrozenDictionary<string, string> ChineseCurrencies = new Dictionary<string, string>
    {
        ["CNY"] = "元",
        ["USD"] = "美元",
        ["EUR"] = "欧元",
        ["GBP"] = "英镑",
        ["HKD"] = "港元",
        ["JPY"] = "日元",
        ["AUD"] = "澳元",
        ["CAD"] = "加元",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Symbols = new Dictionary<string, string>
    {
        ["CNY"] = "¥",
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
    }.ToFrozenDictionary();

    /// <summary>Days of remembrance, on which nobody is wished joy.</summary>
    private static readonly string[] SolemnDays = ["清明", "Qingming", "Tomb", "Memorial", "Remembrance", "Good Friday"];

    public static string Greeting(DateTime local, bool english) => (local.Hour, english) switch
    {
        ( < 12, true) => "Good morning",
        ( < 18, true) => "Good afternoon",
        (_, true) => "Good evening",
        ( < 9, _) => "早上好",
        ( < 12, _) => "上午好",
        ( < 14, _) => "中午好",
        ( < 18, _) => "下午好",
        _ => "晚上好",
    };

    public static string Wish(ScriptFacts facts, bool english)
    {
        if (Clean(facts.Holiday) is { } holiday && !SolemnDays.Any(day => holiday.Contains(day, StringComparison.OrdinalIgnoreCase)))
            return english ? EnglishHoliday(holiday) : ChineseHoliday(holiday);
        if (facts.Weekend ?? IsNearWeekend(facts.LocalNow))
            return english ? "have a lovely weekend" : "祝您周末愉快";
        return facts.LocalNow.Hour >= 18
            ? english ? "have a pleasant evening" : "祝您今晚过得舒心"
            : english ? "have a good day" : "祝您今天一切顺利";
    }

    private static string EnglishHoliday(string holiday) => holiday switch
    {
        _ when holiday.StartsWith("New Year", StringComparison.OrdinalIgnoreCase) => "we wish you a happy New Year",
        _ when holiday.StartsWith("Christmas", StringComparison.OrdinalIgnoreCase) => "we wish you a merry Christmas",
        _ => $"we wish you a happy {holiday}",
    };

    private static string ChineseHoliday(string holiday) => holiday switch
    {
        _ when holiday.Contains("元旦", StringComparison.Ordinal) => "祝您新年快乐",
        _ when holiday.Contains("端午", StringComparison.Ordinal) => "祝您端午安康",
        _ => $"祝您{holiday}快乐",
    };

    /// <summary>Before four on a working day the same day can be promised, else the next working day.</summary>
    public static string AnswerBy(ScriptFacts facts, bool english)
    {
        var shop = facts.ShopNow ?? facts.LocalNow;
        return shop is { Hour: < 16, DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday) } && Clean(facts.Holiday) is null
            ? english ? "by this evening" : "今天下班前"
            : english ? "by the end of the next working day" : "下一个工作日下班前";
    }

    /// <summary>At most <see cref="LongestReport"/> of somebody else's words; null when nothing is left. A full stop at the end would stand twice.</summary>
    public static string? Brief(string? text)
    {
        if (Clean(text)?.TrimEnd('.', '。', '!', '！', ',', '，', ';', '；', '、', ' ') is not { Length: > 0 } words)
            return null;
        while (ReadingTime.Of(words) > LongestReport || words.Length > LongestReportLetters)
            words = words[..(words.Length * 9 / 10)].TrimEnd();
        return char.IsHighSurrogate(words[^1]) ? words[..^1] : words;
    }

    private static bool IsNearWeekend(DateTime local) =>
        local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || (local.DayOfWeek == DayOfWeek.Friday && local.Hour >= 12);

    /// <summary>Amounts of one currency are added; of several, named one after the other.</summary>
    public static string Amount(IReadOnlyList<ScriptOrder> orders, bool english)
    {
        var sums = orders.GroupBy(order => order.Amount.Currency).Select(group => Amount(group.Sum(order => order.Amount.Amount), group.Key, english));
        return string.Join(english ? " and " : "和", sums);
    }

    private static string Amount(decimal amount, string currency, bool english)
    {
        var figure = amount.ToString(amount == decimal.Truncate(amount) ? "0" : english ? "0.00" : "0.##", CultureInfo.InvariantCulture);
        if (!english)
            return figure + ChineseCurrencies.GetValueOrDefault(currency, currency);
        return Symbols.TryGetValue(currency, out var symbol) ? symbol + figure : $"{figure} {currency}";
    }

    /// <summary>The first item by a short name, and how many pieces there are besides.</summary>
    public static string Goods(IReadOnlyList<ScriptOrder> orders, bool english)
    {
        var items = orders.SelectMany(order => order.Items).Select(item => item with { Title = Clean(item.Title) ?? "" }).Where(item => item.Title.Length > 0).ToList();
        if (items.Count == 0)
            return english ? "the goods you chose" : "您选的商品";
        var first = Short(items[0].Title, english ? LongestEnglishTitle : LongestTitle);
        return (items.Count, english) switch
        {
            (1, _) => first,
            (2, true) => $"{first} and one more item",
            (_, true) => $"{first} and {items.Count - 1} more items",
            _ => $"{first}等{items.Count}样商品",
        };
    }

    /// <summary>A long title is cut: at a blank where there is one, never inside a Latin word or a number that would then be spoken wrong.</summary>
    private static string Short(string title, int longest)
    {
        if (title.Length <= longest)
            return title;
        var cut = longest;
        while (cut > longest / 2 && char.IsAsciiLetterOrDigit(title[cut]) && char.IsAsciiLetterOrDigit(title[cut - 1]))
            cut--;
        if (char.IsLowSurrogate(title[cut]))
            cut--;
        return title[..cut].TrimEnd(' ', ',', '，', '-', '/', '(', '（');
    }

    /// <summary>How long ago, in words: minutes and hours within a day, then days.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now, bool english)
    {
        var span = now - then;
        return span switch
        {
            { TotalMinutes: < 2 } => english ? "just now" : "刚刚",
            { TotalHours: < 1 } => english ? $"{(int)span.TotalMinutes} minutes ago" : $"{(int)span.TotalMinutes}分钟前",
            { TotalHours: < 2 } => english ? "an hour ago" : "1小时前",
            { TotalDays: < 1 } => english ? $"{(int)span.TotalHours} hours ago" : $"{(int)span.TotalHours}小时前",
            { TotalDays: < 2 } => english ? "a day ago" : "1天前",
            _ => english ? $"{(int)span.TotalDays} days ago" : $"{(int)span.TotalDays}天前",
        };
    }

    public static string Day(DateOnly day, bool english) =>
        english ? day.ToString("MMMM d", CultureInfo.InvariantCulture) : $"{day.Month}月{day.Day}日";

    /// <summary>One line without control characters and braces; null when nothing is left. Order texts come from outside.</summary>
    public static string? Clean(string? text)
    {
        var chars = (text ?? "").Select(letter => letter switch
        {
            '{' => '(',
            '}' => ')',
            _ when char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format => ' ',
            _ => letter,
        });
        var clean = string.Join(' ', string.Concat(chars).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return clean.Length == 0 ? null : clean;
    }
}
