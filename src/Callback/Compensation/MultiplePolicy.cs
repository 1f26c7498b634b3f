namespace Callback.Compensation;

/// <summary>Genuine or triple, and arrival: the price back, so many times the price on top, and the freight of the case.</summary>
public static class MultiplePolicy
{
    public static Entitlement Of(MultipleTerms terms, ClaimCase claim)
    {
        if (!claim.Claimed)
            return Entitlement.None(terms.Kind, claim, "not-claimed");
        if (claim.Paid <= 0)
            return Entitlement.None(terms.Kind, claim, "not-paid");
        List<CountedDate> dates = [];
        if (terms.Days is { } days && claim.ClosedAt is { } closed)
        {
            var until = DayCountPolicy.EndOf(closed, days, claim.Zone);
            dates.AddRange([new("closed", closed), new("claim-until", until), new("today", claim.Now)]);
            if (claim.Now >= until)
                return Entitlement.None(terms.Kind, claim, "claim-too-late", claim.Now - until, dates);
        }
        List<OwedPart> parts =
        [
            new("refund", RoundingPolicy.Round(claim.Refundable, claim.Currency)),
            new("extra", RoundingPolicy.Round(claim.Paid * terms.Times, claim.Currency)),
        ];
        var missing = FreightPolicy.Add(terms.Freight, claim, parts);
        return Entitlement.Of(terms, claim, terms.Kind == PromiseKind.Arrival ? "lost" : "not-genuine", parts, [.. Proof(claim), .. missing], dates);
    }

    private static string[] Proof(ClaimCase claim) => claim.Proven ? [] : ["proof"];
}
