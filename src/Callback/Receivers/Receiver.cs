namespace Callback.Receivers;

/// <summary>A program of the shop that is told what happened.</summary>
public sealed record Receiver
{
    public required ShopId ShopId { get; init; }

    public required Guid ReceiverId { get; init; }

    public required string Name { get; init; }

    public required string Url { get; init; }

    /// <summary>Of <see cref="EventKinds.Chosen"/>; none named: all.</summary>
    public required string[] Kinds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Events on their way, a failed one included until it is given up.</summary>
    public int Waiting { get; init; }

    /// <summary>When it last took an event.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What the newest try met: a status, or one word; null: nothing was sent yet.</summary>
    public string? Answer { get; init; }

    internal const string Columns = "r.shop_id, r.receiver_id, r.name, r.url, r.kinds, r.created_at, r.ended_at";
}

/// <summary>One event on its way to one receiver.</summary>
public sealed record Delivery
{
    public required Guid EventId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int Tries { get; init; }

    /// <summary>When it is sent again; null: it has come to an end.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? GivenUpAt { get; init; }

    public string? Answer { get; init; }
}

/// <summary>Where events may be sent.</summary>
public sealed class ReceiverOptions
{
    /// <summary>
    /// Also to <c>http://</c> and to addresses inside one's own network (10.x, 192.168.x, localhost …). Only where everybody who may add a receiver may reach
    /// everything that this machine reaches.
    /// </summary>
    public bool AllowPrivate { get; set; }
}
