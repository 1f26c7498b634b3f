using System.Globalization;
using Callback.Health;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;

namespace Callback.Web.Components.Health;

/// <summary>Writes figures and their limits the reader's way.</summary>
internal sealed class HealthWords(Texts texts, Fmt fmt)
{
    private const double SecondsWithFraction = 10;

    public string Name(HealthLimit limit) => texts[$"health.figure.{limit.Name}"];

    /// <summary>Of the figure's section in the manual, the same in every language.</summary>
    public static string Anchor(HealthLimit limit) => limit.Name.Replace('.', '-').Replace('_', '-');

    public string Value(HealthFigure figure) => figure.Value is { } value ? Value(figure.Limit.Unit, value) : "–";

    public string Limits(HealthLimit limit) => limit switch
    {
        { Amber: null, Red: null } => texts["health.no-limit"],
        { Unit: HealthUnit.Flag } => texts["health.red-yes"],
        { Amber: { } amber, Red: { } red } => texts[limit.Below ? "health.below-both" : "health.above-both", Value(limit.Unit, amber), Value(limit.Unit, red)],
        { Amber: { } amber } => texts["health.above-amber", Value(limit.Unit, amber)],
        { Red: var red } => texts["health.above-red", Value(limit.Unit, red!.Value)],
    };

    public string Seconds(double seconds) => Math.Abs(seconds) < SecondsWithFraction && seconds != Math.Floor(seconds)
        ? texts["health.seconds", seconds.ToString("0.##", CultureInfo.InvariantCulture)]
        : fmt.Span(TimeSpan.FromSeconds(seconds));

    /// <summary>To the hundredth of a percent: the alarm is at a tenth.</summary>
    public static string Share(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private string Value(HealthUnit unit, double value) => unit switch
    {
        HealthUnit.Seconds => Seconds(value),
        HealthUnit.Share => Share(value),
        HealthUnit.Bytes => Bytes(value),
        HealthUnit.Flag => texts[value > 0 ? "health.yes" : "health.no"],
        _ => fmt.Number((long)value),
    };

    private static string Bytes(double bytes) => bytes switch
    {
        >= 1e9 => $"{(bytes / 1e9).ToString("#,##0.0", CultureInfo.InvariantCulture)} GB",
        _ => $"{(bytes / 1e6).ToString("0", CultureInfo.InvariantCulture)} MB",
    };
}

internal static class HealthLevels
{
    public static StatusKind Kind(this HealthLevel level) => level switch
    {
        HealthLevel.Red => StatusKind.Danger,
        HealthLevel.Amber => StatusKind.Warning,
        _ => StatusKind.Good,
    };
}
