namespace TwilioFake.Network;

/// <summary>A room. Touched only under <see cref="World.Gate"/>.</summary>
internal sealed class FakeConference(string sid, string name, DateTimeOffset createdAt)
{
    public string Sid => sid;
    public string Name => name;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public string Status { get; set; } = "init";
    public string? Reason { get; set; }
    public string? EndedBy { get; set; }
    public int Sequence { get; set; }

    /// <summary>What the first participant asked for; later ones change nothing.</summary>
    public RoomWishes? Wishes { get; set; }
    public List<FakeParticipant> Participants { get; } = [];

    public IEnumerable<FakeParticipant> Present => Participants.Where(participant => participant.Status == "connected");

    public SeenConference Seen() => new(Sid, Name, Status, Reason, [.. Participants.Select(participant => participant.Seen())]);
}

/// <summary>Where a room's events and recording go.</summary>
internal sealed record RoomWishes(
    string? StatusCallback, string StatusCallbackMethod, IReadOnlyList<string> Events, bool Record, string? RecordingStatusCallback, string RecordingStatusCallbackMethod,
    IReadOnlyList<string> RecordingEvents);

/// <summary>A call's place in a room.</summary>
internal sealed class FakeParticipant(FakeConference room, FakeCall call, DateTimeOffset createdAt)
{
    public FakeConference Room { get; set; } = room;
    public FakeCall Call => call;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public string? Label { get; init; }
    public bool Muted { get; set; }
    public bool Hold { get; set; }
    public bool Coaching { get; set; }
    public string? CallSidToCoach { get; set; }
    public bool StartConferenceOnEnter { get; init; } = true;
    public bool EndConferenceOnExit { get; set; }

    /// <summary>Whether the API added it: then its call ends with its leaving, otherwise its TwiML goes on.</summary>
    public bool ByApi { get; init; }
    public string Status { get; set; } = "queued";
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SeenParticipant Seen() => new(Call.Sid, Label, Status, Muted, Hold, Coaching, CallSidToCoach, EndConferenceOnExit);
}
