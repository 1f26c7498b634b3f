namespace Callback.Health;

/// <summary>One row behind a figure: where, when, what. No number, no name, no order.</summary>
/// <param name="ShopId">Null where it is the installation's.</param>
/// <param name="Id">The attempt's, or what else names the row.</param>
/// <param name="What">A state or kind, as it stands in its row.</param>
/// <param name="Detail">The line, the receiver, who asked …</param>
public sealed record HealthRow(ShopId? ShopId, string Id, string What, string? Detail, DateTimeOffset At);

/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record HealthRowPage(IReadOnlyList<HealthRow> Rows, HealthCursor? Next);

/// <summary>The place behind a row: its time in microseconds and its id.</summary>
public sealed record HealthCursor(DateTimeOffset At, string Id)
{
    public override string ToString() => $"{At.UtcTicks}_{Id}";

    /// <returns>Null: nothing, or nothing of ours.</returns>
    public static HealthCursor? Parse(string? text) =>
        text?.IndexOf('_', StringComparison.Ordinal) is { } cut and > 0
        && long.TryParse(text[..cut], out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(new(ticks, TimeSpan.Zero), text[(cut + 1)..])
            : null;
}
