using TwilioFake.Network;

namespace TwilioFake.Webhooks;

/// <summary>One event on its way.</summary>
/// <param name="Lane">Webhooks of one lane leave in their order.</param>
internal sealed record Webhook(string Kind, string Event, string CallSid, string To, string Lane, string Url, string Method, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    public string Token { get; } = World.NewSid("");
}

/// <summary>What came back.</summary>
internal sealed record Delivery(int? Status, string? Failure, string Body)
{
    public bool Good => Status is >= 200 and < 300;
}
