using Callback.Windows;

namespace Callback.Tests.Windows;

/// <summary>Each test spoils one line of a good file and reads what the check says about it.</summary>
public sealed class PolicyFilesTests : IDisposable
{
    private const string Good =
        """
        preset: mine
        title: { en: Mine, zh: 我的 }
        disclaimer: { en: not legal advice, zh: 不构成法律意见 }
        windows:
          all: ["11:00-12:00", "16:00-20:30"]
        holidays: { calendar: xx, windows: closed }
        sources:
          - { rule: { en: r, zh: r }, from: { en: f, zh: f }, surety: G }
        reviewed_on: 2026-11-22
        """;

    private const string Holidays =
        """
        calendar: xx
        year: 2026
        sources:
          - { rule: { en: r, zh: r }, from: { en: f, zh: f }, surety: G }
        reviewed_on: 2026-11-22
        holidays:
          - { name: { en: Day, zh: 日 }, day: 2026-05-01 }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("callback-policies-").FullName;

    public PolicyFilesTests()
    {
        Write("policies/mine.yaml", Good);
        Write("holidays/xx-2026.yaml", Holidays);
        Write("regions/countries.yaml", "countries:\n  CN: [Asia/Shanghai]\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_good_file_is_told_as_the_policy_it_comes_to()
    {
        var finding = Assert.Single(new WindowsConfigCheck().Check(folder));

        Assert.Equal(ConfigFindingKind.Fact, finding.Kind);
        Assert.StartsWith("mine: mon–sun 11:00-12:00, 16:00-20:30; holidays xx (2026); promises 08:00-21:00; per person 1 a day, 2 a week", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows:", "windwos:", "line 4", "unknown key 'windwos'; did you mean 'windows'?")]
    [InlineData("  all:", "  al:", "line 5", "unknown key 'windows.al'; did you mean 'all'?")]
    [InlineData("  all:", "  mon:", "line 5", "says nothing about tue")]
    [InlineData("16:00-20:30", "22:00-02:00", "line 5", "does not cross midnight")]
    [InlineData("16:00-20:30", "16:00-16:00", "line 5", "is empty: it ends where it begins")]
    [InlineData("16:00-20:30", "11:30-13:00", "line 5", "'11:30-13:00' overlaps '11:00-12:00'")]
    [InlineData("16:00-20:30", "16:00-21:30", "line 5", "reach beyond what the layer below allows (08:00-21:00)")]
    [InlineData("16:00-20:30", "16-20", "line 5", "is not a window")]
    [InlineData("16:00-20:30", "16:00-20:75", "line 5", "is not a time of day")]
    [InlineData("calendar: xx", "calendar: xy", "line 6", "'xy' is not a holiday calendar; did you mean 'xx'?")]
    [InlineData("preset: mine", "preset: yours", "line 1", "the file is called mine.yaml")]
    [InlineData("reviewed_on: 2026-11-22", "reviewed_on: today", "line 9", "it has to be a date")]
    [InlineData("surety: G", "surety: Q", "line 8", "Allowed: C, S, G")]
    [InlineData("reviewed_on:", "ring_time: half\nreviewed_on:", "line 9", "a length of time such as 45 s")]
    [InlineData("reviewed_on:", "closing_guard: 10 s\nreviewed_on:", "line 9", "may not be shorter than 00:00:45")]
    [InlineData("reviewed_on:", "caps: { day: 9 }\nreviewed_on:", "line 9", "a whole number from 1 to 3")]
    [InlineData("reviewed_on:", "legal_hours: 07:00-21:00\nreviewed_on:", "line 9", "reach beyond")]
    [InlineData("reviewed_on:", "practice_only: true\nreviewed_on:", "line 9", "only the preset 'practice' is for practice shops")]
    [InlineData("reviewed_on:", "narrows: nobody\nreviewed_on:", "line 9", "'nobody', which is not a preset")]
    [InlineData("reviewed_on:", "narrows: mine\nreviewed_on:", "line 9", "cannot be used itself")]
    [InlineData("reviewed_on:", "consent_required_for: [Surveys]\nreviewed_on:", "line 9", "did you mean 'Survey'?")]
    [InlineData("title:", "reviewed_on: 2026-11-21\ntitle:", "line 10", "uplicate")]
    public void A_fault_is_told_with_file_line_and_what_is_allowed(string good, string bad, string line, string message)
    {
        Write("policies/mine.yaml", Good.Replace(good, bad, StringComparison.Ordinal));

        var errors = Errors();

        Assert.Contains(errors, error => error.File == "policies/mine.yaml"
            && (error.Place ?? "").StartsWith(line, StringComparison.Ordinal) && error.Message.Contains(message, StringComparison.Ordinal));
        Assert.Throws<RefusalException>(() => PolicyBook.Load(folder));
    }

    [Fact]
    public void A_file_with_an_open_bracket_is_told_as_no_YAML()
    {
        Write("policies/mine.yaml", Good.Replace("windows:", "windows: {", StringComparison.Ordinal));

        Assert.Contains(Errors(), error => error.File == "policies/mine.yaml" && error.Message.Contains("this is not YAML", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("day: 2026-05-01", "day: 2027-05-01", "is not in 2026")]
    [InlineData("day: 2026-05-01", "from: 2026-05-03, to: 2026-05-01", "is not a span")]
    [InlineData("year: 2026", "year: 2025", "belongs into xx-2025.yaml")]
    [InlineData("holidays:", "workdays:\n  - { name: { en: Day, zh: 日 }, day: 2026-05-01 }\nholidays:", "is named twice")]
    public void A_fault_in_a_calendar_is_told(string good, string bad, string message)
    {
        Write("holidays/xx-2026.yaml", Holidays.Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(Errors(), error => error.File == "holidays/xx-2026.yaml" && error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("countries:\n  CN: [Asia/Shangai]\n", "did you mean 'Asia/Shanghai'?")]
    [InlineData("countries:\n  China: [Asia/Shanghai]\n", "country code of two capital letters")]
    [InlineData("country: CN\nzones: [Asia/Shanghai]\nregion: []\n", "did you mean 'regions'?")]
    public void A_fault_in_the_regions_is_told(string text, string message)
    {
        Write("regions/countries.yaml", text);

        Assert.Contains(Errors(), error => error.File == "regions/countries.yaml" && error.Message.Contains(message, StringComparison.Ordinal));
        Assert.Throws<RefusalException>(() => ZoneTable.Load(folder));
    }

    [Fact]
    public void A_shops_own_preset_may_only_take_away()
    {
        Write("policies/shop.yaml", Good.Replace("preset: mine", "preset: shop\nnarrows: mine", StringComparison.Ordinal).Replace("11:00-12:00", "11:00-11:30", StringComparison.Ordinal));
        Assert.Equal("11:00-11:30, 16:00-20:30", PolicyBook.Load(folder).Effective("shop").Week[DayOfWeek.Monday].ToString());

        Write("policies/shop.yaml", Good.Replace("preset: mine", "preset: shop\nnarrows: mine", StringComparison.Ordinal).Replace("11:00-12:00", "10:30-11:30", StringComparison.Ordinal));
        Assert.Contains(Errors(), error => error.Message.Contains("'windows' on mon (10:30-11:30, 16:00-20:30) reach beyond", StringComparison.Ordinal));
    }

    [Fact]
    public void Quiet_hours_are_taken_out_of_the_windows_and_named_as_the_reason()
    {
        Write("policies/mine.yaml", Good + "\nquiet_hours: [\"17:00-18:00\"]");
        var policy = PolicyBook.Load(folder).Effective("mine");

        Assert.Equal("11:00-12:00, 16:00-17:00, 18:00-20:30", policy.Week[DayOfWeek.Friday].ToString());
        var at = LocalTimePolicy.ToInstant(new DateTime(2026, 11, 23, 17, 30, 0), "Asia/Shanghai");
        Assert.Equal(ClosedReason.QuietHours, Assert.IsType<WindowState.Closed>(WindowPolicy.At(policy, new("Asia/Shanghai"), at)).Reason);
    }

    private List<ConfigFinding> Errors() => [.. new WindowsConfigCheck().Check(folder).Where(finding => finding.Kind == ConfigFindingKind.Error)];

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
