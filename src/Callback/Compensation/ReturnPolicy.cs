namespace Callback.Compensation;

/// <summary>Return without a reason: the price back when the goods are, and the freight as promised.</summary>
public static class ReturnPolicy
{
    public static Entitlement Of(ReturnTerms terms, ClaimCase claim)
    {
        if (!claim.Claimed)
            return Entitlement.None(terms.Kind, claim, "not-claimed");
        if (claim.Paid <= 0)
            return Entitlement.None(terms.Kind, claim, "not-paid");
        if (!claim.Delivered)
            return Entitlement.None(terms.Kind, claim, "not-delivered");
        List<OwedPart> parts = [new("refund", RoundingPolicy.Round(claim.Refundable, claim.Currency))];
        var missing = FreightPolicy.Add(terms.Freight, claim, parts);
        if (claim.DeliveredAt is not { } delivered)
            return Entitlement.Of(terms, claim, "return", parts, [.. missing, "delivered-at"]);
        var until = DayCountPolicy.EndOf(delivered, terms.Days, claim.Zone);
        List<CountedDate> dates = [new("delivered", delivered), new("return-until", until), new("today", claim.Now)];
        return claim.Now >= until
            ? Entitlement.None(terms.Kind, claim, "return-too-late", claim.Now - until, dates)
            : Entitlement.Of(terms, claim, "return", parts, missing, dates);
    }
}
