namespace Callback.Windows;

/// <summary>Reads the rules of one file on top of the layer below, and reports every rule that would widen it.</summary>
internal sealed class PolicyRules(YamlMap map, EffectivePolicy below, IReadOnlyDictionary<string, HolidayCalendar> calendars)
{
    /// <param name="name">The preset's name.</param>
    /// <param name="onPreset">True: what the file does not say stays as in the preset below; false: it has to give windows itself.</param>
    public EffectivePolicy Read(string name, bool onPreset)
    {
        var week = Week(required: !onPreset);
        var quiet = PolicyParts.Windows(map, "quiet_hours");
        var legal = LegalHours();
        var rules = WithHolidays(below with
        {
            Preset = name,
            LegalHours = legal,
            QuietHours = quiet is null ? below.QuietHours : WindowSet.Of([.. below.QuietHours.Windows, .. quiet.Windows]),
            TestsOnly = below.TestsOnly || map.Flag("tests_only") == true,
            RingTime = map.Span("ring_time") ?? below.RingTime,
            RingInsideWindow = map.Flag("ring_inside_window") ?? below.RingInsideWindow,
            ClosingGuard = AtLeast("closing_guard", map, below.ClosingGuard) ?? below.ClosingGuard,
            ConsentRequired = (map.ManyOf<PurposeClass>("consent_required_for") ?? []).Union(below.ConsentRequired).ToHashSet(),
            Recording = Recording(),
        }, week);
        var open = quiet?.Complement() ?? WindowSet.WholeDay;
        return WithCaps(rules with { Week = rules.Week.Intersect(WeekPlan.Daily(open.Intersect(WindowSet.Of(legal)))) });
    }

    private Func<DayOfWeek, WindowSet> Week(bool required)
    {
        if (map.Map("windows", required) is not { } windows)
            return weekday => below.Week[weekday];
        var read = PolicyParts.Week(windows);
        foreach (var weekday in Weekdays.Week)
            if (read(weekday) is not { } day)
            {
                if (required)
                    map.File.Error(windows.Line, $"'windows' says nothing about {Weekdays.NameOf(weekday)}; write 'closed' if nobody is called then");
            }
            else if (!day.IsWithin(below.Week[weekday]))
                map.File.Error(windows.Line, $"'windows' on {Weekdays.NameOf(weekday)} ({day}) reach beyond what the layer below allows ({below.Week[weekday]})");
        return weekday => (read(weekday) ?? below.Week[weekday]).Intersect(below.Week[weekday]);
    }

    private EffectivePolicy WithHolidays(EffectivePolicy rules, Func<DayOfWeek, WindowSet> week)
    {
        var holidays = map.Map("holidays");
        holidays?.Only("calendar", "windows");
        var calendar = holidays is null ? below.Calendar : Calendar(holidays);
        var onHoliday = holidays is null ? null : PolicyParts.Windows(holidays, "windows");
        return rules with
        {
            Calendar = calendar,
            Week = WeekPlan.Of((weekday, kind) => kind switch
            {
                DayKind.Ordinary => week(weekday),
                DayKind.MakeUpWorkday => week(DayOfWeek.Monday),
                _ when onHoliday is not null => onHoliday.Intersect(below.Week[weekday, DayKind.Holiday]),
                _ => below.Calendar is null ? WindowSet.Closed : below.Week[weekday, DayKind.Holiday].Intersect(week(weekday)),
            }),
        };
    }

    private HolidayCalendar? Calendar(YamlMap holidays)
    {
        if (holidays.Text("calendar", required: true) is not { } name)
            return below.Calendar;
        if (!calendars.TryGetValue(name.Value, out var calendar))
            map.File.Error(name.Line, $"'{name.Value}' is not a holiday calendar{Nearest.Hint(name.Value, [.. calendars.Keys])}");
        else if (below.Calendar is { } other && other.Name != calendar.Name)
            map.File.Error(name.Line, $"the layer below goes by the calendar '{other.Name}', which cannot be left");
        return calendar;
    }

    private CallWindow LegalHours()
    {
        if (map.Text("legal_hours") is not { } text)
            return below.LegalHours;
        if (!CallWindow.TryParse(text.Value, out var hours, out var error))
            map.File.Error(text.Line, error!);
        else if (!below.LegalHours.Contains(hours))
            map.File.Error(text.Line, $"'legal_hours' ({hours}) reach beyond what the layer below allows ({below.LegalHours})");
        else
            return hours;
        return below.LegalHours;
    }

    private EffectivePolicy WithCaps(EffectivePolicy rules)
    {
        var caps = map.Map("caps");
        caps?.Only("day", "week", "thirty_days");
        var coolDowns = map.Map("cool_downs");
        coolDowns?.Only("after_talk", "after_refusal", "after_abandoned");
        // A preset that says nothing of caps has the product's default, not the most that is allowed.
        var byDefault = ReferenceEquals(below, SystemLayer.Rules) ? new EffectivePolicy { Preset = "", Week = below.Week, LegalHours = below.LegalHours } : below;
        return rules with
        {
            CapPerDay = caps?.Whole("day", 1, below.CapPerDay) ?? byDefault.CapPerDay,
            CapPerWeek = caps?.Whole("week", 1, below.CapPerWeek) ?? byDefault.CapPerWeek,
            CapPer30Days = caps?.Whole("thirty_days", 1, below.CapPer30Days ?? 31) ?? below.CapPer30Days,
            CoolDowns = new(
                AtLeast("after_talk", coolDowns, below.CoolDowns.AfterTalk) ?? below.CoolDowns.AfterTalk,
                AtLeast("after_refusal", coolDowns, below.CoolDowns.AfterRefusal) ?? below.CoolDowns.AfterRefusal,
                AtLeast("after_abandoned", coolDowns, below.CoolDowns.AfterAbandoned) ?? below.CoolDowns.AfterAbandoned),
        };
    }

    private RecordingRule Recording()
    {
        var rule = map.OneOf<RecordingRule>("recording");
        if (rule < below.Recording)
            map.File.Error(map.LineOf("recording"), $"'recording' may not be laxer than {below.Recording}, which the layer below asks for");
        return rule ?? below.Recording;
    }

    private static TimeSpan? AtLeast(string key, YamlMap? from, TimeSpan? least)
    {
        var value = from?.Span(key);
        if (value < least)
            from!.File.Error(from.LineOf(key), $"'{key}' may not be shorter than {least}, which the layer below asks for");
        return value;
    }
}
