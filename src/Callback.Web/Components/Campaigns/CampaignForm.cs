using System.Globalization;
using System.Text.RegularExpressions;
using Callback.Campaigns;
using Callback.Windows;

namespace Callback.Web.Components.Campaigns;

/// <summary>The campaign's form as texts: what was typed stays as typed until it is right.</summary>
/// <param name="Fields">Name of the setting → text.</param>
/// <param name="Agents">Chosen agents' ids.</param>
public sealed partial record CampaignForm(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<Guid> Agents)
{
    public string this[string name] => Fields.GetValueOrDefault(name, "");

    public static CampaignForm Of(CampaignSettings s)
    {
        var fields = new Dictionary<string, string>
        {
            ["name"] = s.Name,
            ["starts_on"] = s.StartsOn?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            ["ends_on"] = s.EndsOn?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            ["min_age"] = Span(s.MinAge),
            ["max_age"] = Span(s.MaxAge),
            ["min_amount"] = s.MinAmount?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
            ["max_amount"] = s.MaxAmount?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
            ["daily_cap"] = s.DailyCap?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["order_by"] = s.OrderBy.ToString(),
            ["holdout_percent"] = s.HoldoutPercent.ToString(CultureInfo.InvariantCulture),
            ["max_data_age"] = s.MaxDataAge is { } age ? Span(age) : "",
            ["hold_for"] = Span(s.HoldFor),
            ["call_script"] = s.CallScript,
            ["script_version"] = s.ScriptVersion?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["line"] = s.Line,
        };
        foreach (var day in Weekdays.Week)
            fields[$"windows.{Weekdays.NameOf(day)}"] = s.Windows?.Days.GetValueOrDefault(day) switch { null => "", { IsClosed: true } => "-", var windows => windows.ToString() };
        return new(fields, s.Agents);
    }

    public static CampaignForm Of(IFormCollection form) => new(
        form.Where(field => field.Key != "agents").ToDictionary(field => field.Key, field => field.Value.ToString().Trim()),
        [.. form["agents"].Select(id => Guid.TryParse(id, out var agent) ? agent : (Guid?)null).OfType<Guid>()]);

    /// <exception cref="InvalidInputException">Texts that cannot be read, each with its field.</exception>
    public CampaignSettings Read()
    {
        var problems = new List<Problem>();
        var settings = new CampaignSettings
        {
            Name = this["name"],
            StartsOn = Date("starts_on", problems),
            EndsOn = Date("ends_on", problems),
            MinAge = Span("min_age", problems) ?? Missing("min_age", problems),
            MaxAge = Span("max_age", problems) ?? Missing("max_age", problems),
            MinAmount = Number("min_amount", problems),
            MaxAmount = Number("max_amount", problems),
            Windows = Windows(problems),
            DailyCap = Whole("daily_cap", problems),
            OrderBy = Enum.TryParse<CampaignOrder>(this["order_by"], out var order) ? order : CampaignOrder.Value,
            HoldoutPercent = Whole("holdout_percent", problems) ?? 0,
            MaxDataAge = Span("max_data_age", problems),
            HoldFor = Span("hold_for", problems) ?? TimeSpan.FromMinutes(5),
            CallScript = this["call_script"],
            ScriptVersion = Whole("script_version", problems),
            Line = this["line"],
            Agents = Agents,
        };
        return problems.Count == 0 ? settings : throw new InvalidInputException(problems);
    }

    /// <summary>30 min, 72 h, 15 d: the largest unit that needs no fraction.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        _ when span == TimeSpan.Zero => "0 min",
        _ when span.Ticks % TimeSpan.TicksPerDay == 0 && span.TotalDays > 3 => Text(span.TotalDays, "d"),
        _ when span.Ticks % TimeSpan.TicksPerHour == 0 => Text(span.TotalHours, "h"),
        _ when span.Ticks % TimeSpan.TicksPerMinute == 0 => Text(span.TotalMinutes, "min"),
        _ => Text(span.TotalSeconds, "s"),
    };

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0} {unit}");

    private TimeSpan? Span(string name, List<Problem> problems)
    {
        if (this[name].Length == 0)
            return null;
        if (Length().Match(this[name]) is not { Success: true } match)
            return Wrong<TimeSpan?>("span-form", name, problems);
        var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value.ToUpperInvariant() switch
        {
            "S" or "秒" => TimeSpan.FromSeconds(number),
            "H" or "小时" => TimeSpan.FromHours(number),
            "D" or "天" => TimeSpan.FromDays(number),
            _ => TimeSpan.FromMinutes(number),
        };
    }

    private static TimeSpan Missing(string name, List<Problem> problems)
    {
        if (!problems.Any(problem => problem.Field == name))
            problems.Add(Problem.Of("value-missing", name));
        return TimeSpan.Zero;
    }

    private DateOnly? Date(string name, List<Problem> problems) => this[name].Length == 0
        ? null
        : DateOnly.TryParseExact(this[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : Wrong<DateOnly?>("day-invalid", name, problems);

    private decimal? Number(string name, List<Problem> problems) => this[name].Length == 0
        ? null
        : decimal.TryParse(this[name], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000_000m
            ? number
            : Wrong<decimal?>("amount-form", name, problems);

    private int? Whole(string name, List<Problem> problems) => this[name].Length == 0
        ? null
        : int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<int?>("number-form", name, problems);

    /// <summary>Empty: as the policy says; '-': closed on that weekday.</summary>
    private WindowNarrowing? Windows(List<Problem> problems)
    {
        var days = new Dictionary<DayOfWeek, WindowSet>();
        foreach (var day in Weekdays.Week)
        {
            var name = $"windows.{Weekdays.NameOf(day)}";
            if (this[name] is "-" or "–")
                days[day] = WindowSet.Closed;
            else if (this[name].Length > 0)
                days[day] = WindowSet.Of(this[name].Split([',', '，', '、', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(text => CallWindow.TryParse(text, out var window, out _) ? window : Wrong<CallWindow?>("window-unreadable", name, problems)).OfType<CallWindow>());
        }
        return days.Count == 0 ? null : new(days);
    }

    private T? Wrong<T>(string code, string name, List<Problem> problems)
    {
        problems.Add(Problem.Of(code, name, ("value", this[name])));
        return default;
    }

    [GeneratedRegex(@"\A([0-9]{1,5})\s*(s|min|h|d|秒|分钟|分|小时|天)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Length();
}
