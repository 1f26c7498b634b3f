using System.Globalization;

namespace Callback.Web.Localization;

/// <summary>Writes moments, spans and amounts the reader's way, in the shop's time zone.</summary>
public sealed class Fmt(Texts texts, TimeZoneInfo zone, TimeProvider time)
{
    private static readonly Dictionary<string, string> Symbols = new() { ["CNY"] = "¥", ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£" };

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeZoneInfo Zone => zone;

    private CultureInfo Culture => texts.Language.Culture;

    public string Money(Money money) => Money(money.Amount, money.Currency);

    public string Money(decimal amount, string currency) =>
        Symbols.TryGetValue(currency, out var symbol)
            ? $"{(amount < 0 ? "−" : "")}{symbol}{Math.Abs(amount).ToString("#,##0.00", CultureInfo.InvariantCulture)}"
            : $"{amount.ToString("#,##0.00", CultureInfo.InvariantCulture)} {currency}";

    public string Number(long number) => number.ToString("N0", Culture);

    public string Number(decimal number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);

    public string Percent(double share) => share.ToString("0.#%", CultureInfo.InvariantCulture);

    /// <summary>The local moment in another zone than the shop's.</summary>
    public Fmt In(TimeZoneInfo other) => new(texts, other, time);

    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Time(TimeOnly at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    public string TimeWithSeconds(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(Local(at)));

    /// <summary>Without the year when it is this year.</summary>
    public string Day(DateOnly on)
    {
        var thisYear = on.Year == Local(Now).Year;
        return texts.IsChinese
            ? on.ToString(thisYear ? "M月d日" : "yyyy年M月d日", CultureInfo.InvariantCulture)
            : on.ToString(thisYear ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
    }

    public string Weekday(DateOnly on) => on.ToString("ddd", Culture);

    public string DayAndTime(DateTimeOffset at) => $"{Day(at)} {Time(at)}";

    public string Exact(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Today and tomorrow by name, the time alone would do for neither.</summary>
    public string When(DateTimeOffset at)
    {
        var days = DateOnly.FromDateTime(Local(at)).DayNumber - DateOnly.FromDateTime(Local(Now)).DayNumber;
        return days switch
        {
            0 => texts["when.today", Time(at)],
            1 => texts["when.tomorrow", Time(at)],
            -1 => texts["when.yesterday", Time(at)],
            _ => DayAndTime(at),
        };
    }

    /// <summary>How long ago, or how long until: "3 hours ago", "3 小时前", "in 5 minutes".</summary>
    public string Age(DateTimeOffset at)
    {
        var span = Now - at;
        if (span.Duration() < TimeSpan.FromSeconds(45))
            return texts["age.now"];
        return texts[span > TimeSpan.Zero ? "age.ago" : "age.ahead", Span(span.Duration())];
    }

    /// <summary>The greatest fitting unit: 40 seconds, 3 hours, 2 days.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => texts.Count("span.seconds", (long)Math.Round(span.TotalSeconds)),
        { TotalMinutes: < 90 } => texts.Count("span.minutes", (long)Math.Round(span.TotalMinutes)),
        { TotalHours: < 36 } => texts.Count("span.hours", (long)Math.Round(span.TotalHours)),
        _ => texts.Count("span.days", (long)Math.Round(span.TotalDays)),
    };

    /// <summary>Minutes and seconds as on a clock: 4:05, 1:02:30.</summary>
    public static string Clock(TimeSpan span)
    {
        var whole = span < TimeSpan.Zero ? TimeSpan.Zero : span;
        return whole.TotalHours >= 1
            ? $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}"
            : $"{(int)whole.TotalMinutes}:{whole.Seconds:00}";
    }
}
