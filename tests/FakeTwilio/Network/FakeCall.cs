namespace TwilioFake.Network;

/// <summary>A call of the network. Touched only under <see cref="World.Gate"/>.</summary>
internal sealed class FakeCall(string sid, string to, string from, Form asked, Phone phone, DateTimeOffset createdAt)
{
    public string Sid => sid;
    public string To => to;
    public string From => from;
    public Form Asked => asked;
    public Phone Phone => phone;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string Status { get; private set; } = "queued";
    public string? AnsweredBy { get; set; }
    public TimeSpan QueueTime { get; set; }
    public int? Sip { get; set; }
    public string? Price { get; set; }
    public List<string> Heard { get; } = [];

    /// <summary>Keys pressed by the called side that no Gather took yet.</summary>
    public string Keys { get; set; } = "";

    /// <summary>Where its events go; an update may replace it.</summary>
    public string? StatusCallback { get; set; } = asked["StatusCallback"];
    public string StatusCallbackMethod { get; set; } = asked["StatusCallbackMethod"] ?? "POST";
    public int Sequence { get; set; }

    /// <summary>Its place in a room; kept after it left.</summary>
    public FakeParticipant? Seat { get; set; }

    /// <summary>Stops the TwiML that is being played.</summary>
    public CancellationTokenSource? Playing { get; set; }
    public TaskCompletionSource? KeyPressed { get; set; }

    /// <summary>For lists that are behind: what it was, and since when.</summary>
    public List<(DateTimeOffset At, string Status)> History { get; } = [(createdAt, "queued")];

    public bool Ended => EndedAt is not null;

    public TimeSpan Talked => AnsweredAt is { } from && EndedAt is { } until ? until - from : TimeSpan.Zero;

    public int Seconds => (int)Math.Ceiling(Talked.TotalSeconds);

    public void Becomes(string status, DateTimeOffset now)
    {
        Status = status;
        UpdatedAt = now;
        History.Add((now, status));
    }

    public SeenCall Seen() =>
        new(Sid, To, From, Status, CreatedAt, AnsweredAt, EndedAt, AnsweredBy, Sip, Seat?.Room.Name, Seat?.Label, [.. Heard], Asked.Pairs);
}
