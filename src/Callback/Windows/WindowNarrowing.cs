using System.Collections.Frozen;
using System.Text.Json;

namespace Callback.Windows;

/// <summary>
/// What a campaign (or a shop) takes away from a policy: for some weekdays fewer hours. A weekday that is not named stays as the policy has it;
/// one with an empty list is closed. Kept as <c>campaigns.windows</c>: <c>{"mon":["11:00-12:00"],"sun":[]}</c>.
/// </summary>
public sealed class WindowNarrowing
{
    private readonly FrozenDictionary<DayOfWeek, WindowSet> days;

    public WindowNarrowing(IReadOnlyDictionary<DayOfWeek, WindowSet> days) => this.days = days.ToFrozenDictionary();

    public IReadOnlyDictionary<DayOfWeek, WindowSet> Days => days;

    /// <summary>Reads the JSON of <c>campaigns.windows</c>.</summary>
    /// <exception cref="InvalidInputException"><c>window-unreadable</c> with the weekday and the value.</exception>
    public static WindowNarrowing Parse(string json)
    {
        var days = new Dictionary<DayOfWeek, WindowSet>();
        foreach (var (name, texts) in Read(json))
            days[Weekdays.TryParse(name) ?? throw Unreadable(name, name)] = WindowSet.Of(texts.Select(text => Window(name, text)));
        return new(days);
    }

    public string ToJson() => JsonSerializer.Serialize(Weekdays.Week
        .Where(days.ContainsKey)
        .ToDictionary(Weekdays.NameOf, day => days[day].Windows.Select(window => window.ToString()).ToArray()));

    /// <summary>Every weekday on which this asks for more than the policy allows: <c>window-widens</c> with weekday, asked and allowed. Empty: it only narrows.</summary>
    public IReadOnlyList<Problem> Validate(EffectivePolicy policy) =>
    [
        .. from day in Weekdays.Week
           where days.ContainsKey(day) && !days[day].IsWithin(policy.Week[day])
           select Problem.Of("window-widens", $"windows.{Weekdays.NameOf(day)}",
               ("weekday", Weekdays.NameOf(day)), ("asked", days[day].ToString()), ("allowed", policy.Week[day].ToString())),
    ];

    internal WeekPlan ToWeek() => WeekPlan.Of((weekday, kind) =>
        days.TryGetValue(kind == DayKind.MakeUpWorkday ? DayOfWeek.Monday : weekday, out var windows) ? windows : WindowSet.WholeDay);

    private static Dictionary<string, string[]> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(json) ?? [];
        }
        catch (JsonException)
        {
            throw Unreadable("windows", json);
        }
    }

    private static CallWindow Window(string weekday, string text) =>
        CallWindow.TryParse(text, out var window, out _) ? window : throw Unreadable($"windows.{weekday}", text);

    private static InvalidInputException Unreadable(string field, string value) => new(Problem.Of("window-unreadable", field, ("value", value)));
}
