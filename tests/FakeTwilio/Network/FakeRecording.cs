namespace TwilioFake.Network;

/// <summary>A recording of a call or a room. Touched only under <see cref="World.Gate"/>.</summary>
internal sealed class FakeRecording(string sid, string callSid, string? conferenceSid, int channels, string source, DateTimeOffset startedAt)
{
    public string Sid => sid;
    public string CallSid => callSid;
    public string? ConferenceSid => conferenceSid;
    public int Channels => channels;
    public string Source => source;
    public string Track { get; init; } = "both";
    public DateTimeOffset StartedAt { get; } = startedAt;
    public DateTimeOffset UpdatedAt { get; set; } = startedAt;
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>in-progress, paused, stopped, processing, completed, deleted.</summary>
    public string Status { get; set; } = "in-progress";
    public string? StatusCallback { get; init; }
    public string StatusCallbackMethod { get; init; } = "POST";
    public IReadOnlyList<string> Events { get; init; } = ["completed"];
    public bool Running => Status is "in-progress" or "paused";
    public int Seconds => EndedAt is { } end ? (int)Math.Ceiling((end - StartedAt).TotalSeconds) : 0;
}
