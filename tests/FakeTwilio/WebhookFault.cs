namespace TwilioFake;

/// <summary>What goes wrong with a webhook.</summary>
public enum WebhookTrouble
{
    /// <summary>Never sent.</summary>
    Lose,

    /// <summary>Sent <see cref="WebhookFault.Copies"/> times, each equal to the first.</summary>
    Duplicate,

    /// <summary>Sent after the next webhook of the same call.</summary>
    Reorder,

    /// <summary>Sent after <see cref="WebhookFault.Delay"/>, while others pass.</summary>
    Delay,

    /// <summary>Signed with another token.</summary>
    Forge,
}

/// <summary>Spoils webhooks. The parts that name which are all optional.</summary>
public sealed record WebhookFault(WebhookTrouble Trouble)
{
    /// <summary>call-status, amd, conference or recording; null is any.</summary>
    public string? Kind { get; init; }

    /// <summary>The event, such as <c>answered</c>, <c>participant-join</c> or <c>completed</c>; null is any.</summary>
    public string? Event { get; init; }

    /// <summary>Only of calls to this number; null is any.</summary>
    public string? To { get; init; }

    /// <summary>How many webhooks it spoils.</summary>
    public int Times { get; init; } = 1;

    public int Copies { get; init; } = 2;

    public TimeSpan Delay { get; init; }
}

/// <summary>One try to deliver a webhook.</summary>
/// <param name="Try">1 for the first, more for a retry or a copy.</param>
/// <param name="Status">The receiver's answer; null if there was none.</param>
/// <param name="Failure">Why there was none: lost, connect, time-out, reset.</param>
/// <param name="Token">Equal for every try of one event, as header <c>I-Twilio-Idempotency-Token</c>.</param>
public sealed record SentWebhook(
    DateTimeOffset At, string Kind, string Event, string CallSid, string Url, IReadOnlyList<KeyValuePair<string, string>> Form, int Try, int? Status, string? Failure, string Token);
