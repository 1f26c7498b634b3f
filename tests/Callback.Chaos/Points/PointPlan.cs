namespace Callback.Chaos.Points;

/// <summary>What the provider does with the request for the customer's call.</summary>
internal enum Behaviour
{
    /// <summary>Places it and says so.</summary>
    Accepts,

    /// <summary>Places it and answers with a fault of its own.</summary>
    AnswerLost,

    /// <summary>Places nothing: too many requests. The technical call that may follow is accepted.</summary>
    Refuses,
}

/// <summary>How a call must have ended when everything is done.</summary>
/// <param name="States">Of its attempts, in their order.</param>
/// <param name="Rings">In the phone network's log.</param>
/// <param name="Technical">Grants for a call that certainly did not ring.</param>
internal sealed record Ending(string States, int Rings, int Technical)
{
    public override string ToString() => $"{States}, {Rings} rings, {Technical} technical grants";
}

/// <summary>One node dies at one point, while the provider behaves in one way.</summary>
/// <param name="DeadFirst">A node dies here before, so that there is something to find out; null: none.</param>
/// <param name="Deaf">No event of the provider arrives: only asking tells.</param>
internal sealed record PointCase(string Point, Behaviour Behaviour, Ending Ending, string? DeadFirst, bool Deaf)
{
    public override string ToString() => $"{Point} while the provider {Behaviour switch { Behaviour.Accepts => "accepts", Behaviour.AnswerLost => "loses its answer", _ => "refuses" }}";
}

/// <summary>
/// Where each death must lead: "Crash at every step" of the protocol, written down by hand. An agent goes on at the next node all the time, takes the same card up again, saves the
/// same result again, and makes the technical call where one was granted.
/// </summary>
internal static class PointPlan
{
    private static readonly Ending Called = new("Ended", 1, 0);

    private static readonly Ending CalledAtSecond = new("NotPlaced Ended", 1, 1);

    private static readonly Ending SpentUnrung = new("Spent", 0, 0);

    /// <summary>Nothing had happened, or what had happened stands: the call goes on as if nobody had died.</summary>
    private static readonly Ending[] GoesOn = [Called, Called, CalledAtSecond];

    /// <summary>The right is spent and the line was not asked.</summary>
    private static readonly Ending[] NeverAsked = [SpentUnrung, SpentUnrung, SpentUnrung];

    /// <summary>The line was asked and its answer died with the process: found where it was placed, else spent. That it was refused nobody knows any more.</summary>
    private static readonly Ending[] AnswerDied = [Called, Called, SpentUnrung];

    private static readonly (string Point, Ending[] Endings, string? DeadFirst, bool Deaf)[] Rows =
    [
        ("hold.written", GoesOn, null, false),
        ("hold.committed", GoesOn, null, false),
        ("room.committed", GoesOn, null, false),
        ("room.asked", GoesOn, null, false),
        ("room.answered", GoesOn, null, false),
        ("draft.committed", GoesOn, null, false),
        ("gate.locked", GoesOn, null, false),
        ("gate.written", GoesOn, null, false),
        ("gate.committed", NeverAsked, null, false),
        ("line.asking", NeverAsked, null, false),
        ("line.sent", AnswerDied, null, false),
        ("line.answered", AnswerDied, null, false),
        ("answer.written", AnswerDied, null, false),
        ("answer.committed", GoesOn, null, false),
        ("door.written", GoesOn, null, false),
        ("door.committed", GoesOn, null, false),
        ("event.written", GoesOn, null, false),
        ("event.committed", GoesOn, null, false),
        ("event.marked", GoesOn, null, false),
        ("poll.heard", GoesOn, null, true),
        ("unknown.written", AnswerDied, "line.answered", true),
        ("unknown.committed", AnswerDied, "line.answered", true),
        ("search.listed", AnswerDied, "line.answered", true),
        ("search.written", AnswerDied, "line.answered", true),
        ("search.committed", AnswerDied, "line.answered", true),
        ("result.written", GoesOn, null, false),
        ("result.committed", GoesOn, null, false),
        ("outbox.handed", GoesOn, null, false),
        ("outbox.counted", GoesOn, null, false),
        ("outbox.sent", GoesOn, null, false),
    ];

    /// <summary>All points with all behaviours.</summary>
    /// <exception cref="InvalidOperationException">The program has points that nobody wrote an ending for, or the other way round.</exception>
    public static IReadOnlyList<PointCase> All()
    {
        var (known, written) = (CrashPoint.All.ToHashSet(), Rows.Select(row => row.Point).ToHashSet());
        return known.SetEquals(written)
            ? [.. Rows.SelectMany(row => Enum.GetValues<Behaviour>().Select(behaviour => new PointCase(row.Point, behaviour, row.Endings[(int)behaviour], row.DeadFirst, row.Deaf)))]
            : throw new InvalidOperationException($"Only in the program: {string.Join(", ", known.Except(written))}. Only here: {string.Join(", ", written.Except(known))}.");
    }
}
