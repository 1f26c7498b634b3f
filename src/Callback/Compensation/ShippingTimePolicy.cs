namespace Callback.Compensation;

/// <summary>Sent later than promised, or still not sent: a share of what was paid, between the least and the most. Needs no claim; the dates say it.</summary>
public static class ShippingTimePolicy
{
    public static Entitlement Of(ShippingTerms terms, ClaimCase claim)
    {
        if (claim.Paid <= 0)
            return Entitlement.None(terms.Kind, claim, "not-paid");
        if (claim.PaidAt is not { } paid)
            return Entitlement.Of(terms, claim, "ship-time-unknown", [], ["paid-at"]);
        var shipBy = terms.Count == HoursCounted.Workdays ? DayCountPolicy.AddWorkdayHours(paid, terms.Within, claim.Zone) : paid + terms.Within;
        var late = (claim.ShippedAt ?? claim.Now) - shipBy;
        List<CountedDate> dates = [new("paid", paid), new("ship-by", shipBy), claim.ShippedAt is { } at ? new("shipped", at) : new("today", claim.Now)];
        if (late <= TimeSpan.Zero)
            return Entitlement.None(terms.Kind, claim, claim.ShippedAt is null ? "still-in-time" : "shipped-in-time", null, dates);
        if (claim.ShippedAt is null && claim.Refundable == 0)
            return Entitlement.None(terms.Kind, claim, "refunded-unshipped", null, dates);
        var why = claim.ShippedAt is null ? "not-shipped-late" : "shipped-late";
        return Amount(terms, claim) is { } amount
            ? Entitlement.Of(terms, claim, why, [new("late", amount)], [], dates) with { LateBy = late }
            : Entitlement.Of(terms, claim, why, [], ["figures"], dates) with { LateBy = late };
    }

    /// <summary>Null: the promise has no figures in this currency.</summary>
    private static decimal? Amount(ShippingTerms terms, ClaimCase claim) =>
        terms.Least.Of(claim.Currency) is { } least && terms.Most.Of(claim.Currency) is { } most
            ? Math.Clamp(RoundingPolicy.Round(claim.Paid * terms.Percent / 100, claim.Currency), least, most)
            : null;
}
