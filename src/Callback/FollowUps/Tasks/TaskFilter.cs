using System.Globalization;

namespace Callback.FollowUps.Tasks;

/// <summary>Which tasks; every part is optional and all given parts must hold.</summary>
/// <param name="State">Null: everything that is still to be done, the open and the waiting ones by due time; a closed state: the newest first.</param>
/// <param name="Kind">Code of a kind.</param>
/// <param name="Owner">Of this person.</param>
/// <param name="Unowned">Those that nobody has taken.</param>
/// <param name="Overdue">Only open ones whose due time is past.</param>
/// <param name="Text">Found in the note or in the order number, without regard to case.</param>
public sealed record TaskFilter(TaskState? State = null, string? Kind = null, Guid? Owner = null, bool Unowned = false, bool Overdue = false, string? Text = null)
{
    internal bool Closed => State is TaskState.Done or TaskState.Dropped or TaskState.Declined;
}

/// <summary>The place after which the next page begins: the due time, or the closing time of closed ones, and the task.</summary>
public sealed record TaskCursor(DateTimeOffset At, Guid TaskId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{TaskId:N}");

    /// <exception cref="InvalidInputException"><c>cursor-invalid</c>.</exception>
    public static TaskCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return text.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var task)
            ? new(new(at, TimeSpan.Zero), task)
            : throw new InvalidInputException(Problem.Of("cursor-invalid", "cursor", ("value", text)));
    }
}

/// <param name="Next">Where the next page begins, or null at the end.</param>
public sealed record TaskPage(IReadOnlyList<TaskRow> Rows, TaskCursor? Next);
