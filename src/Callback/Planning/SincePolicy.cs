namespace Callback.Planning;

/// <summary>Since when an answer of the policy holds, where the facts tell it.</summary>
public static class SincePolicy
{
    /// <param name="statusSince">When the order got its status.</param>
    public static DateTimeOffset? Since(CallFacts facts, Eligibility eligibility, DateTimeOffset? statusSince) => eligibility switch
    {
        Eligibility.Eligible { Kind: CallKind.First } => facts.AgeFrom + facts.Campaign.Campaign.Settings.MinAge,
        Eligibility.Eligible may => facts.Grants.FirstOrDefault(grant => grant.GrantNo == may.GrantNo)?.NotBefore,
        Eligibility.Blocked blocked => Since(facts, blocked.Reason, statusSince),
        _ => null,
    };

    private static DateTimeOffset? Since(CallFacts facts, BlockReason reason, DateTimeOffset? statusSince) => reason switch
    {
        BlockReason.CampaignNotRunning => facts.Campaign.Campaign.UpdatedAt,
        BlockReason.CampaignOver => facts.Campaign.EndsAt,
        BlockReason.OrderPaid or BlockReason.OrderClosed or BlockReason.OrderRefunded or BlockReason.OrderNotReady or BlockReason.OrderMovedOn or BlockReason.NoCase => statusSince,
        BlockReason.DoNotCall or BlockReason.Suppressed => facts.Suppression?.Since,
        BlockReason.RightSpent or BlockReason.GrantNotDue or BlockReason.GrantNotApproved => facts.SpentAt,
        BlockReason.GrantExpired => facts.Grants.Max(grant => grant.ExpiresAt),
        BlockReason.TooYoung or BlockReason.AmountTooLow or BlockReason.AmountTooHigh or BlockReason.HeldOut => facts.AgeFrom,
        BlockReason.TooOld => facts.AgeFrom + facts.Campaign.Campaign.Settings.MaxAge,
        BlockReason.RefundOpen => facts.RefundRequestedAt,
        BlockReason.NumberExpired => facts.PhoneExpiresAt,
        BlockReason.DataTooOld => facts.AsOf + EligibilityPolicy.DataAge(facts),
        BlockReason.PersonCapDay or BlockReason.PersonCapWeek or BlockReason.PersonCapMonth => facts.PersonCalls.Count > 0 ? facts.PersonCalls[^1].At : null,
        BlockReason.CoolDown => facts.PersonCalls.LastOrDefault(call => call.Talked)?.At,
        _ => null,
    };
}
