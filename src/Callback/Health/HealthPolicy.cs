namespace Callback.Health;

/// <summary>From where on a figure of the installation is a worry: the one place that says so. The manual has a section for each (Help/health.md).</summary>
public static class HealthPolicy
{
    /// <summary>Calls that nobody can say of whether they rang. About never more than a few at a time; ten at once are a line or a node that is gone.</summary>
    public static readonly HealthLimit Undecided = new("attempts.undecided", HealthGroup.Attempts, HealthUnit.Count, "{attempt}", 0, 9) { Rows = HealthRows.Undecided };

    /// <summary>They are given up for lost after a minute and settled within some 16 minutes; after half an hour the line's list is not being read.</summary>
    public static readonly HealthLimit UndecidedAge = new("attempts.undecided.age", HealthGroup.Attempts, HealthUnit.Seconds, Amber: 120, Red: 1800) { Rows = HealthRows.Undecided };

    /// <summary>Of the last 24 hours. In normal running about none.</summary>
    public static readonly HealthLimit SpentDay = new("attempts.spent.day", HealthGroup.Attempts, HealthUnit.Count, "{attempt}", 0) { Rows = HealthRows.Spent };

    public static readonly HealthLimit SpentWeek = new("attempts.spent.week", HealthGroup.Attempts, HealthUnit.Count, "{attempt}") { Rows = HealthRows.Spent };

    /// <summary>Of seven days' attempts. The protocol calls more than one in a thousand an alarm; half of it is time to look.</summary>
    public static readonly HealthLimit SpentShare = new("attempts.spent.share", HealthGroup.Attempts, HealthUnit.Share, Amber: 0.0005, Red: 0.001) { Rows = HealthRows.Spent };

    public static readonly HealthLimit ReleasesWaiting = new("releases.waiting", HealthGroup.Attempts, HealthUnit.Count, "{release}", 0) { Rows = HealthRows.Releases };

    /// <summary>A request lapses after three days; a customer who is to hear from the shop does not wait half a day.</summary>
    public static readonly HealthLimit ReleasesAge = new("releases.waiting.age", HealthGroup.Attempts, HealthUnit.Seconds, Amber: 4 * Hour, Red: 2 * Day) { Rows = HealthRows.Releases };

    public static readonly HealthLimit ReleasesGiven = new("releases.given.week", HealthGroup.Attempts, HealthUnit.Count, "{release}") { Rows = HealthRows.Releases };

    public static readonly HealthLimit TechnicalWeek = new("attempts.technical.week", HealthGroup.Attempts, HealthUnit.Count, "{attempt}") { Rows = HealthRows.Technical };

    /// <summary>Calls that certainly never rang because the line refused them. One in a hundred is a bad caller id or number list, one in twenty a line that does not work.</summary>
    public static readonly HealthLimit TechnicalShare = new("attempts.technical.share", HealthGroup.Attempts, HealthUnit.Share, Amber: 0.01, Red: 0.05) { Rows = HealthRows.Technical };

    /// <summary>Whether the dial gate refuses everything, for whatever reason.</summary>
    public static readonly HealthLimit GateShut = new("gate.shut", HealthGroup.Gate, HealthUnit.Flag, Red: 0) { OfNode = true };

    /// <summary>Whether this is another server or timeline than the one whose calls are known; the gate refuses until it is adopted.</summary>
    public static readonly HealthLimit EpochChanged = new("gate.epoch_changed", HealthGroup.Gate, HealthUnit.Flag, Red: 0);

    /// <summary>Between node and database, whichever is ahead. At two seconds the gate refuses (<see cref="Callback.Database.Clock.ClockHealth"/>).</summary>
    public static readonly HealthLimit ClockDifference = new("clock.difference", HealthGroup.Gate, HealthUnit.Seconds, Amber: 1, Red: 2) { OfNode = true };

    /// <summary>How far the database's clock is behind the highest time it showed. At one second the gate refuses.</summary>
    public static readonly HealthLimit ClockRanBack = new("clock.ran_back", HealthGroup.Gate, HealthUnit.Seconds, Amber: 0.1, Red: 1) { OfNode = true };

    public static readonly HealthLimit WrapUps = new("wrap_ups.open", HealthGroup.Calls, HealthUnit.Count, "{call}") { Rows = HealthRows.WrapUps };

    /// <summary>What was said two hours ago is remembered in part, what was said yesterday is guessed.</summary>
    public static readonly HealthLimit WrapUpsAge = new("wrap_ups.oldest.age", HealthGroup.Calls, HealthUnit.Seconds, Amber: 2 * Hour, Red: Day) { Rows = HealthRows.WrapUps };

    /// <summary>A call that runs keeps number and agent. After an hour hardly anybody is still talking.</summary>
    public static readonly HealthLimit RunningAge = new("calls.running.age", HealthGroup.Calls, HealthUnit.Seconds, Amber: Hour, Red: 4 * Hour) { Rows = HealthRows.Running };

    /// <summary>A running call of which the line told nothing and was not asked. It is asked after 15 s of silence, by a pass every 5 s.</summary>
    public static readonly HealthLimit UnaskedAge = new("calls.unasked.age", HealthGroup.Calls, HealthUnit.Seconds, Amber: 60, Red: 300) { Rows = HealthRows.Running };

    public static readonly HealthLimit EventsWaiting = new("events.waiting", HealthGroup.Line, HealthUnit.Count, "{event}") { Rows = HealthRows.Events };

    /// <summary>Events are worked on as they come, and by a pass every 5 s.</summary>
    public static readonly HealthLimit EventsAge = new("events.waiting.age", HealthGroup.Line, HealthUnit.Seconds, Amber: 30, Red: 120) { Rows = HealthRows.Events };

    /// <summary>Calls of the last day that the line told of and that are none of ours: somebody else uses the account, or calls were lost with a database.</summary>
    public static readonly HealthLimit EventsUnknown = new("events.unknown", HealthGroup.Line, HealthUnit.Count, "{call}", Red: 0) { Rows = HealthRows.Findings };

    public static readonly HealthLimit EventsBroken = new("events.broken", HealthGroup.Line, HealthUnit.Count, "{event}", 0, 9) { Rows = HealthRows.Findings };

    /// <summary>Turned away at the door in the last day: a wrong signature or address, too large. A few may be a changed token, many are somebody who tries.</summary>
    public static readonly HealthLimit EventsRefused = new("events.refused", HealthGroup.Line, HealthUnit.Count, "{request}", 0, 99);

    /// <summary>Of the last day's answered calls, those that found nobody to talk to. Three in a hundred is the bound of the American rule (47 CFR 64.1200(a)(7)).</summary>
    public static readonly HealthLimit AbandonedShare = new("calls.abandoned.share", HealthGroup.Line, HealthUnit.Share, Amber: 0.01, Red: 0.03) { Rows = HealthRows.Abandoned };

    /// <summary>Since the planner's last pass that went well; it comes round every minute.</summary>
    public static readonly HealthLimit PlannerAge = new("planner.age", HealthGroup.Planning, HealthUnit.Seconds, Amber: 180, Red: 600) { Missing = HealthLevel.Red, Rows = HealthRows.Passes };

    public static readonly HealthLimit PlannerDue = new("planner.due", HealthGroup.Planning, HealthUnit.Count, "{order}");

    /// <summary>An order that is due waits one pass, at the start of a campaign with a million orders some more.</summary>
    public static readonly HealthLimit PlannerDueAge = new("planner.due.age", HealthGroup.Planning, HealthUnit.Seconds, Amber: 180, Red: 900);

    public static readonly HealthLimit QueueOpen = new("queue.open", HealthGroup.Planning, HealthUnit.Count, "{call}");

    public static readonly HealthLimit QueueClosed = new("queue.closed", HealthGroup.Planning, HealthUnit.Count, "{call}");

    public static readonly HealthLimit QueueHeld = new("queue.held", HealthGroup.Planning, HealthUnit.Count, "{call}") { Rows = HealthRows.Holds };

    /// <summary>A hold that ran out is taken back by a pass every 5 s.</summary>
    public static readonly HealthLimit QueueOverdueAge = new("queue.overdue.age", HealthGroup.Planning, HealthUnit.Seconds, Amber: 60, Red: 300) { Rows = HealthRows.Holds };

    /// <summary>Passes whose last good round is older than three periods and a minute.</summary>
    public static readonly HealthLimit PassesLate = new("passes.late", HealthGroup.Planning, HealthUnit.Count, "{pass}", Red: 0) { Rows = HealthRows.Passes };

    /// <summary>Passes whose newest round failed; the next may go well.</summary>
    public static readonly HealthLimit PassesFailing = new("passes.failing", HealthGroup.Planning, HealthUnit.Count, "{pass}", 0, 2) { Rows = HealthRows.Passes };

    /// <summary>Events for receivers that are not handed out yet; a pass does so every 5 s.</summary>
    public static readonly HealthLimit OutboxAge = new("outbox.waiting.age", HealthGroup.Outgoing, HealthUnit.Seconds, Amber: 60, Red: 600) { Rows = HealthRows.Outbox };

    /// <summary>Deliveries that are due and were not tried. A receiver that refuses is not meant: its tries are on time.</summary>
    public static readonly HealthLimit DeliveriesAge = new("deliveries.due.age", HealthGroup.Outgoing, HealthUnit.Seconds, Amber: 60, Red: 600) { Rows = HealthRows.Outbox };

    public static readonly HealthLimit DeliveriesGivenUp = new("deliveries.given_up.week", HealthGroup.Outgoing, HealthUnit.Count, "{delivery}", 0, 99) { Rows = HealthRows.GivenUp };

    public static readonly HealthLimit DatabaseSize = new("database.size", HealthGroup.Database, HealthUnit.Bytes);

    /// <summary>Of <c>max_connections</c>. At the last ones agents wait for each other.</summary>
    public static readonly HealthLimit DatabaseConnections = new("database.connections.share", HealthGroup.Database, HealthUnit.Share, Amber: 0.8, Red: 0.95);

    /// <summary>Free on the disk of this node's data folder, on which the program's own database stands. A full disk saves nothing any more.</summary>
    public static readonly HealthLimit DiskFree = new("disk.free.share", HealthGroup.Database, HealthUnit.Share, Amber: 0.2, Red: 0.1) { Below = true, OfNode = true };

    private const double Hour = 3600;

    private const double Day = 24 * Hour;

    /// <summary>All of them, in the order of the screen.</summary>
    public static IReadOnlyList<HealthLimit> Limits { get; } =
    [
        Undecided, UndecidedAge, SpentDay, SpentWeek, SpentShare, ReleasesWaiting, ReleasesAge, ReleasesGiven, TechnicalWeek, TechnicalShare,
        GateShut, EpochChanged, ClockDifference, ClockRanBack,
        WrapUps, WrapUpsAge, RunningAge, UnaskedAge,
        EventsWaiting, EventsAge, EventsUnknown, EventsBroken, EventsRefused, AbandonedShare,
        PlannerAge, PlannerDue, PlannerDueAge, QueueOpen, QueueClosed, QueueHeld, QueueOverdueAge, PassesLate, PassesFailing,
        OutboxAge, DeliveriesAge, DeliveriesGivenUp,
        DatabaseSize, DatabaseConnections, DiskFree,
    ];

    public static HealthFigure Judge(HealthLimit limit, double? value) => new(limit, value, LevelOf(limit, value));

    public static HealthLevel LevelOf(HealthLimit limit, double? value) =>
        value is not { } known ? limit.Missing
        : Beyond(known, limit.Red, limit.Below) ? HealthLevel.Red
        : Beyond(known, limit.Amber, limit.Below) ? HealthLevel.Amber
        : HealthLevel.Good;

    private static bool Beyond(double value, double? limit, bool below) => limit is { } bound && (below ? value < bound : value > bound);
}
