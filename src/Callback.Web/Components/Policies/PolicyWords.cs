using Callback.Web.Localization;
using Callback.Windows;

namespace Callback.Web.Components.Policies;

/// <summary>Days of a calendar that stand together under one name.</summary>
internal readonly record struct DaySpan(CalendarDay Day, DateOnly First, DateOnly Last);

/// <summary>Policies in the words of the reader.</summary>
internal static class PolicyWords
{
    public static string Weekday(Texts texts, DayOfWeek day) => texts[$"weekday.{Weekdays.NameOf(day)}"];

    /// <summary>Weekdays with equal windows together: "Mon–Fri 09:00-20:00".</summary>
    public static IEnumerable<string> Runs(Texts texts, WeekPlan week)
    {
        var first = 0;
        for (var next = 1; next <= Weekdays.Week.Count; next++)
        {
            var windows = week[Weekdays.Week[first]];
            if (next < Weekdays.Week.Count && week[Weekdays.Week[next]].Equals(windows))
                continue;
            var days = Weekday(texts, Weekdays.Week[first]) + (next - first > 1 ? $"–{Weekday(texts, Weekdays.Week[next - 1])}" : "");
            yield return $"{days} {(windows.IsClosed ? texts["policies.closed"] : windows)}";
            first = next;
        }
    }

    public static string Caps(Texts texts, EffectivePolicy rules) => rules switch
    {
        { TestsOnly: true } or { PracticeOnly: true } => texts["policies.caps-none"],
        { CapPer30Days: { } month } => texts["policies.caps-month", rules.CapPerDay, rules.CapPerWeek, month],
        _ => texts["policies.caps-text", rules.CapPerDay, rules.CapPerWeek],
    };

    public static string CoolDowns(Texts texts, Fmt fmt, EffectivePolicy rules)
    {
        var rests = new (string Key, TimeSpan? Length)[]
        {
            ("policies.after-talk", rules.CoolDowns.AfterTalk),
            ("policies.after-refusal", rules.CoolDowns.AfterRefusal),
            ("policies.after-abandoned", rules.CoolDowns.AfterAbandoned),
        };
        return string.Join(texts.IsChinese ? "；" : "; ", rests.Where(rest => rest.Length is not null).Select(rest => texts[rest.Key, fmt.Span(rest.Length!.Value)]));
    }

    /// <summary>The problem's weekday by its own name, not as it is written in files.</summary>
    public static string Widening(Texts texts, Problem problem) =>
        texts["policies.widens-day", texts[$"weekday.{problem.Values["weekday"]}"], problem.Values["asked"], problem.Values["allowed"]];

    public static IEnumerable<DaySpan> Spans(IEnumerable<CalendarDay> days)
    {
        DaySpan? open = null;
        foreach (var day in days)
            if (open is { } span && span.Day.En == day.En && span.Last.AddDays(1) == day.On)
                open = span with { Last = day.On };
            else
            {
                if (open is { } done)
                    yield return done;
                open = new(day, day.On, day.On);
            }
        if (open is { } last)
            yield return last;
    }

    public static string Dates(Texts texts, Fmt fmt, DateOnly first, DateOnly last) =>
        first == last ? fmt.Day(first) : texts["policies.from-to", fmt.Day(first), fmt.Day(last)];
}
