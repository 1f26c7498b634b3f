namespace TwilioFake;

/// <summary>How a fake Twilio is set up; the defaults serve a test.</summary>
public sealed record FakeTwilioOptions
{
    /// <summary>Where to listen; only loopback addresses make sense.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    public string AccountSid { get; init; } = "ACfa7efa7efa7efa7efa7efa7efa7efa7e";

    public string AuthToken { get; init; } = "fake-auth-token-of-the-account-00";

    public string ApiKey { get; init; } = "SKfa7efa7efa7efa7efa7efa7efa7efa7e";

    public string ApiSecret { get; init; } = "fake-secret-of-the-api-key-000000";

    /// <summary>Numbers the account owns; calls may come from these.</summary>
    public IReadOnlyList<string> OwnNumbers { get; init; } = ["+15005550006"];

    /// <summary>Numbers of others that were verified; calls may come from these, too.</summary>
    public IReadOnlyList<string> VerifiedNumbers { get; init; } = ["+15005550007"];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public PhoneScript Script { get; init; } = new();

    /// <summary>How far lists, and the states in them, are behind the truth.</summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>Calls that Twilio starts a second; more wait in its queue. Null is no limit.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>How long a spoken sentence or a played sound lasts.</summary>
    public TimeSpan SpeechTakes { get; init; }

    /// <summary>From the end of a call to its recording being ready.</summary>
    public TimeSpan RecordingTakes { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>File to which every dial and ring is appended, one JSON line each; null is none.</summary>
    public string? Log { get; init; }
}
