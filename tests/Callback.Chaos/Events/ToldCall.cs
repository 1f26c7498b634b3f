using System.Globalization;
using Callback.Telephony;
using Callback.Telephony.Twilio;

namespace Callback.Chaos.Events;

/// <summary>How its attempt stood when the first event came.</summary>
internal enum CallStart
{
    Dialing,
    Placed,
    Unknown,
    Spent,
}

/// <summary>How often its events are told.</summary>
internal enum Telling
{
    Once,

    /// <summary>Each three times at the door, and worked on twice by two workers at once.</summary>
    Thrice,

    /// <summary>All of them once more when the result is written.</summary>
    AgainAfterTheClose,
}

/// <summary>One call and the order in which its four events arrive.</summary>
internal sealed record ToldCall(Guid AttemptId, string CallId, CallStart Start, Telling Telling, IReadOnlyList<int> Order)
{
    private static readonly string[] Statuses = ["initiated", "ringing", "in-progress", "completed"];

    /// <summary>All orders of the four events.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Orders { get; } = [.. Permute([], [0, 1, 2, 3])];

    public static int Kinds { get; } = Enum.GetValues<CallStart>().Length * Enum.GetValues<Telling>().Length;

    /// <summary>Calls of one kind must end alike.</summary>
    public (CallStart, Telling) Kind => (Start, Telling);

    public string Story => string.Join(" → ", Order.Select(place => Statuses[place]));

    public override string ToString() => $"{Start}, told {Telling}, {Story}";

    /// <summary>So many calls, spread evenly over starts, tellings and orders.</summary>
    public static IReadOnlyList<ToldCall> Make(int count, DateTimeOffset now) => [.. Enumerable.Range(0, count).Select(i => new ToldCall(
        Ids.New(now), $"CA{i:x32}", (CallStart)(i / Orders.Count % 4), (Telling)(i / Orders.Count / 4 % 3), Orders[i % Orders.Count]))];

    /// <summary>The event that arrives at this place of the order, as the provider would post it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FormAt(int place, DateTimeOffset gatedAt)
    {
        var what = Order[place];
        var form = new List<KeyValuePair<string, string>>
        {
            new("CallSid", CallId),
            new("CallStatus", Statuses[what]),
            new("SequenceNumber", what.ToString(CultureInfo.InvariantCulture)),
            new("Timestamp", gatedAt.AddSeconds(2 + (7 * what)).ToString("r", CultureInfo.InvariantCulture)),
        };
        if (what == 3)
            form.AddRange([new("CallDuration", "7"), new("SipResponseCode", "200")]);
        return form;
    }

    public InboxEntry EntryAt(int place, ShopId shop, DateTimeOffset gatedAt, DateTimeOffset now) =>
        TwilioWebhook.Keep(shop, AttemptId, HookKind.Status, FormAt(place, gatedAt), now) ?? throw new InvalidOperationException("An event has all that an event needs.");

    private static IEnumerable<IReadOnlyList<int>> Permute(IReadOnlyList<int> done, IReadOnlyList<int> left) =>
        left.Count == 0 ? [done] : left.SelectMany(next => Permute([.. done, next], [.. left.Where(other => other != next)]));
}
