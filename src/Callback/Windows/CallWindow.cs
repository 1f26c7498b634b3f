using System.Globalization;
using System.Text.RegularExpressions;

namespace Callback.Windows;

/// <summary>Local hours of one day in which a call may start: from <paramref name="From"/>, up to but without <paramref name="To"/>.</summary>
/// <param name="From">Since local midnight, by the clock on the wall; 0 to below 24 hours.</param>
/// <param name="To">Later than <paramref name="From"/>, at most 24 hours: a window never crosses midnight.</param>
public readonly partial record struct CallWindow(TimeSpan From, TimeSpan To)
{
    public static readonly TimeSpan Midnight = TimeSpan.FromHours(24);

    public static readonly CallWindow WholeDay = new(TimeSpan.Zero, Midnight);

    public bool Contains(TimeSpan timeOfDay) => From <= timeOfDay && timeOfDay < To;

    public bool Contains(CallWindow other) => From <= other.From && other.To <= To;

    /// <summary>Reads <c>11:00-12:00</c>; the end may be <c>24:00</c>.</summary>
    /// <param name="error">One sentence saying what is wrong, or null.</param>
    public static bool TryParse(string? text, out CallWindow window, out string? error)
    {
        window = default;
        var match = Form().Match(text ?? "");
        error = match.Success ? null : $"'{text}' is not a window; write it as 11:00-12:00";
        if (!match.Success)
            return false;
        window = new(Time(match, "fh", "fm"), Time(match, "th", "tm"));
        error = window switch
        {
            _ when window.From >= Midnight || window.To > Midnight || Minutes(match, "fm") > 59 || Minutes(match, "tm") > 59 => $"'{text}' is not a time of day",
            _ when window.From == window.To => $"'{text}' is empty: it ends where it begins",
            _ when window.From > window.To => $"'{text}' ends before it begins; a window does not cross midnight, write two: one to 24:00 and one from 00:00",
            _ => null,
        };
        return error is null;
    }

    /// <exception cref="FormatException">Not a window of one day.</exception>
    public static CallWindow Parse(string text) => TryParse(text, out var window, out var error) ? window : throw new FormatException(error);

    public override string ToString() => $"{Clock(From)}-{Clock(To)}";

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    private static int Minutes(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static TimeSpan Time(Match match, string hours, string minutes) => new(Minutes(match, hours), Minutes(match, minutes), 0);

    [GeneratedRegex(@"\A\s*(?<fh>[0-9]{1,2}):(?<fm>[0-9]{2})\s*[-–]\s*(?<th>[0-9]{1,2}):(?<tm>[0-9]{2})\s*\z")]
    private static partial Regex Form();
}
