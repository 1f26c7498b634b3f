using System.Diagnostics;

namespace Callback;

/// <summary>
/// A line at which a process may be told to die, to prove that whatever is cut there ends well. The calls are compiled only into the program built for fault
/// tests, where <c>CALLBACK_CHAOS_CRASH=gate.committed:3</c> ends the process when it comes to that point for the third time.
/// </summary>
internal static class CrashPoint
{
    /// <summary>Every point there is, in the order of a call's life.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "hold.written", "hold.committed",
        "room.committed", "room.asked", "room.answered",
        "draft.committed",
        "gate.locked", "gate.written", "gate.committed",
        "line.asking", "line.sent", "line.answered",
        "answer.written", "answer.committed",
        "door.written", "door.committed",
        "event.written", "event.committed", "event.marked",
        "poll.heard",
        "unknown.written", "unknown.committed", "search.listed", "search.written", "search.committed",
        "result.written", "result.committed",
        "outbox.handed", "outbox.counted", "outbox.sent",
    ];

#if CHAOS
    private static readonly (string? Point, int Times) Wanted = Read(Environment.GetEnvironmentVariable("CALLBACK_CHAOS_CRASH"));

    private static int left = Wanted.Times;
#endif

    /// <param name="point">One of <see cref="All"/>.</param>
    [Conditional("CHAOS")]
    public static void Reach(string point)
    {
#if CHAOS
        if (point == Wanted.Point && Interlocked.Decrement(ref left) == 0)
            Environment.FailFast($"Crash point {point}.");
#endif
    }

#if CHAOS
    private static (string? Point, int Times) Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return (null, 0);
        var parts = setting.Split(':');
        var times = parts.Length == 1 ? 1 : int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 0;
        return times > 0 && All.Contains(parts[0])
            ? (parts[0], times)
            : throw new RefusalException($"CALLBACK_CHAOS_CRASH = '{setting}': a point, perhaps with a number as in gate.committed:3, is allowed. Points: {string.Join(", ", All)}.");
    }
#endif
}
