using Callback.Calls.Bridges;
using Callback.Telephony.Twilio;

namespace Callback.Calls.LineUse;

/// <summary>Signs a browser in as the phone of the person who sits before it.</summary>
/// <param name="account">Null: no account is configured.</param>
public sealed class SoftphoneSignIn(ListAgentLegs legs, TimeProvider time, TwilioAccount? account = null)
{
    /// <returns>A token for <see cref="SoftphoneToken.Life"/>; null: the person's phone is another one, or the account has no key for it.</returns>
    public async Task<string?> RunAsync(Actor actor, CancellationToken ct)
    {
        if (account is not { HasSoftphone: true } || actor.UserId is not { } user)
            return null;
        return await legs.OwnAsync(actor, ct) is { Leg.Kind: LegKind.Softphone }
            ? SoftphoneToken.Create(account, AgentLegPolicy.IdentityOf(user), time.GetUtcNow())
            : null;
    }
}
