namespace Callback.FollowUps.Log;

/// <summary>What the log is narrowed to; every part is optional and all given parts must hold.</summary>
/// <param name="FromOn">First day, in the shop's zone.</param>
/// <param name="ToOn">Last day, included.</param>
/// <param name="Person">A person key as <see cref="FindPhoneKey"/> gives it, in hex: numbers never stand in an address.</param>
/// <param name="Wording"><see cref="AnyWording"/> or a kind: notes in which the wording guard found something.</param>
/// <param name="Text">Found anywhere in the note, without regard to case.</param>
public sealed record LogFilter(
    DateOnly? FromOn = null,
    DateOnly? ToOn = null,
    Guid? CampaignId = null,
    Purpose? Purpose = null,
    string? Outcome = null,
    string? Reason = null,
    Guid? AgentId = null,
    string? OrderNo = null,
    string? Person = null,
    string? Text = null,
    string? Wording = null)
{
    public const string AnyWording = "any";
}
